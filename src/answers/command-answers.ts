import type { Metric } from '../registry/index.ts';
import type { AlertView } from './alert-view.ts';
import { alertButtons } from './alert-buttons.ts';
import { firstLine } from './first-line.ts';
import { GLYPH } from './glyphs.ts';
import { instant, sayLine } from './lines.ts';
import { encodePress } from './press.ts';
import { oneLine, shorten } from './shorten.ts';
import type { Answer, Button } from './types.ts';
import type { Words } from './words-types.ts';

const TYPED_MAX = 30;
const LABEL_MAX = 40;
const NEAREST_MAX = 3;

/** Gives the answer to a word that is no command, with the nearest one that is. */
export function answerUnknownCommand(facts: { typed: string; nearest: string | null }, words: Words): Answer {
  const typed = shorten(oneLine(facts.typed), TYPED_MAX);
  const lines = [[words.t('unknown-command', { typed })]];
  if (facts.nearest !== null) lines.push([words.t('did-you-mean-command', { nearest: facts.nearest })]);
  lines.push([words.t('see-help')]);
  return { lines };
}

/** Gives the answer to a command that is planned and not there. */
export function answerPlanned(facts: { typed: string }, words: Words): Answer {
  return {
    lines: [[words.t('planned-command', { typed: facts.typed })], [words.t('planned-command-next')]],
  };
}

/** Gives up to three metrics as buttons when a name is misspelt or means several; `kind` is that of `findMetric`. */
export function answerDidYouMean(
  facts: { query: string; kind: 'none' | 'several'; nearest: readonly Metric[] },
  words: Words,
): Answer {
  const query = shorten(oneLine(facts.query), TYPED_MAX);
  const { kind, nearest } = facts;
  if (nearest.length === 0) return { lines: [[words.t('no-metrics-yet')]] };
  const question = query === '' ? words.t('which-metric') : words.t('no-such-metric', { query, kind });
  const buttons = nearest.slice(0, NEAREST_MAX).map((metric): Button[] => [
    {
      label: shorten(oneLine(metric.name), LABEL_MAX),
      press: encodePress({ kind: 'metric', metric: metric.id }),
    },
  ]);
  return { lines: [[question]], buttons };
}

/** How far a refresh is. One message is edited through these. */
export type RefreshPhase =
  | { kind: 'running' }
  /** somebody asked before: both get the same answer */
  | { kind: 'joined' }
  | { kind: 'done'; value: number; before: number | null; tookMs: number }
  | { kind: 'no_data'; tookMs: number }
  | { kind: 'failed'; reason: string };

/** Gives what a refresh is doing, or what it gave. */
export function answerRefresh(facts: { metric: Metric; phase: RefreshPhase }, words: Words): Answer {
  const { metric, phase } = facts;
  const of = { metric: metric.id };
  const over = phase.kind !== 'running' && phase.kind !== 'joined';
  const value = phase.kind === 'done' ? words.value(phase.value, metric.unit) : null;
  return {
    lines: [
      firstLine({ glyph: GLYPH.refresh, name: metric.name, value }),
      [refreshText(metric, phase, words)],
    ],
    ...(over && {
      buttons: [[{ label: words.t('button-card'), press: encodePress({ kind: 'metric', ...of }) }]],
    }),
  };
}

function refreshText(metric: Metric, phase: RefreshPhase, words: Words): string {
  switch (phase.kind) {
    case 'running':
      return words.t('refresh-running');
    case 'joined':
      return words.t('refresh-joined');
    case 'done': {
      const took = words.duration(phase.tookMs);
      if (phase.before === null) return words.t('refresh-first', { took });
      if (phase.before === phase.value) return words.t('refresh-same', { took });
      return words.t('refresh-done', { took, before: words.value(phase.before, metric.unit) });
    }
    case 'no_data':
      return words.t('refresh-no-data', { took: words.duration(phase.tookMs) });
    case 'failed':
      return words.t('refresh-failed', { reason: shorten(oneLine(phase.reason), 300) });
  }
}

/** Gives links to pages of the docs site. */
export function answerDocs(links: readonly { title: string; url: string }[], words: Words): Answer {
  return {
    lines: [
      [`${GLYPH.howto} ${words.t('docs-title')}`],
      ...links.map(({ title, url }) => [{ kind: 'link' as const, text: shorten(oneLine(title), 60), url }]),
    ],
  };
}

/** Gives what an ack, un-ack or snooze by a command did, with the alert's buttons as they are now. */
export function answerDone(
  facts: { view: AlertView; done: 'acked' | 'unacked' | 'snoozed' },
  words: Words,
): Answer {
  const { view, done } = facts;
  const glyph = { acked: GLYPH.acked, unacked: GLYPH.unack, snoozed: GLYPH.snoozed }[done];
  const head = firstLine({
    glyph,
    word: words.t('done', { done }),
    name: view.metric.name,
    value: `· A-${view.number}`,
  });
  const until = view.snooze && instant(view.snooze.until, view.now, words);
  const next =
    done === 'snoozed' && until
      ? sayLine(words, 'snoozed-until', { until })
      : [words.t('done-next', { done })];
  return { lines: [head, next], buttons: alertButtons(view, words) };
}

/** Gives the answer to /cancel: whether a question was open. */
export function answerCancel(wasOpen: boolean, words: Words): Answer {
  return { lines: [[words.t(wasOpen ? 'cancelled' : 'nothing-to-cancel')]] };
}
