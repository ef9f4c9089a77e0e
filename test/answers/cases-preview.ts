import type { Suggestion } from '../../src/alerts/index.ts';
import {
  answerPreview,
  answerPreviewChange,
  previewSpec,
  type Answer,
  type Words,
} from '../../src/answers/index.ts';
import { unifiedDiff } from '../../src/lib/unified-diff.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import type { Preview } from '../../src/pulse/index.ts';
import { metric, NOW } from './facts.ts';

const POLICY: Preview['tried'] = {
  direction: 'up',
  norm: 4,
  alert: 3.4,
  bandNorm: null,
  bandAlert: null,
  enter: 2,
  leave: 2,
  ackTimeoutMs: 4 * HOUR,
  escalateAfterMs: 15 * MINUTE,
  escalationSteps: 2,
};

const STATS: Preview['stats'] = {
  fired: 4,
  redPushes: 3,
  amberPosts: 2,
  flaps: 1,
  totalMs: 4 * HOUR,
  medianMs: 15 * MINUTE,
  longestMs: 3 * HOUR,
  short: 3,
  shortMs: 20 * MINUTE,
  open: 0,
};

const ENTER_TWO: Suggestion = {
  kind: 'ticks',
  of: 'alerts',
  trial: { enter: 2 },
  drops: 9,
  noise: 11,
  known: 'marked',
  real: 3,
  laterTicks: 1,
  longerTicks: 0,
};

/** Thirty days of hours, with three alerts. */
export function preview(over: Partial<Preview> = {}): Preview {
  const fromMs = NOW.getTime() - 30 * DAY;
  const at = (days: number): number => fromMs + days * DAY;
  return {
    metric: metric(),
    fromMs,
    toMs: NOW.getTime(),
    readings: 720,
    needed: null,
    trial: {},
    tried: POLICY,
    present: POLICY,
    stats: STATS,
    episodes: [
      { fromMs: at(3), toMs: at(3.5), level: 'amber', worstValue: 3.6, redMs: null },
      { fromMs: at(12), toMs: at(13), level: 'red', worstValue: 2.9, redMs: at(12.25) },
      { fromMs: at(25), toMs: at(25.1), level: 'red', worstValue: 3.2, redMs: at(25) },
    ],
    level: 'green',
    before: null,
    marked: { real: 0, noise: 0 },
    suggestions: [],
    proposed: null,
    points: [
      { atMs: fromMs, value: 4.4 },
      { atMs: NOW.getTime(), value: 4.6 },
    ],
    ...over,
  };
}

type Case = (words: Words) => Answer;

const said =
  (over: Partial<Preview>): Case =>
  (words) =>
    answerPreview({ ...preview(over), picture: null }, words);

const DOWN = metric({ norm: null, alert: null, unit: { kind: 'currency', code: 'EUR' }, direction: 'down' });

const FILE = 'direction: up\nnorm_value: 4.0  # agreed in May\nhysteresis: {enter: 1, leave: 2}\n';

export const PREVIEW_CASES: Record<string, Case> = {
  preview: (words) => {
    const facts = preview({ marked: { real: 1, noise: 2 } });
    return answerPreview(
      { ...facts, picture: previewSpec(facts, { words, theme: 'light', now: NOW }) },
      words,
    );
  },
  'preview-tried': said({
    trial: { alert: 3.2, enter: 1, bandNorm: 4.2, bandAlert: null },
    tried: { ...POLICY, alert: 3.2, enter: 1, bandNorm: 4.2 },
    stats: { ...STATS, fired: 21, redPushes: 20, amberPosts: 1, flaps: 0, short: 0, open: 1 },
    before: { ...STATS, fired: 1, flaps: 2, short: 1 },
  }),
  'preview-suggestions': said({
    suggestions: [
      ENTER_TWO,
      {
        ...ENTER_TWO,
        kind: 'band',
        trial: { bandNorm: 4.2, bandAlert: 3.6 },
        known: 'both',
        laterTicks: 0,
        longerTicks: 3,
      },
      { ...ENTER_TWO, kind: 'line', of: 'pushes', trial: { alert: 3.1 }, known: 'short', laterTicks: 0 },
    ],
  }),
  'preview-prices': said({
    suggestions: [
      { ...ENTER_TWO, trial: { enter: 4, leave: 3 }, laterTicks: 3, longerTicks: 1 },
      { ...ENTER_TWO, trial: { leave: 5 }, laterTicks: 0, longerTicks: 1 },
      { ...ENTER_TWO, trial: { norm: 3.7 }, real: 0, laterTicks: 0 },
    ],
  }),
  'preview-quiet': said({
    toMs: NOW.getTime(),
    fromMs: NOW.getTime() - 365 * DAY,
    stats: {
      ...STATS,
      fired: 0,
      redPushes: 0,
      amberPosts: 0,
      flaps: 0,
      short: 0,
      totalMs: 0,
      medianMs: null,
      longestMs: null,
    },
  }),
  'preview-once': said({
    fromMs: NOW.getTime() - 5 * HOUR,
    readings: 5,
    needed: 30,
    stats: { ...STATS, fired: 1, redPushes: 1, amberPosts: 0, flaps: 0, short: 1, totalMs: 9 * MINUTE },
  }),
  'preview-no-readings': said({
    fromMs: null,
    readings: 0,
    needed: 30,
    level: null,
    points: [],
    stats: { ...STATS, fired: 0, flaps: 0, short: 0, medianMs: null, longestMs: null },
  }),
  'preview-no-lines': said({
    metric: DOWN,
    tried: { ...POLICY, norm: null, alert: null },
    stats: { ...STATS, fired: 0, flaps: 0, short: 0, medianMs: null, longestMs: null },
    proposed: { norm: 48_200, alert: 52_100 },
  }),
  'preview-never-varied': said({
    metric: DOWN,
    tried: { ...POLICY, norm: null, alert: null },
    stats: { ...STATS, fired: 0, flaps: 0, short: 0, medianMs: null, longestMs: null },
  }),
  'preview-change': (words) => {
    const after = FILE.replace('enter: 1', 'enter: 2').replace('4.0', '3.8');
    const diff = unifiedDiff(FILE, after, 'metrics/checkout_conversion.yaml');
    return answerPreviewChange({ metric: metric(), trial: { enter: 2, norm: 3.8 }, diff }, words);
  },
  'preview-change-none': (words) =>
    answerPreviewChange({ metric: metric(), trial: { enter: 2 }, diff: '' }, words),
};
