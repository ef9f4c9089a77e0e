import { parseCommandText, parsePress, type Press } from '../answers/index.ts';
import { NAMES, parseArgs } from './run.ts';
import { commands } from './table.ts';

/** Presses that show something and change nothing; a new kind is not among them until it is said here. */
const READING: ReadonlySet<Press['kind']> = new Set([
  'alert',
  'alerts',
  'card',
  'cockpit',
  'help',
  'howto',
  'log',
  'metric',
  'preview_change',
  'storm',
  'team',
  'watchlist',
  'why',
]);

/** Tells whether a command as typed merely shows something. */
export function isReadingText(text: string): boolean {
  const parsed = parseCommandText(text, NAMES, '');
  if (parsed.kind !== 'command') return false;
  const command = commands.find(({ name }) => name === parsed.name);
  try {
    return command?.reads?.(parseArgs(command, parsed.args), text) ?? false;
  } catch {
    return false;
  }
}

/** Tells whether a button's data merely shows something. */
export function isReadingPress(data: string): boolean {
  const press = parsePress(data);
  return press !== undefined && READING.has(press.kind);
}
