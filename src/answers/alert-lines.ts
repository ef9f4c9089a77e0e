import { MINUTE } from '../lib/time.ts';
import type { AlertPhase, AlertView } from './alert-view.ts';
import { firstLine } from './first-line.ts';
import { GLYPH, levelGlyph } from './glyphs.ts';
import { instant, joinFacts, sayLine } from './lines.ts';
import { nameText } from './name-text.ts';
import { remarkLines } from './remarks.ts';
import { describeChange, describeCrossing, describePeriod } from './standing.ts';
import type { Line, Span } from './types.ts';
import type { Words } from './words-types.ts';

/** Gives an alert's first line: state, metric name and value in at most 60 characters. */
export function alertFirstLine(view: AlertView, words: Words): Line {
  const { name, unit } = view.metric;
  const value = words.value(view.value, unit);
  const glyph = phaseGlyph(view);
  return firstLine(
    view.phase === 'firing'
      ? { glyph, name, value }
      : { glyph, word: words.t('phase', { phase: view.phase }), name, value },
  );
}

const PHASE_GLYPH: Record<AlertPhase, string | null> = {
  firing: null,
  improving: null,
  recovering: null,
  acked: GLYPH.acked,
  snoozed: GLYPH.snoozed,
  resolved: GLYPH.green,
  withdrawn: GLYPH.withdrawn,
};

/** Gives the sign of an alert's phase; the level's own while nobody has it and it is not over. */
function phaseGlyph(view: AlertView): string {
  return PHASE_GLYPH[view.phase] ?? levelGlyph(view.level);
}

/** Gives the lines under the first one, by phase. */
export function alertLines(view: AlertView, words: Words): Line[] {
  return [...phaseLines(view, words), ...remarkLines(view, words)];
}

function phaseLines(view: AlertView, words: Words): Line[] {
  if (view.phase === 'resolved') return resolvedLines(view, words);
  return view.phase === 'withdrawn' ? withdrawnLines(view, words) : openLines(view, words);
}

function openLines(view: AlertView, words: Words): Line[] {
  return [
    joinFacts([
      crossingText(view, words),
      isBetterForSomebody(view) ? words.t('improving') : null,
      view.change && describeChange(view.change, view.now, words),
    ]),
    joinFacts([
      sinceLine(view, words),
      describePeriod({ text: view.metric.periodText }, words),
      words.t('verified'),
      view.unusual ? words.t('unusual') : null,
      view.flapping ? words.t('flapping') : null,
      view.escalatedSteps > 0 ? words.t('escalated') : null,
    ]),
    joinFacts([
      ownerText(view, words),
      ackLine(view, words),
      snoozeLine(view, words),
      ...references(view, words),
    ]),
  ].filter((line) => line.length > 0);
}

/** The first line says who has it, where nobody has it that it improves. */
function isBetterForSomebody({ phase, improving }: AlertView): boolean {
  return improving && (phase === 'acked' || phase === 'snoozed');
}

/** Gives `below alert 3.4 % for 2 ticks`; null for a metric without that line. */
export function crossingText(view: AlertView, words: Words): string | null {
  if (!view.line) return null;
  const { direction, unit } = view.metric;
  const crossing = describeCrossing({ value: view.value, line: view.line, direction, unit }, words);
  const running = view.phase !== 'recovering' && view.ticks > 0;
  return running ? words.t('for-ticks', { crossing, ticks: view.ticks }) : crossing;
}

function sinceLine(view: AlertView, words: Words): Line {
  const at = instant(view.openedAt, view.now, words);
  const minutes = Math.floor((view.now.getTime() - view.openedAt.getTime()) / MINUTE);
  if (minutes < 1) return sayLine(words, 'since', { at });
  return sayLine(words, 'since-for', { at, span: words.duration(minutes * MINUTE) });
}

function ownerText(view: AlertView, words: Words): string {
  if (view.owner === null) return words.t('unowned');
  const name = nameText(view.owner);
  return view.unowned ? words.t('owner-unlinked', { name }) : words.t('owner', { name });
}

/** Says who has the alert, since when; null when nobody has. */
export function ackLine(view: AlertView, words: Words): Line | null {
  if (!view.ack || view.phase === 'firing') return null;
  const isForgotten = view.ackTimedOut && view.phase === 'acked' && view.level === 'red';
  return sayLine(words, isForgotten ? 'acked-forgotten' : 'acked-by', {
    name: nameText(view.ack.by),
    at: instant(view.ack.at, view.now, words),
  });
}

/** Says who put it off, until when; null when nobody did. */
export function snoozeLine(view: AlertView, words: Words): Line | null {
  if (!view.snooze || view.phase === 'firing' || view.snooze.until <= view.now) return null;
  return sayLine(words, 'snoozed-by', {
    name: nameText(view.snooze.by),
    until: instant(view.snooze.until, view.now, words),
  });
}

/** Gives `A-1042`, as a link where there is a page, and the runbook where the file names one. */
function references(view: AlertView, words: Words): Line[] {
  const number = `A-${view.number}`;
  const runbook = view.metric.runbook;
  const links: Span[] = [view.url === null ? number : { kind: 'link', text: number, url: view.url }];
  if (runbook !== null) links.push({ kind: 'link', text: words.t('runbook'), url: runbook });
  return links.map((link) => [link]);
}

function resolvedLines(view: AlertView, words: Words): Line[] {
  const { openedAt, now, ack } = view;
  const resolved = view.resolved ?? {
    at: now,
    durationMs: now.getTime() - openedAt.getTime(),
    worstValue: view.value,
  };
  const ackedAfter =
    ack &&
    words.t('acked-after', {
      name: nameText(ack.by),
      span: words.duration(Math.max(0, ack.at.getTime() - openedAt.getTime())),
    });
  return [
    [
      words.t('lasted', {
        span: words.duration(resolved.durationMs),
        worst: words.value(resolved.worstValue, view.metric.unit),
      }),
    ],
    joinFacts([[instant(openedAt, now, words), ' → ', instant(resolved.at, now, words)], ackedAfter]),
    joinFacts([ownerText(view, words), ...references(view, words)]),
  ];
}

function withdrawnLines(view: AlertView, words: Words): Line[] {
  const file: Span = { kind: 'code', text: `metrics/${view.metric.id}.yaml` };
  const reason = view.withdrawnReason ?? 'unjudged';
  return [
    [words.t('withdrawn-why', { reason })],
    sayLine(words, 'withdrawn-next', { reason, file }),
    joinFacts([ownerText(view, words), ...references(view, words)]),
  ];
}
