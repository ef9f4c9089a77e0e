import { NotFoundError } from '../../errors.ts';

/** What the API throws of a metric that is not there. */
export function unknownMetric(metric: string): NotFoundError {
  return new NotFoundError(
    'metric_unknown',
    `There is no metric ${metric}. GET /api/metrics lists those that exist.`,
    { details: { metric } },
  );
}
