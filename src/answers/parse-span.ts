/** A length of time in calendar units, as luxon adds them. */
export type Span = Partial<Record<'seconds' | 'minutes' | 'hours' | 'days' | 'weeks', number>>;

const UNITS = [
  { unit: 'seconds', name: /^(s|secs?|seconds?|с|сек\p{L}*)$/u },
  { unit: 'minutes', name: /^(m|mins?|minutes?|м|мин|минут\p{L}?)$/u },
  { unit: 'hours', name: /^(h|hrs?|hours?|ч|час\p{L}*)$/u },
  { unit: 'days', name: /^(d|days?|д|дн\p{L}*|день)$/u },
  { unit: 'weeks', name: /^(w|wks?|weeks?|н|нед\p{L}*)$/u },
] as const;

const PART = /(\d{1,9})\s*(\p{L}+)\.?(?:\s*,|\s+(?:and|и)(?=\s))?\s*/uy;
const ONE = /^(?:an?\s+|one\s+|один\s+|одну\s+)?(\p{L}{3,})$/u;
const HALF_HOUR = /^(?:half an hour|полчаса)$/u;

/** Reads `3h 30m`, `1h30m`, `2 часа`, `an hour`, `полчаса`, a bare number as minutes; undefined for other words (in small letters). */
export function parseSpan(text: string): Span | undefined {
  if (/^\d{1,9}$/u.test(text)) return { minutes: Number(text) };
  if (HALF_HOUR.test(text)) return { minutes: 30 };
  const one = unitOf(ONE.exec(text)?.[1]);
  return one ? { [one]: 1 } : parseParts(text);
}

function parseParts(text: string): Span | undefined {
  const span: Span = {};
  let end = 0;
  while (end < text.length) {
    PART.lastIndex = end;
    const match = PART.exec(text);
    const unit = unitOf(match?.[2]);
    if (!match || !unit) return undefined;
    span[unit] = (span[unit] ?? 0) + Number(match[1]);
    end = PART.lastIndex;
  }
  return end === 0 ? undefined : span;
}

function unitOf(name: string | undefined): keyof Span | undefined {
  return name === undefined ? undefined : UNITS.find((known) => known.name.test(name))?.unit;
}
