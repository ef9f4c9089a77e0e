import type { CardRange, PictureSpec } from '../pictures/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { howtoButton, whyButton } from './alert-buttons.ts';
import { openAlertButton } from './alert-rows.ts';
import { firstLine } from './first-line.ts';
import { GLYPH, levelGlyph } from './glyphs.ts';
import { joinFacts } from './lines.ts';
import type { NameOf } from './names.ts';
import { pictureAlt } from './picture-alt.ts';
import { encodePress } from './press.ts';
import { oneLine, shorten } from './shorten.ts';
import { describePeriod, describeStanding } from './standing.ts';
import type { Answer, Button, Line } from './types.ts';
import type { Words } from './words-types.ts';

const ERROR_MAX = 200;

/** What a metric's card is made of. `picture` is drawn beside the text when ready. */
export type MetricCardFacts = {
  status: MetricStatus;
  nameOf: NameOf;
  now: Date;
  range: CardRange;
  picture: PictureSpec | null;
  /** the metric's place on the docs site */
  url: string | null;
  /** whether the reader starred it; absent where nobody can */
  starred?: boolean;
};

/** The ranges a card offers as buttons, with their days. */
const CARD_RANGES = { '7d': 7, '28d': 28, '90d': 90 } as const satisfies Partial<Record<CardRange, number>>;

/** Gives a metric's card: value, where it stands, the 5-tuple, how old and how sure it is, who answers for it. */
export function answerMetricCard(facts: MetricCardFacts, words: Words): Answer {
  const { status, picture } = facts;
  return {
    lines: [...metricCardHead(facts, words), ownerLine(facts, words), ...troubleLines(status, words)].filter(
      (line) => line.length > 0,
    ),
    ...(picture && { picture: { spec: picture, alt: pictureAlt(picture, words) } }),
    buttons: metricCardButtons(facts, words),
  };
}

/** Gives the first lines of a card: what anybody may read who is shown the number. */
export function metricCardHead(
  facts: Pick<MetricCardFacts, 'status' | 'nameOf' | 'now'>,
  words: Words,
): Line[] {
  const { status, now } = facts;
  return [
    statusLine(status, words),
    [describeStanding(status, now, words)],
    tupleLine(status, words),
    originLine(facts, words),
  ].filter((line) => line.length > 0);
}

/** Gives `🔴 Checkout conversion 3.1 %` of a metric's newest reading. */
export function statusLine(status: MetricStatus, words: Words): Line {
  const { metric, observation } = status;
  return firstLine({
    glyph: statusGlyph(status),
    name: metric.name,
    value: observation && words.value(observation.value, metric.unit),
  });
}

/** Gives the sign of a metric's newest reading; a stale one has a sign of its own. */
function statusGlyph(status: MetricStatus): string {
  if (status.stale && status.observation) return GLYPH.stale;
  return levelGlyph(status.level);
}

function tupleLine({ metric, typical }: MetricStatus, words: Words): Line {
  const value = (number: number): string => words.value(number, metric.unit);
  return joinFacts([
    metric.norm === null ? null : words.t('tuple-norm', { value: value(metric.norm) }),
    metric.alert === null ? null : words.t('tuple-alert', { value: value(metric.alert) }),
    typical &&
      words.t('tuple-typical', {
        mean: value(typical.mean),
        deviation: value(Number(typical.deviation.toPrecision(2))),
      }),
    targetText(metric, words),
  ]);
}

function targetText(metric: Metric, words: Words): string | null {
  if (metric.target === null) return null;
  const value = words.value(metric.target, metric.unit);
  if (metric.targetDue === null) return words.t('tuple-target', { value });
  return words.t('tuple-target-due', { value, due: writtenDay(metric.targetDue, words) });
}

/** A day of a file (`2026-12-31`) is the same day for every reader: noon UTC stays on it from −12 h to +11 h. */
function writtenDay(day: string, words: Words): string {
  const at = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : words.day(at);
}

function originLine(
  { status, nameOf, now }: Pick<MetricCardFacts, 'status' | 'nameOf' | 'now'>,
  words: Words,
): Line {
  const { metric, observation, stale, late, unusual } = status;
  return joinFacts([
    describePeriod(metric.period, words),
    observation &&
      words.t(stale ? 'stale-since' : 'computed', { ago: words.ago(observation.computedAt, now) }),
    late && !stale ? words.t('late') : null,
    verificationText(status, nameOf, words),
    unusual ? words.t('unusual') : null,
  ]);
}

/** Gives who verified a metric and when, or why it does not alert. */
export function verificationText(status: MetricStatus, nameOf: NameOf, words: Words): string {
  const { verified } = status.metric;
  if (status.verification !== 'verified' || !verified) {
    return words.t(status.verification === 'changed' ? 'verification-changed' : 'verification-none');
  }
  return words.t('verified-by', { name: nameOf(verified.by), day: writtenDay(verified.at, words) });
}

function ownerLine({ status, nameOf, url }: MetricCardFacts, words: Words): Line {
  const { owner, runbook } = status.metric;
  return joinFacts([
    owner === null ? words.t('unowned') : words.t('owner', { name: nameOf(owner) }),
    url === null ? null : [{ kind: 'link', text: words.t('documentation'), url }],
    runbook === null ? null : [{ kind: 'link', text: words.t('runbook'), url: runbook }],
  ]);
}

function troubleLines({ error }: MetricStatus, words: Words): Line[] {
  return error === null ? [] : [[words.t('last-tick-failed', { error: shorten(oneLine(error), ERROR_MAX) })]];
}

/** Gives the buttons of a metric's card. */
export function metricCardButtons(
  { status, range, starred }: Pick<MetricCardFacts, 'status' | 'range' | 'starred'>,
  words: Words,
): Button[][] {
  const of = { metric: status.metric.id };
  const ranges = Object.entries(CARD_RANGES).map(([key, count]): Button => {
    const label = words.t('button-days', { count });
    const shown = key === range ? `• ${label}` : label;
    return { label: shown, press: encodePress({ kind: 'card', of, range: key as keyof typeof CARD_RANGES }) };
  });
  const refresh: Button = {
    label: `${GLYPH.refresh} ${words.t('button-refresh')}`,
    press: encodePress({ kind: 'refresh', ...of }),
  };
  const star = starred === undefined ? [] : [[starButton({ ...of, range }, starred, words)]];
  const rows = [ranges, [whyButton(of, words), howtoButton(of, words), refresh], ...star];
  if (!status.alert) return rows;
  const name = `A-${status.alert.number} ${status.metric.name}`;
  return [[openAlertButton({ ...status.alert, name })], ...rows];
}

/** A press says what shall be, so that two of them do no more than one. */
function starButton(of: { metric: string; range: CardRange }, starred: boolean, words: Words): Button {
  return starred
    ? {
        label: `${GLYPH.starred} ${words.t('button-starred')}`,
        press: encodePress({ kind: 'unstar', ...of }),
      }
    : { label: `${GLYPH.star} ${words.t('button-star')}`, press: encodePress({ kind: 'star', ...of }) };
}
