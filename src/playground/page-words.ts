import { createWords } from '../answers/index.ts';
import type { Locale } from '../registry/index.ts';

/** Every message of the page, with the values that the page itself puts in. */
const MESSAGES = {
  'play-title': [],
  'play-noscript': [],
  'play-about': [],
  'play-theme': [],
  'play-theme-auto': [],
  'play-theme-light': [],
  'play-theme-dark': [],
  'play-language': [],
  'play-docs': [],
  'play-cockpit': [],
  'play-try': [],
  'play-close': [],
  'play-clock': [],
  'play-skip': [],
  'play-skip-15m': [],
  'play-skip-1h': [],
  'play-skip-4h': [],
  'play-skip-morning': [],
  'play-skipping': [],
  'play-falls': [],
  'play-fall': ['name'],
  'play-falling': [],
  'play-restore': [],
  'play-restore-of': ['name'],
  'play-steps': [],
  'play-step-watch': [],
  'play-step-watch-more': [],
  'play-step-ack': [],
  'play-step-ack-more': [],
  'play-step-see': [],
  'play-step-see-more': [],
  'play-step-see-both': [],
  'play-steps-done': [],
  'play-step-is-done': [],
  'play-people': [],
  'play-phone': ['name'],
  'play-person': [],
  'play-app': ['name'],
  'play-chats': ['name'],
  'play-messages': ['chat'],
  'play-empty-group': [],
  'play-empty-private': [],
  'play-compose': ['chat'],
  'play-compose-short': [],
  'play-send': [],
  'play-commands': [],
  'play-newest': [],
  'play-unread': ['count'],
  'play-typing': ['name'],
  'play-edited': [],
  'play-silent': [],
  'play-pinned': [],
  'play-topic': ['topic'],
  'play-replied': ['name'],
  'play-reply-to': ['name'],
  'play-reply-drop': [],
  'play-message-gone': [],
  'play-picture': ['of'],
  'play-enlarge': ['of'],
  'play-picture-gone': [],
  'play-no-answer': [],
  'play-failed': [],
  'play-offline': [],
  'play-nobody': [],
  'play-nobody-more': [],
  'play-no-group': [],
  'play-slack-badge': [],
  'play-slack-only-you': [],
  'play-slack-pinned': [],
  'play-slack-edited': [],
  'play-slack-reply': [],
  'play-slack-replies': ['name'],
  'play-slack-broadcast': [],
  'play-slack-in-thread': ['of'],
  'play-slack-no-command': ['name'],
  'play-slack-no-threads': ['name'],
  'play-slack-home': [],
  'play-slack-home-opening': [],
  'play-slack-empty-direct': [],
} as const satisfies Record<string, readonly string[]>;

type MessageKey = keyof typeof MESSAGES;
type PageKey = MessageKey extends `play-${infer Name}` ? Name : never;

/** The page's words by their short names; `{name}` stands where the page puts a value. */
export type PageWords = Readonly<Record<PageKey, string>>;

/** Gives the words of the page in a language. */
export function listPageWords(locale: Locale): PageWords {
  const words = createWords(locale, 'UTC');
  const entries = Object.entries(MESSAGES).map(([key, values]) => {
    const places = Object.fromEntries(values.map((value) => [value, `{${value}}`]));
    return [key.replace('play-', ''), words.t(key, places)];
  });
  return Object.fromEntries(entries) as PageWords;
}
