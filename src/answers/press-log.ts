import type { LogShow } from './parse-log.ts';
import { isMetric, readCount, readScope, scopeField } from './press-fields.ts';
import { shortMetric } from './pressed-metric.ts';
import type { Scope } from './scopes.ts';

/** Which deliveries a log shows: of one metric, one alert or a scope; without any, of what the place shows by itself. */
export type LogScope =
  | { show: LogShow }
  | { show: LogShow; metric: string }
  | { show: LogShow; alert: number }
  | { show: LogShow; scope: Scope };

/** Which page of the log: `before` is the sequence it begins below; null for the newest. */
export type LogPage = { of: LogScope; before: string | null };

const SHOWN = { all: 'n', today: 't', failed: 'f', failed_today: 'b' } as const satisfies Record<
  LogShow,
  string
>;
const SHOWS = ['all', 'today', 'failed', 'failed_today'] as const;

/** Gives a page's fields after the code: what it is about, where it begins, and what narrows it further. */
export function logFields({ of, before }: LogPage): (string | number)[] {
  // sequences are written in base 36, so that they fit beside a long slug
  const position = before === null ? '' : BigInt(before).toString(36);
  const about = aboutField(of);
  if (about === undefined) return [SHOWN[of.show], position];
  return of.show === 'all' ? [about, position] : [about, position, SHOWN[of.show]];
}

function aboutField(of: LogScope): string | number | undefined {
  if ('scope' in of) return scopeField(of.scope);
  if ('metric' in of) return shortMetric(of.metric);
  return 'alert' in of ? of.alert : undefined;
}

/** Reads the fields after the code; undefined for what is none of ours. */
export function readLogPage([field, position = '', narrowed]: readonly string[]): LogPage | undefined {
  const of = readLogScope(field, narrowed);
  const before = position === '' ? null : readPosition(position);
  return of && before !== undefined ? { of, before } : undefined;
}

/** A slug has two letters at least, so that one letter is none. */
function readLogScope(field: string | undefined, narrowed: string | undefined): LogScope | undefined {
  const alone = readShow(field);
  if (alone) return { show: alone };
  const show = narrowed === undefined ? 'all' : readShow(narrowed);
  if (show === undefined) return undefined;
  const scope = readScope(field);
  if (scope) return { show, scope };
  if (isMetric(field)) return { show, metric: field };
  const alert = readCount(field);
  return alert === undefined ? undefined : { show, alert };
}

function readShow(field: string | undefined): LogShow | undefined {
  return SHOWS.find((known) => SHOWN[known] === field);
}

function readPosition(text: string): string | undefined {
  if (!/^[0-9a-z]{1,10}$/.test(text)) return undefined;
  return String(Number.parseInt(text, 36));
}
