import { DAY, MINUTE } from '../lib/time.ts';
import type { Locale, Unit } from '../registry/index.ts';
import { formatDurationValue, formatSpan } from './durations.ts';
import { formatDay, formatTime } from './instants.ts';
import { type Bundles, getShippedLocales } from './load-locales.ts';
import { formatChange, formatCurrency, formatNumber, formatPercent } from './numbers.ts';
import type { Words } from './words-types.ts';

/** Gives the wording of a reader of one language in one IANA zone. */
export function createWords(locale: Locale, timezone: string, bundles: Bundles = getShippedLocales()): Words {
  const reader = { locale, timezone };
  const t: Words['t'] = (key, args) => formatMessage(bundles, { locale, key }, args);
  const word = (key: string, count: number): string => t(key, { count });
  const words: Words = {
    locale,
    timezone,
    t,
    has: (key) => bundles[locale].hasMessage(key),
    value: (value, unit) => formatValue(value, unit, { locale, word }),
    change: (ratio) => formatChange(ratio, locale),
    duration: (ms) => formatSpan(ms, locale, { word, coarse: true }),
    time: (at, now) => formatTime(at, now, reader),
    ago: (at, now) => formatAgo(at, now, words),
    day: (at) => formatDay(at, reader),
  };
  return words;
}

type MessageName = { locale: Locale; key: string };

function formatMessage(
  bundles: Bundles,
  { locale, key }: MessageName,
  args?: Parameters<Words['t']>[1],
): string {
  const bundle = bundles[locale];
  const pattern = bundle.getMessage(key)?.value;
  if (!pattern) throw new Error(`locales/${locale}.ftl has no message "${key}": add it to every language`);
  const problems: Error[] = [];
  const text = bundle.formatPattern(pattern, args ?? null, problems);
  if (problems[0]) throw new Error(`locales/${locale}.ftl: "${key}": ${problems[0].message}`);
  return text;
}

type ValueReader = Parameters<typeof formatDurationValue>[2];

function formatValue(value: number, unit: Unit, reader: ValueReader): string {
  switch (unit.kind) {
    case 'percent':
      return formatPercent(value, reader.locale);
    case 'currency':
      return formatCurrency(value, unit.code, reader.locale);
    case 'duration':
      return formatDurationValue(value, unit.of, reader);
    case 'count':
    case 'ratio':
    case 'score':
      return formatNumber(value, reader.locale);
  }
}

function formatAgo(at: Date, now: Date, words: Words): string {
  const ageMs = now.getTime() - at.getTime();
  if (ageMs < MINUTE) return words.t('just-now');
  if (ageMs >= DAY) return words.time(at, now);
  return words.t('ago', { span: words.duration(Math.floor(ageMs / MINUTE) * MINUTE) });
}
