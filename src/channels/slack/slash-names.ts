import { lineText, type Line, type Span } from '../../answers/index.ts';
import { commands } from '../../commands/index.ts';
import { UMBRELLA } from './inbound.ts';

/** Slack keeps these names for itself; such commands are there under the umbrella alone. https://slack.com/help/articles/201259356 */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'active apps archive away call collapse dm dnd expand feed feedback help invite invite_people join kick leave me msg mute ' +
    'open part prefs remind remove rename search shortcuts shrug star status topic who'
  ).split(' '),
);

/** Names that mean nothing without a question that waits for words, which Slack's modals do not need. */
const NOT_HERE: ReadonlySet<string> = new Set(['cancel']);

/** Tells whether the app has a command in Slack by its own name. */
export function isOwnName(name: string): boolean {
  return !RESERVED.has(name) && !NOT_HERE.has(name);
}

/** A slash and a name that stand alone, no part of a path. */
const named = (names: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}/.:_-])/(${names.join('|')})(?![\\p{L}\\p{N}/_-])`, 'gu');

const UNDER_UMBRELLA = named(commands.map(({ name }) => name).filter((name) => RESERVED.has(name)));
const LINE_OF_NONE = new RegExp(`^${named([...NOT_HERE]).source}`, 'u');

/** Gives a text whose commands are named as they work in Slack: `/star` is `/heartbeat star`. */
export function nameInSlack(text: string): string {
  return text.replace(UNDER_UMBRELLA, `${UMBRELLA} $1`);
}

/** Gives lines whose commands are named as they work in Slack; a line about a command that is not there is left out. */
export function linesInSlack(lines: readonly Line[]): Line[] {
  return lines
    .filter((line) => !LINE_OF_NONE.test(lineText(line)))
    .map((line) => line.map((span) => spanInSlack(span)));
}

function spanInSlack(span: Span): Span {
  return typeof span === 'string' ? nameInSlack(span) : { ...span, text: nameInSlack(span.text) };
}
