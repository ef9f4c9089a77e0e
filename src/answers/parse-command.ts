import { distance } from 'fastest-levenshtein';

/** Longer than any command with its argument attached. */
const WORD_MAX = 100;

/** What somebody wrote. */
export type CommandText =
  | { kind: 'command'; name: string; args: readonly string[] }
  /** starts like a command and is none; `nearest` is one that is spelt alike */
  | { kind: 'unknown'; typed: string; nearest: string | null; args: readonly string[] }
  /** addressed to another bot of the group */
  | { kind: 'other_bot' }
  /** plain words */
  | { kind: 'text'; args: readonly string[] };

/**
 * Reads a command: `/metric cr`, `/Metric@HeartbeatBot "checkout conversion"`, `/metric_cr`. Of names that start alike
 * the longer one wins.
 */
export function parseCommandText(
  text: string,
  commandNames: readonly string[],
  botName: string,
): CommandText {
  const trimmed = text.trim();
  const head = /^\/([^\s@]+)(?:@(\S+))?/u.exec(trimmed);
  if (!head) return { kind: 'text', args: splitArgs(trimmed) };
  const [whole, word = '', bot] = head;
  if (bot !== undefined && bot.toLowerCase() !== botName.toLowerCase()) return { kind: 'other_bot' };
  const typed = word.slice(0, WORD_MAX).toLowerCase();
  const args = splitArgs(trimmed.slice(whole.length));
  const name = commandNames.toSorted((a, b) => b.length - a.length).find((known) => isNamed(typed, known));
  if (name === undefined)
    return { kind: 'unknown', typed, nearest: findNearestCommand(typed, commandNames), args };
  // `/metric_cr`: what follows the name is its first argument, as platforms link only one word
  const attached = typed.slice(name.length + 1);
  return { kind: 'command', name, args: attached === '' ? args : [attached, ...args] };
}

function isNamed(typed: string, name: string): boolean {
  return typed === name || (typed.startsWith(`${name}_`) && typed.length > name.length + 1);
}

/** Farther than this is another word, not a misspelling. */
const MISSPELT_MAX = 0.5;

/** Gives the command whose name is spelt most like a word, or null when none is. */
export function findNearestCommand(typed: string, commandNames: readonly string[]): string | null {
  const scored = commandNames.map((name) => ({ name, score: spelling(typed, name) }));
  scored.sort((a, b) => a.score - b.score || a.name.localeCompare(b.name));
  const [best] = scored;
  return best && best.score <= MISSPELT_MAX ? best.name : null;
}

function spelling(typed: string, name: string): number {
  if (typed.length >= 2 && (name.startsWith(typed) || typed.startsWith(name))) return 0;
  return distance(typed, name) / Math.max(typed.length, name.length);
}

const QUOTED = /"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]|(\S+)/gu;

/** Splits words at spaces; quotes of any language keep a name together. */
function splitArgs(text: string): string[] {
  const words = [...text.matchAll(QUOTED)].map(
    (match) => match.slice(1).find((part) => part !== undefined) ?? '',
  );
  return words.filter((word) => word !== '');
}
