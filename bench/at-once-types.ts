/** What the thread of a web hook is told: how many different messages come next. */
export type ToHook = { expect: number };
/** What it tells: where it listens, that it counts, and when the last one came after how many calls. */
export type FromHook =
  | { kind: 'ready'; port: number }
  | { kind: 'expecting' }
  | { kind: 'all'; at: number; calls: number };
