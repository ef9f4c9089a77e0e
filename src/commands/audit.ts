import { z } from 'zod';
import { answerAudit, answerNoAudit, findNamed } from '../answers/index.ts';
import type { Cut, Registry } from '../registry/index.ts';
import { defineCommand } from './types.ts';

/** What breakdowns may be asked for by: their page, a metric that they explain, or one of themselves. */
type Subject = { title: string; names: readonly string[]; cuts: readonly Cut[] };

export const audit = defineCommand({
  name: 'audit',
  role: 'viewer',
  args: z.object({ of: z.string().optional() }),
  positional: ['of'],
  reads: () => true,
  async run({ deps, words }, { of = '' }) {
    const registry = deps.registry.current();
    const all = [...registry.cuts.values()];
    const subject = of === '' || all.length === 0 ? { title: null, cuts: all } : findSubject(of, registry);
    if (!subject) return answerNoAudit({ query: of }, words);
    const cuts = subject.cuts.map((cut) => ({
      title: cut.title,
      url: `${deps.publicUrl()}/audit/${cut.page}#${cut.id}`,
      metrics: cut.feeds.flatMap(({ metric }) => registry.metrics.get(metric)?.name ?? []),
    }));
    return answerAudit({ of: subject.title, cuts }, words);
  },
});

/** Pages come before metrics, and these before breakdowns: a page of that name says most. */
function findSubject(query: string, { cuts, metrics }: Registry): Subject | undefined {
  const all = [...cuts.values()];
  const pages = [...Map.groupBy(all, ({ page }) => page)].map(([page, of]): Subject => {
    return { title: page.replaceAll('_', ' '), names: [page], cuts: of };
  });
  const explained = [...metrics.values()].flatMap((metric): Subject[] => {
    const of = all.filter(({ feeds }) => feeds.some((feed) => feed.metric === metric.id));
    const names = [metric.id, metric.name, ...metric.synonyms];
    return of.length === 0 ? [] : [{ title: metric.name, names, cuts: of }];
  });
  const single = all.map((cut): Subject => ({ title: cut.title, names: [cut.id, cut.title], cuts: [cut] }));
  for (const subjects of [pages, explained, single]) {
    const found = findNamed(query, subjects, ({ names }) => names);
    if (found.kind === 'one') return found.value;
  }
  return undefined;
}
