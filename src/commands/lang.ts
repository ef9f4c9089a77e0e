import { z } from 'zod';
import { InputError } from '../errors.ts';
import type { Locale } from '../registry/index.ts';
import { answerOwnSetting, isBack, type OwnSetting } from './own-settings.ts';
import { defineCommand } from './types.ts';

const SETTING: OwnSetting = { name: 'lang', change: 'locale', show: (_person, words) => words.t('language') };

const LANGUAGES: Readonly<Record<string, Locale>> = {
  en: 'en',
  english: 'en',
  английский: 'en',
  ru: 'ru',
  russian: 'ru',
  русский: 'ru',
};

export const lang = defineCommand({
  name: 'lang',
  role: 'viewer',
  args: z.object({ language: z.string().optional() }),
  positional: ['language'],
  run(context, { language }) {
    if (language === undefined) return answerOwnSetting(context, SETTING, null);
    return answerOwnSetting(context, SETTING, { name: 'locale', value: readLanguage(language) });
  },
});

function readLanguage(text: string): Locale | null {
  if (isBack(text)) return null;
  const locale = LANGUAGES[text.trim().toLowerCase()];
  if (locale) return locale;
  throw new InputError('lang_unknown', `I speak en and ru, not "${text}".`, { details: { typed: text } });
}
