import type { PictureSpec } from '../pictures/index.ts';

/** A piece of a line of text. `at` is an instant that a platform may show in the reader's own zone; `text` is the fallback. */
export type Span =
  | string
  | { kind: 'bold'; text: string }
  | { kind: 'italic'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'at'; at: Date; text: string };

export type Line = readonly Span[];

/** A button: `press` is callback data of at most 64 bytes; `url` is an absolute address. */
export type Button = { label: string; press: string } | { label: string; url: string };

/**
 * A platform-neutral message: what a command answers and what an alert's message says. Already in the reader's
 * language. The first line must work alone as a phone notification (at most 60 characters).
 */
export type Answer = {
  lines: readonly Line[];
  /** a block shown in fixed width after the lines, such as SQL or a small table */
  code?: string;
  /** drawn and added when ready; never holds the text back for long */
  picture?: { spec: PictureSpec; alt: string };
  buttons?: readonly (readonly Button[])[];
  /** a question that waits for free text; `hint` is an example of an answer. It has no buttons */
  asks?: { hint: string };
};

/** The answer to a button: a short toast (at most 200 characters), and optionally a message. */
export type PressAnswer = {
  toast: string;
  /** shown as a box that must be closed */
  alarm?: boolean;
  answer?: Answer;
  /** replaces only the buttons of the pressed message */
  buttons?: readonly (readonly Button[])[];
};
