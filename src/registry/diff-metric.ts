import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { unifiedDiff } from '../lib/unified-diff.ts';
import { editMetric, type MetricEdit } from './edit-metric.ts';
import type { Metric, Registry } from './types.ts';

/**
 * Gives the unified diff of a metric's file with other lines and ticks; empty when it says so already. Nothing is written.
 * Throws InputError `metric_not_editable`.
 */
export async function diffMetric(
  { dir }: Pick<Registry, 'dir'>,
  { file }: Pick<Metric, 'file'>,
  edit: MetricEdit,
): Promise<string> {
  try {
    const text = await readFile(join(dir, file), 'utf8');
    return unifiedDiff(text, editMetric(text, edit), file);
  } catch (error) {
    throw new InputError(
      'metric_not_editable',
      `${file} cannot be changed by a program: it is not readable, or has no direction to write the lines behind. Change it by hand.`,
      { details: { file }, cause: error },
    );
  }
}
