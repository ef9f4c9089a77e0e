import type { Account, Origin } from '../people/index.ts';
import type { Person } from '../registry/index.ts';
import { GLYPH } from './glyphs.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { roleWord } from './people-words.ts';
import type { Answer } from './types.ts';
import type { Words } from './words-types.ts';

const PLATFORM = { telegram: 'Telegram', slack: 'Slack' } as const;

/** Gives how to link this chat. */
export function answerLinkHow(words: Words): Answer {
  return { lines: [[words.t('link-how')], [words.t('link-how-example')]] };
}

/** Gives the question for the code; it is the same whether or not anybody has the address. */
export function answerLinkAsked(words: Words): Answer {
  return {
    lines: [
      [`${GLYPH.question} ${words.t('link-asked')}`],
      [words.t('link-asked-next')],
      [words.t('ask-cancel')],
    ],
    asks: { hint: words.t('link-hint') },
  };
}

/** Gives what a code that was not right leaves to do; `left`: tries that remain, 0 when a new code is needed. */
export function answerLinkWrong(left: number, words: Words): Answer {
  if (left <= 0)
    return { lines: [[`${GLYPH.refused} ${words.t('link-none')}`], [words.t('link-how-example')]] };
  return {
    lines: [[`${GLYPH.refused} ${words.t('link-wrong', { left })}`], [words.t('ask-cancel')]],
    asks: { hint: words.t('link-hint') },
  };
}

/** Gives the welcome after the code was right. */
export function answerLinked(facts: { person: Person; workspace: string }, words: Words): Answer {
  const { person, workspace } = facts;
  return {
    lines: [
      [`${GLYPH.done} ${words.t('link-done', { name: nameText(person.name) })}`],
      joinFacts([roleWord(person.role, words), person.email, nameText(workspace)]),
      [words.t('link-done-next')],
    ],
  };
}

/** Gives what unlinking did. */
export function answerUnlinked(words: Words): Answer {
  return { lines: [[`${GLYPH.done} ${words.t('unlink-done')}`], [words.t('unlink-effect')]] };
}

/** Gives the mail with the code. The code is not in its first line, which becomes the subject. */
export function answerLinkMail(
  facts: { code: string; account: Account; expiresAt: Date; now: Date },
  words: Words,
): Answer {
  const { code, account, expiresAt, now } = facts;
  return {
    lines: [
      [words.t('link-mail')],
      [{ kind: 'code', text: code }],
      sayLine(words, 'link-mail-how', { until: instant(expiresAt, now, words) }),
      sayLine(words, 'link-mail-who', {
        platform: PLATFORM[account.channel],
        id: { kind: 'code', text: nameText(account.account) },
      }),
      [words.t('link-mail-not-you')],
    ],
  };
}

/** A setting of a person as it is in force; `value` as people read it. */
export type SettingFacts = { name: 'lang' | 'tz' | 'quiet'; value: string; origin: Origin; isNew: boolean };

/** Gives what a setting is now and where that comes from; how to change it, where it was only asked for. */
export function answerSetting({ name, value, origin, isNew }: SettingFacts, words: Words): Answer {
  const line = words.t('setting', { name, value, origin });
  return {
    lines: [[isNew ? `${GLYPH.done} ${line}` : line], ...(isNew ? [] : [[words.t('setting-how', { name })]])],
  };
}
