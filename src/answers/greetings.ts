import type { Origin, Origins } from '../people/index.ts';
import type { Person } from '../registry/index.ts';
import { askAccessButtons } from './access.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { quietWords, roleWord } from './people-words.ts';
import { encodePress } from './press.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

/** A command as help lists it: its name and the key of what it does. */
export type HelpItem = { name: string; summary: string };

/** Gives the commands this person may use here, with what each does. */
export function answerHelp(commands: readonly HelpItem[], words: Words): Answer {
  return {
    lines: [
      [{ kind: 'bold', text: words.t('help-title') }],
      ...commands.map(({ name, summary }): Line => [`/${name}`, ` — ${words.t(summary)}`]),
      [words.t('help-tip')],
    ],
    buttons: [startButtons(words)],
  };
}

function startButtons(words: Words): Button[] {
  return [
    { label: `${GLYPH.cockpit} ${words.t('button-cockpit')}`, press: encodePress({ kind: 'cockpit' }) },
    { label: `${GLYPH.alerts} ${words.t('button-alerts')}`, press: encodePress({ kind: 'alerts', page: 0 }) },
  ];
}

/** Gives the welcome to somebody who belongs to the workspace. */
export function answerStart(facts: { name: string; workspace: string }, words: Words): Answer {
  return {
    lines: [
      [words.t('start-hello', { name: nameText(facts.name) })],
      [words.t('start-what', { workspace: nameText(facts.workspace) })],
      [words.t('start-try')],
    ],
    buttons: [startButtons(words), [{ label: words.t('button-help'), press: encodePress({ kind: 'help' }) }]],
  };
}

/** Gives what Heartbeat knows of the person who asks. */
export function answerWhoami(
  facts: { person: Person; workspace: string; origins: Origins },
  words: Words,
): Answer {
  const { person, workspace, origins } = facts;
  const from = (text: string, origin: Origin): string => `${text} (${words.t('origin', { origin })})`;
  const linked = person.telegramId !== null || person.slackId !== null;
  return {
    lines: [
      firstLine({ glyph: '👤', name: person.name }),
      joinFacts([roleWord(person.role, words), person.email, nameText(workspace)]),
      [words.t('role-may', { role: person.role })],
      ...(person.teams.length > 0 ? [[words.t('teams', { teams: person.teams.join(', ') })]] : []),
      joinFacts([
        person.telegramId === null
          ? null
          : accountText(`Telegram ${person.telegramId}`, origins.linked.telegram, words),
        person.slackId === null ? null : accountText(`Slack ${person.slackId}`, origins.linked.slack, words),
        linked ? null : words.t('not-linked'),
      ]),
      joinFacts([from(words.t('language'), origins.locale), from(words.timezone, origins.timezone)]),
      [words.t('whoami-quiet', { hours: quietText(person, origins.quiet, words) })],
    ],
  };
}

function quietText({ quietHours }: Person, origin: Origin, words: Words): string {
  const hours = quietWords(quietHours, words);
  return origin === 'workspace' ? hours : `${hours} (${words.t('origin', { origin })})`;
}

function accountText(account: string, linkedAt: Date | null, words: Words): string {
  const since = linkedAt === null ? null : words.t('linked-on', { day: words.day(linkedAt) });
  return `${account} (${since ?? words.t('origin', { origin: 'file' })})`;
}

/** Gives a stranger how to ask for access, and nothing else: their own id, no name of anything. */
export function answerNotMember(
  facts: { platform: 'telegram' | 'slack'; id: string; mayAsk?: boolean },
  words: Words,
): Answer {
  const platform = facts.platform === 'telegram' ? 'Telegram' : 'Slack';
  return {
    lines: [
      [words.t('stranger')],
      sayLine(words, 'stranger-id', { platform, id: { kind: 'code', text: nameText(facts.id) } }),
      [words.t('stranger-next')],
      [words.t('stranger-link')],
    ],
    ...(facts.mayAsk === true && { buttons: askAccessButtons(words) }),
  };
}
