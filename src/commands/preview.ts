import { z } from 'zod';
import type { Trial } from '../alerts/index.ts';
import {
  answerPreview,
  answerPreviewChange,
  findMetric,
  parsePreview,
  previewSpec,
  type Answer,
  type PreviewText,
} from '../answers/index.ts';
import { loadPreview } from '../pulse/index.ts';
import { diffMetric, type Metric } from '../registry/index.ts';
import { chooseMetric, type Chosen } from './choose.ts';
import { defineCommand, type CommandContext } from './types.ts';

/** What a metric's lines, or others, would have raised. Throws InputError `preview_…`. */
async function showPreview(
  { deps, words }: CommandContext,
  metric: Metric,
  { trial, days }: Pick<PreviewText, 'trial' | 'days'>,
): Promise<Answer> {
  const preview = await loadPreview(deps, { metric, trial, days });
  const picture = previewSpec(preview, { words, theme: 'light', now: deps.clock.now() });
  return answerPreview({ ...preview, picture }, words);
}

/** What a trial changes in the metric's file; nothing is written. Throws InputError `metric_not_editable`. */
export async function showPreviewChange(
  { deps, words }: CommandContext,
  metric: Metric,
  trial: Trial,
): Promise<Answer> {
  const diff = await diffMetric(deps.registry.current(), metric, trial);
  return answerPreviewChange({ metric, trial, diff }, words);
}

export const preview = defineCommand({
  name: 'preview',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  reads: () => true,
  async run(context, args) {
    const asked = parsePreview(args.metric ?? '');
    const { chosen, request } = choose(context, asked);
    return chosen.kind === 'ask' ? chosen.answer : showPreview(context, chosen.value, request);
  },
});

type Choice = { chosen: Chosen<Metric>; request: Pick<PreviewText, 'trial' | 'days'> };

/** Some names end in a number: what is no metric without it may be one with it. */
function choose(context: CommandContext, asked: PreviewText): Choice {
  const chosen = chooseMetric(context, asked.query || undefined);
  if (chosen.kind === 'one' || asked.whole === asked.query) return { chosen, request: asked };
  const found = findMetric(asked.whole, context.deps.registry.current().metrics.values());
  if (found.kind !== 'one') return { chosen, request: asked };
  return { chosen: { kind: 'one', value: found.metric }, request: { ...asked, trial: asked.named } };
}
