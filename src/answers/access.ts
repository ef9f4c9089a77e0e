import type { AccessRequest } from '../people/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { encodePress } from './press.ts';
import type { AccessDecision } from './press-people.ts';
import type { Answer, Button } from './types.ts';
import type { Words } from './words-types.ts';

const PLATFORM = { telegram: 'Telegram', slack: 'Slack' } as const;

/** Gives admins the wish of somebody unknown, with a button for each answer. */
export function answerAccessRequest(request: Omit<AccessRequest, 'locale'>, words: Words): Answer {
  const { number, channel, account, name } = request;
  const button = (decision: AccessDecision): Button => ({
    label: `${decision === 'denied' ? GLYPH.refused : GLYPH.done} ${words.t('access-button', { decision })}`,
    press: encodePress({ kind: 'access_decide', request: number, decision }),
  });
  return {
    lines: [
      firstLine({ glyph: GLYPH.access, name, value: words.t('access-asks') }),
      sayLine(words, 'access-id', {
        platform: PLATFORM[channel],
        id: { kind: 'code', text: nameText(account) },
      }),
      [words.t('access-care')],
    ],
    buttons: [[button('viewer'), button('operator')], [button('denied')]],
  };
}

/** Gives who asked what became of it, and nothing else. */
export function answerAccessDecided(isIn: boolean, words: Words): Answer {
  return { lines: [[words.t(isIn ? 'access-yes' : 'access-no')]] };
}

/** Gives the admin who decided what to do now. */
export function answerDecision(facts: { name: string; entry: string | null }, words: Words): Answer {
  const name = nameText(facts.name);
  if (facts.entry === null) return { lines: [[words.t('access-denied', { name })]] };
  return { lines: [[words.t('access-add', { name })], [words.t('access-add-how')]], code: facts.entry };
}

/** Gives the button with which somebody unknown asks to be let in. */
export function askAccessButtons(words: Words): Button[][] {
  return [[{ label: words.t('button-ask-access'), press: encodePress({ kind: 'access_ask' }) }]];
}
