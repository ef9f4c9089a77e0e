import { parseDuration } from '../src/lib/time.ts';
import { writeAge, writeDueDay } from './dates.ts';
import type { Pen } from './sheet.ts';
import type { MetricCardSpec } from './types.ts';

/** The 5-tuple: observation, period, typical, norm, alert; and the target, which is for display only. */
export function listTuple({ tile, points, periodText, typical, target }: MetricCardSpec, pen: Pen): string[] {
  const { words, nowMs } = pen;
  const written = (value: number): string => words.value(value, tile.unit);
  const at = points.at(-1)?.atMs;
  const facts: string[] = [];
  if (tile.value !== null && at !== undefined) {
    const time = words.time(new Date(at), new Date(nowMs));
    facts.push(words.t('picture-observed', { value: written(tile.value), time }));
  }
  facts.push(writePeriod(periodText, pen));
  if (typical) {
    const { mean, deviation } = typical;
    facts.push(words.t('tuple-typical', { mean: written(mean), deviation: written(deviation) }));
  }
  if (tile.norm !== null) facts.push(words.t('tuple-norm', { value: written(tile.norm) }));
  if (tile.alert !== null) facts.push(words.t('tuple-alert', { value: written(tile.alert) }));
  if (target) facts.push(writeTarget(written(target.value), target.due, pen));
  return facts;
}

/** `1h` in the reader's words: every hour. */
function writePeriod(text: string, { words }: Pen): string {
  const period = parseDuration(text);
  return period ? words.t('every', { unit: period.unit, count: period.count }) : text;
}

function writeTarget(value: string, due: string | null, { words, nowMs }: Pen): string {
  if (due === null) return words.t('tuple-target', { value });
  return words.t('tuple-target-due', { value, due: writeDueDay(due, nowMs, words) });
}

/** Who answers for the number, whether it is verified, and how old it is. */
export function listOrigin({ tile, owner, verifiedBy }: MetricCardSpec, { words }: Pen): string[] {
  const facts = [owner === null ? words.t('picture-unowned') : words.t('picture-owner', { name: owner })];
  if (!tile.verified) facts.push(words.t('picture-unverified'));
  else if (verifiedBy === null) facts.push(words.t('picture-verified'));
  else facts.push(words.t('picture-verified-by', { name: verifiedBy }));
  if (tile.ageMs !== null) facts.push(words.t('picture-age', { span: writeAge(tile.ageMs, words) }));
  return facts;
}
