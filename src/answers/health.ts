import type { PlaceTrouble, QueueState } from '../delivery/index.ts';
import type { TickLag } from '../pulse/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { encodePress } from './press.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Line } from './types.ts';
import type { Words } from './words-types.ts';

const REASON_MAX = 200;
const NAMES_MAX = 3;

/** One part of the program as /readyz lists it. */
export type HealthPart = { name: string; ok: boolean; severity: 'error' | 'warning'; reason: string | null };

/** How the program itself is. */
export type HealthFacts = {
  parts: readonly HealthPart[];
  /** when this process last looked for due metrics */
  lastLoopAt: Date | null;
  lag: Pick<TickLag, 'lagMs'> & { overdue: readonly string[] };
  queue: QueueState;
  /** sources that give nothing fresh, with how many metrics of theirs are stale */
  silent: readonly { source: string; metrics: number; since: Date }[];
  /** places that cannot be reached now, as people call them */
  places: readonly (PlaceTrouble & { label: string })[];
  now: Date;
};

/** Gives how the program itself is: every part, its pulse, its queue, what failed today, and what it cannot reach. */
export function answerHealth(facts: HealthFacts, words: Words): Answer {
  const troubled = facts.parts.filter(({ ok }) => !ok);
  const name = words.t('health-title', { troubles: troubled.length });
  return {
    lines: [
      firstLine({ glyph: GLYPH.health, name }),
      wellLine(facts, words),
      ...troubled.map((part) => troubleLine(part, words)),
      pulseLine(facts, words),
      queueLine(facts, words),
      [words.t('health-today', { count: facts.queue.dead })],
      ...facts.silent.map((source) => silentLine(source, facts.now, words)),
      ...facts.places.map((place) => placeLine(place, facts.now, words)),
    ].filter((line) => line.length > 0),
    ...(facts.queue.dead > 0 && {
      buttons: [
        [
          {
            label: `${GLYPH.log} ${words.t('button-failed')}`,
            press: encodePress({ kind: 'log', of: { show: 'failed' }, before: null }),
          },
        ],
      ],
    }),
  };
}

function wellLine({ parts }: HealthFacts, words: Words): Line {
  const well = parts.filter(({ ok }) => ok).map((part) => partName(part, words));
  return well.length === 0 ? [] : [`${GLYPH.ack} `, ...joinFacts(well)];
}

function partName({ name }: HealthPart, words: Words): string {
  return words.t('health-part', { part: oneLine(name) });
}

function troubleLine(part: HealthPart, words: Words): Line {
  const glyph = part.severity === 'error' ? GLYPH.refused : GLYPH.trouble;
  const reason = part.reason === null ? '' : `: ${reasonText(part.reason)}`;
  return [`${glyph} ${partName(part, words)}${reason}`];
}

function pulseLine({ lastLoopAt, lag, now }: HealthFacts, words: Words): Line {
  const looked =
    lastLoopAt === null
      ? words.t('health-not-looked')
      : words.t('health-looked', { ago: words.duration(Math.max(0, now.getTime() - lastLoopAt.getTime())) });
  const late = lag.overdue.length;
  if (late === 0) return joinFacts([looked, words.t('health-on-time')]);
  const names = lag.overdue.slice(0, NAMES_MAX).map(nameText).join(', ');
  const text = words.t('health-overdue', { count: late, lag: words.duration(lag.lagMs), names });
  return joinFacts([looked, text]);
}

function queueLine({ queue }: HealthFacts, words: Words): Line {
  const waiting =
    queue.waiting === 0
      ? words.t('health-queue-empty')
      : words.t('health-queue', { count: queue.waiting, age: words.duration(queue.oldestMs) });
  return joinFacts([waiting, queue.held === 0 ? null : words.t('health-held', { count: queue.held })]);
}

function silentLine(
  { source, metrics, since }: HealthFacts['silent'][number],
  now: Date,
  words: Words,
): Line {
  const at = instant(since, now, words);
  const line = sayLine(words, 'health-silent', { source: nameText(source), count: metrics, since: at });
  return [`${GLYPH.stale} `, ...line];
}

function placeLine(place: HealthFacts['places'][number], now: Date, words: Words): Line {
  const label = nameText(place.label);
  if (place.kind === 'waits') {
    const until = instant(place.until, now, words);
    return [`${GLYPH.trouble} `, ...sayLine(words, 'health-place-waits', { place: label, until })];
  }
  const since = instant(place.since, now, words);
  const line = sayLine(words, 'health-place-gone', { place: label, since });
  return joinFacts([[`${GLYPH.trouble} `, ...line], reasonText(place.reason)]);
}

function reasonText(reason: string): string {
  return shorten(oneLine(reason), REASON_MAX);
}
