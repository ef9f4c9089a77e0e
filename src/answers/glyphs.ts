import type { Level } from '../alerts/index.ts';

/** Signs before states and on buttons. They stand in code and not in locales/*.ftl: they are the same in every language. */
export const GLYPH = {
  red: '🔴',
  amber: '🟡',
  green: '🟢',
  acked: '🟠',
  snoozed: '💤',
  withdrawn: '⚪',
  none: '⚪',
  stale: '⌛',
  ack: '✅',
  unack: '↩️',
  snooze: '💤',
  why: '🔎',
  chart: '📈',
  howto: '📖',
  refresh: '🔄',
  alerts: '🔔',
  storm: '🌩️',
  maintenance: '🚧',
  cockpit: '📊',
  refused: '⛔',
  preview: '🧪',
  note: '✍️',
  real: '👍',
  noise: '👎',
  question: '❓',
  log: '📜',
  retry: '🔁',
  health: '🩺',
  test: '🧪',
  trouble: '⚠️',
  star: '☆',
  starred: '★',
  list: '📋',
  team: '👥',
  add: '➕',
  share: '🔗',
  copy: '📑',
  remove: '✖️',
  done: '✅',
  access: '🙋',
  schedule: '🗓️',
  pin: '📌',
  cut: '🔬',
} as const;

/** Gives the sign of a level; a metric without one has a white dot. */
export function levelGlyph(level: Level | null): string {
  return level === null ? GLYPH.none : GLYPH[level];
}
