import type { Person, Role } from '../registry/index.ts';
import { nameText } from './alert-lines.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { joinFacts, sayLine } from './lines.ts';
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
export function answerWhoami(facts: { person: Person; workspace: string }, words: Words): Answer {
  const { person, workspace } = facts;
  const linked = person.telegramId !== null || person.slackId !== null;
  return {
    lines: [
      firstLine({ glyph: '👤', name: person.name }),
      joinFacts([roleWord(person.role, words), person.email, nameText(workspace)]),
      [words.t('role-may', { role: person.role })],
      ...(person.teams.length > 0 ? [[words.t('teams', { teams: person.teams.join(', ') })]] : []),
      joinFacts([
        person.telegramId === null ? null : `Telegram ${person.telegramId}`,
        person.slackId === null ? null : `Slack ${person.slackId}`,
        linked ? null : words.t('not-linked'),
      ]),
      joinFacts([words.t('language'), words.timezone]),
    ],
  };
}

/** Gives the word of a role. */
export function roleWord(role: Role, words: Words): string {
  return words.t('role', { role });
}

/** Gives a stranger how to ask for access, and nothing else: their own id, no name of anything. */
export function answerNotMember(facts: { platform: 'telegram' | 'slack'; id: string }, words: Words): Answer {
  const platform = facts.platform === 'telegram' ? 'Telegram' : 'Slack';
  return {
    lines: [
      [words.t('stranger')],
      sayLine(words, 'stranger-id', { platform, id: { kind: 'code', text: nameText(facts.id) } }),
      [words.t('stranger-next')],
    ],
  };
}
