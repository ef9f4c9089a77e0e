/** The few sentences the channel says by itself. */
export type FixedWords = {
  /** mark of a message that may be a repeat, after a crash in the middle of sending */
  mayRepeat: string;
  /** toast when the answer to a press takes longer than Telegram waits */
  pressSlow: string;
  /** toast when a press failed */
  pressFailed: string;
};

/** Gives the sentences in the language Telegram reports for a person; undefined: the workspace's language. */
export type FixedWordsFor = (languageCode: string | undefined) => FixedWords;
