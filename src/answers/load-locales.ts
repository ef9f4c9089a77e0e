import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { FluentBundle, FluentResource } from '@fluent/bundle';

import type { Locale } from '../registry/index.ts';

export const LOCALES = ['en', 'ru'] as const satisfies readonly Locale[];

/** The messages of every language. */
export type Bundles = Readonly<Record<Locale, FluentBundle>>;

/** Reads every `<locale>.ftl` and `*.<locale>.ftl` of a folder; throws with the file's name when one cannot be used. */
export function loadLocales(dir: string): Bundles {
  return { en: loadBundle(dir, 'en'), ru: loadBundle(dir, 'ru') };
}

function loadBundle(dir: string, locale: Locale): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false });
  const files = readdirSync(dir).filter((file) => `.${file}`.endsWith(`.${locale}.ftl`));
  for (const file of files.sort()) {
    const [problem] = bundle.addResource(new FluentResource(readFileSync(join(dir, file), 'utf8')));
    if (problem) throw new Error(`${join(dir, file)}: ${problem.message}`);
  }
  return bundle;
}

let shipped: Bundles | undefined;

/** Gives the messages that ship with the program; they are read once. */
export function getShippedLocales(): Bundles {
  shipped ??= loadLocales(findLocalesDir(import.meta.dirname));
  return shipped;
}

/** The package's root is two levels up from the source and three from the build. */
function findLocalesDir(from: string): string {
  const dir = join(from, 'locales');
  if (existsSync(join(dir, 'en.ftl'))) return dir;
  if (dirname(from) === from) throw new Error('locales/en.ftl is missing: install the package again');
  return findLocalesDir(dirname(from));
}
