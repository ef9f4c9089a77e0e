import {
  answerAccessDecided,
  answerAccessRequest,
  answerDecision,
  answerLinkAsked,
  answerLinked,
  answerLinkHow,
  answerLinkMail,
  answerLinkWrong,
  answerNotMember,
  answerSetting,
  answerUnlinked,
  answerWhoami,
  type Answer,
  type Words,
} from '../../src/answers/index.ts';
import type { Origins } from '../../src/people/index.ts';
import { IVAN, minutesAgo, NOW } from './facts.ts';

type Case = (words: Words) => Answer;

/** Nothing was said in a chat: all of it stands in the file. */
export const BY_FILE: Origins = {
  locale: 'workspace',
  timezone: 'workspace',
  quiet: 'workspace',
  linked: { telegram: null, slack: null },
};

const REQUEST = { number: 7, channel: 'telegram', account: '424242', name: 'Mallory <b>& "Sons"\n' } as const;

export const PEOPLE_CASES: Record<string, Case> = {
  'whoami-linked': (words) =>
    answerWhoami(
      {
        person: { ...IVAN, slackId: 'U0IVAN', quietHours: { from: '22:00', to: '07:00' } },
        workspace: 'Corner Shop',
        origins: {
          locale: 'chat',
          timezone: 'file',
          quiet: 'chat',
          linked: { telegram: minutesAgo(3 * 24 * 60), slack: null },
        },
      },
      words,
    ),
  'stranger-in-private': (words) =>
    answerNotMember({ platform: 'telegram', id: '424242', mayAsk: true }, words),
  'link-how': answerLinkHow,
  'link-asked': answerLinkAsked,
  'link-wrong': (words) => answerLinkWrong(4, words),
  'link-wrong-last': (words) => answerLinkWrong(1, words),
  'link-none': (words) => answerLinkWrong(0, words),
  'link-done': (words) => answerLinked({ person: IVAN, workspace: 'Corner Shop' }, words),
  'link-mail': (words) =>
    answerLinkMail(
      {
        code: '1234 5678',
        account: { channel: 'telegram', account: '424242' },
        expiresAt: minutesAgo(-15),
        now: NOW,
      },
      words,
    ),
  unlinked: answerUnlinked,
  'setting-lang': (words) =>
    answerSetting({ name: 'lang', value: words.t('language'), origin: 'chat', isNew: true }, words),
  'setting-tz': (words) =>
    answerSetting({ name: 'tz', value: 'Europe/Belgrade', origin: 'file', isNew: false }, words),
  'setting-quiet': (words) =>
    answerSetting({ name: 'quiet', value: '22:00–07:00', origin: 'workspace', isNew: false }, words),
  'access-request': (words) => answerAccessRequest(REQUEST, words),
  'access-added': (words) =>
    answerDecision({ name: REQUEST.name, entry: '- email: name@example.com' }, words),
  'access-denied': (words) => answerDecision({ name: REQUEST.name, entry: null }, words),
  'access-yes': (words) => answerAccessDecided(true, words),
  'access-no': (words) => answerAccessDecided(false, words),
};
