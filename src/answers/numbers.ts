import type { Locale } from '../registry/index.ts';

/** U+202F, before % and units: keeps a number and its unit on one line. */
export const NARROW_SPACE = '\u202F';
const MINUS = '\u2212';

/** Outside of these a number is written as a power of ten: it has too many digits to read, or nothing but zeros. */
const PLAIN_MIN = 1e-9;
const PLAIN_MAX = 1e15;
const POWER_OF_TEN = { notation: 'scientific', maximumSignificantDigits: 3 } as const;

function isPlain(size: number): boolean {
  return size === 0 || (size >= PLAIN_MIN && size < PLAIN_MAX);
}

const THREE_DIGITS = {
  maximumSignificantDigits: 3,
  maximumFractionDigits: 0,
  // the more precise of the two: whole digits are never dropped, fractions end at three digits
  roundingPriority: 'morePrecision',
} as const;

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

function written(format: Intl.NumberFormat, value: number): string {
  const parts = format.formatToParts(value).map((part) => {
    if (part.type === 'minusSign' || part.type === 'exponentMinusSign') return MINUS;
    return part.type === 'literal' ? part.value.replace('\u00A0', NARROW_SPACE) : part.value;
  });
  return parts.join('');
}

/** Gives a number with three significant digits, whole digits exact: `3.14`, `1,234,567`, `−0.5`. */
export function formatNumber(value: number, locale: Locale): string {
  const digits = isPlain(Math.abs(value)) ? THREE_DIGITS : POWER_OF_TEN;
  return written(numberFormat(locale, { ...digits, signDisplay: 'negative' }), value);
}

/** Gives a percentage that is already one (`3.4` is 3.4 %). */
export function formatPercent(percent: number, locale: Locale): string {
  return `${formatNumber(percent, locale)}${NARROW_SPACE}%`;
}

/** Gives an amount of money: whole from 1,000 on, else in the currency's minor unit, or three digits when tiny. */
export function formatCurrency(amount: number, code: string, locale: Locale): string {
  const style = { style: 'currency', currency: code, signDisplay: 'negative' } as const;
  const size = Math.abs(amount);
  const minorDigits = numberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  return written(numberFormat(locale, { ...style, ...currencyDigits(size, minorDigits) }), amount);
}

function currencyDigits(size: number, minorDigits: number): Intl.NumberFormatOptions {
  if (!isPlain(size)) return POWER_OF_TEN;
  if (size >= 1000) return { maximumFractionDigits: 0 };
  if (size >= 10 ** (1 - minorDigits)) return { trailingZeroDisplay: 'stripIfInteger' };
  return { maximumSignificantDigits: 3 };
}

/** Gives a relative change with its sign: `−18 %`, `+4.2 %`, `0 %`. */
export function formatChange(ratio: number, locale: Locale): string {
  const percent = ratio * 100;
  const maximumFractionDigits = Math.abs(percent) < 10 ? 1 : 0;
  const format = numberFormat(locale, { maximumFractionDigits, signDisplay: 'exceptZero' });
  return `${written(format, percent)}${NARROW_SPACE}%`;
}
