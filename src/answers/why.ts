import type { Level, Runs } from '../alerts/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { capitalise, instant, joinFacts, lineText, sayLine, titled } from './lines.ts';
import { verificationText } from './metric-card.ts';
import { nameText } from './name-text.ts';
import { remarkLines } from './remarks.ts';
import { oneLine, shorten } from './shorten.ts';
import { describeLevel } from './standing.ts';
import type { Answer, Line } from './types.ts';
import { silenceLines } from './why-silences.ts';
import type { WhyDelivery, WhyFacts, WhyPlace } from './why-types.ts';
import type { Words } from './words-types.ts';

const TICKS_MAX = 6;
const SILENCES_MAX = 5;
const DELIVERIES_MAX = 5;
const PLACES_MAX = 6;
const REASON_MAX = 120;

/**
 * Gives why a metric rings or is silent, from stored facts: lines, newest value, ticks, runs, the verification gate, the
 * open alert, where it goes, and what was sent.
 */
export function answerWhy(facts: WhyFacts, words: Words): Answer {
  const { metric, observation } = facts.status;
  const value = observation && words.value(observation.value, metric.unit);
  return {
    lines: [
      firstLine({ glyph: GLYPH.why, name: metric.name, value }),
      [linesText(facts.status, words)],
      ...readingLines(facts, words),
      ticksLine(facts, words),
      [hysteresisText(facts, words)],
      [gateText(facts, words)],
      ...alertFacts(facts, words),
      ...silenceLines(facts.silences.slice(0, SILENCES_MAX), facts.now, words),
      placesLine(facts, words),
      ...deliveryLines(facts, words),
    ].filter((line) => lineText(line) !== ''),
  };
}

function hasLines({ metric }: MetricStatus): boolean {
  return metric.norm !== null || metric.alert !== null;
}

function linesText(status: MetricStatus, words: Words): string {
  if (!hasLines(status)) return words.t('why-no-lines');
  const { norm, alert, unit, direction } = status.metric;
  const lines = [
    norm === null ? null : words.t('tuple-norm', { value: words.value(norm, unit) }),
    alert === null ? null : words.t('tuple-alert', { value: words.value(alert, unit) }),
  ].filter((line) => line !== null);
  return capitalise(words.t('why-lines', { lines: lines.join(', '), direction }));
}

function readingLines({ status, now }: WhyFacts, words: Words): Line[] {
  const { observation, metric, level, stale, error } = status;
  const failed =
    error === null ? [] : [[words.t('last-tick-failed', { error: shorten(oneLine(error), REASON_MAX) })]];
  if (!observation) return [[capitalise(words.t('no-reading'))], ...failed];
  const frozen = stale ? [[words.t('why-stale', { ago: words.ago(observation.computedAt, now) })]] : [];
  if (level === null || !hasLines(status)) return [...frozen, ...failed];
  const reading = words.t('why-reading', {
    value: words.value(observation.value, metric.unit),
    standing: describeLevel(status, words),
    level: levelWord(level, words),
  });
  return [[reading], ...frozen, ...failed];
}

function levelWord(level: Level, words: Words): string {
  return words.t('level', { level });
}

function ticksLine({ ticks, status, now }: WhyFacts, words: Words): Line {
  if (ticks.length === 0) return [];
  const shown = ticks.slice(-TICKS_MAX).map((tick): Line => {
    const value = words.value(tick.value, status.metric.unit);
    return [instant(tick.at, now, words), ` ${value} ${levelWord(tick.level, words)}`];
  });
  return titled(words.t('why-ticks'), joinFacts(shown));
}

function hysteresisText({ status, judged }: WhyFacts, words: Words): string {
  if (!hasLines(status)) return '';
  const { enter, leave } = status.metric.hysteresis;
  const rule =
    enter === 1 && leave === 1 ? words.t('why-one-tick') : words.t('why-hysteresis', { enter, leave });
  const run = judged && describeRun(judged, { enter, leave }, words);
  return run ? `${rule} ${run}` : rule;
}

type Judged = { level: Level; runs: Runs };

/** Says the run that is under way: towards a worse level, back from this one, or at it. */
function describeRun(
  { level, runs }: Judged,
  need: { enter: number; leave: number },
  words: Words,
): string | null {
  const back = level === 'red' ? runs.offRed : runs.offAmber;
  if (level !== 'green' && back > 0 && back < need.leave) {
    return words.t('why-leaving', { run: back, need: need.leave });
  }
  const worse = level === 'red' || runs.red > 0 ? 'red' : 'amber';
  const run = runs[worse];
  if (run === 0) return null;
  if (level === worse) return words.t('why-held', { run, level: levelWord(worse, words) });
  return run < need.enter
    ? words.t('why-entering', { run, need: need.enter, level: levelWord(worse, words) })
    : null;
}

function gateText({ status, nameOf }: WhyFacts, words: Words): string {
  const text = capitalise(verificationText(status, nameOf, words));
  return words.t('why-gate', {
    text,
    gate: status.verification === 'verified' && hasLines(status) ? 'open' : 'shut',
  });
}

function alertFacts({ alert, now, status }: WhyFacts, words: Words): Line[] {
  if (!alert) return hasLines(status) ? [[words.t('why-no-alert')]] : [];
  const open = sayLine(words, 'why-alert', {
    alert: `A-${alert.number}`,
    level: levelWord(alert.level, words),
    at: instant(alert.openedAt, now, words),
  });
  const acked =
    alert.ack &&
    alert.phase !== 'firing' &&
    sayLine(words, 'why-acked', { name: nameText(alert.ack.by), at: instant(alert.ack.at, now, words) });
  const snoozed =
    alert.snooze &&
    alert.snooze.until > now &&
    sayLine(words, 'why-snoozed', {
      name: nameText(alert.snooze.by),
      until: instant(alert.snooze.until, now, words),
    });
  return [open, acked, snoozed, ...remarkLines(alert, words)].filter(
    (line) => line !== null && line !== false,
  );
}

function placesLine({ places, status }: WhyFacts, words: Words): Line {
  const open = status.verification === 'verified' && hasLines(status);
  if (!open) return [];
  if (places.length === 0) return [words.t('why-nobody')];
  const shown = places.slice(0, PLACES_MAX).map((place) => placeText(place, words));
  const rest = places.length - shown.length;
  const more = rest > 0 ? words.t('and-more', { count: rest }) : null;
  return titled(words.t('why-places'), joinFacts([...shown, more]));
}

function placeText({ label, why }: WhyPlace, words: Words): string {
  const team = why.kind === 'team' ? nameText(why.team) : '';
  return words.t('why-place', { label: nameText(label), why: why.kind, team });
}

function deliveryLines({ deliveries, now }: WhyFacts, words: Words): Line[] {
  if (deliveries.length === 0) return [];
  const lines = deliveries.slice(0, DELIVERIES_MAX).map((delivery) => deliveryLine(delivery, now, words));
  return [[{ kind: 'bold', text: words.t('why-deliveries') }], ...lines];
}

function deliveryLine(delivery: WhyDelivery, now: Date, words: Words): Line {
  const { id, edge, at, place, operation, status, attempts, reason } = delivery;
  return joinFacts([
    [instant(at, now, words), ` ${words.t('edge', { edge })} → ${nameText(place)}`],
    words.t('delivery-operation', { operation }),
    words.t('delivery-status', { status, attempts }),
    reason === null ? null : shorten(oneLine(reason), REASON_MAX),
    [{ kind: 'code', text: id }],
  ]);
}
