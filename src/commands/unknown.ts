import { NotFoundError } from '../errors.ts';

/** What a command throws of a metric that is not there, or not any more. */
export function unknownMetric(metric: string): NotFoundError {
  return new NotFoundError('metric_unknown', `There is no metric ${metric}.`, { details: { metric } });
}

/** What a command throws of an alert that never was. */
export function unknownAlert(number: number): NotFoundError {
  const alert = `A-${number}`;
  return new NotFoundError('alert_unknown', `There is no alert ${alert}.`, { details: { alert } });
}
