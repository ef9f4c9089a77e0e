import { z } from 'zod';
import {
  answerAlerts,
  answerCockpit,
  answerDocs,
  answerHowToRead,
  answerMetricCard,
  pageOf,
  cockpitSpec,
  type Answer,
} from '../answers/index.ts';
import { listAlerts } from '../alerts/index.ts';
import { NotFoundError } from '../errors.ts';
import { docsUrlOf, loadCardSpec, nameOfPeople, rangeOf, sharedDocsUrlOf } from '../messages/index.ts';
import type { CardRange } from '../pictures/index.ts';
import { findStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { chooseMetric, listViews, loadScope } from './choose.ts';
import { defineCommand, type CommandContext } from './types.ts';

const RANGES = ['1d', '7d', '28d', '90d'] as const;
const ALERTS_MAX = 500;
const PAGES_MAX = 12;

/** The cockpit of a team, a domain, or the whole workspace. Throws NotFoundError `scope_unknown`. */
export async function showCockpit({ deps, words }: CommandContext, scope?: string): Promise<Answer> {
  const statuses = await loadScope(deps, scope);
  if (!statuses) {
    throw new NotFoundError('scope_unknown', `No metric belongs to a team or domain called ${scope}.`, {
      details: { scope: scope ?? '' },
    });
  }
  const { name } = deps.registry.current().workspace;
  const title = scope ? `${name} · ${scope}` : name;
  const now = deps.clock.now();
  const picture = cockpitSpec(statuses, { title, words, theme: 'light', now });
  return answerCockpit({ title, statuses, now, picture }, words);
}

/** One metric's card. Throws NotFoundError `metric_unknown`. */
export async function showCard(
  { deps, words }: CommandContext,
  metric: Metric,
  range?: CardRange,
): Promise<Answer> {
  const status = await findStatus(deps, metric.id);
  if (!status)
    throw new NotFoundError('metric_unknown', `There is no metric ${metric.id}.`, {
      details: { metric: metric.id },
    });
  const shown = range ?? rangeOf(metric);
  const picture = await loadCardSpec(deps, status, { range: shown, words, theme: 'light' });
  const facts = {
    status,
    nameOf: nameOfPeople(deps),
    now: deps.clock.now(),
    range: shown,
    picture,
    url: sharedDocsUrlOf(deps, metric),
  };
  return answerMetricCard(facts, words);
}

/** The open alerts, a page at a time. */
export async function showAlerts({ deps, words }: CommandContext, page: number): Promise<Answer> {
  const open = await listAlerts(deps.db, deps.workspaceId, { limit: ALERTS_MAX });
  const worstFirst = open.toSorted(
    (a, b) => Number(b.level === 'red') - Number(a.level === 'red') || a.number - b.number,
  );
  const alerts = await listViews(deps, pageOf(worstFirst, page), words);
  return answerAlerts({ alerts, total: worstFirst.length, page }, words);
}

/** How a metric is read and made. */
export function showHowToRead({ deps, words }: CommandContext, metric: Metric): Answer {
  return answerHowToRead({ metric, nameOf: nameOfPeople(deps), url: docsUrlOf(deps, metric) }, words);
}

export const cockpit = defineCommand({
  name: 'cockpit',
  role: 'viewer',
  args: z.object({ scope: z.string().optional() }),
  positional: ['scope'],
  run: (context, { scope }) => showCockpit(context, scope),
});

export const metric = defineCommand({
  name: 'metric',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  async run(context, args) {
    const { query, range } = splitRange(args.metric);
    const chosen = chooseMetric(context, query);
    return chosen.kind === 'ask' ? chosen.answer : showCard(context, chosen.value, range);
  },
});

/** `/metric cr 90d`: a range may end the line. */
function splitRange(text: string | undefined): { query: string | undefined; range: CardRange | undefined } {
  const words = (text ?? '').split(' ');
  const range = RANGES.find((known) => known === words.at(-1)?.toLowerCase());
  const query = (range ? words.slice(0, -1) : words).join(' ').trim();
  return { query: query === '' ? undefined : query, range };
}

export const alerts = defineCommand({
  name: 'alerts',
  role: 'viewer',
  args: z.object({
    page: z
      .string()
      .regex(/^\d{1,3}$/, 'give a page such as 2')
      .optional(),
  }),
  positional: ['page'],
  run: (context, { page = '1' }) => showAlerts(context, Math.max(0, Number(page) - 1)),
});

export const docs = defineCommand({
  name: 'docs',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  async run(context, args) {
    const { deps, words } = context;
    if (args.metric) {
      const chosen = chooseMetric(context, args.metric);
      return chosen.kind === 'ask' ? chosen.answer : showHowToRead(context, chosen.value);
    }
    const { workspace, pages } = deps.registry.current();
    const links = [...pages].slice(0, PAGES_MAX).map(([slug, page]) => ({
      title: page.title,
      url: `${deps.publicUrl()}/docs/${slug}`,
    }));
    return answerDocs([{ title: workspace.name, url: await docsHome(context) }, ...links], words);
  },
});

/** The docs site's address; where pages are closed, in a private chat, one that also signs the person in. */
async function docsHome({ deps, caller, place }: CommandContext): Promise<string> {
  const isPrivate = place?.channel === 'telegram' && place.chat === String(caller.person?.telegramId);
  if (caller.person && isPrivate && deps.config.apiTokens.length > 0)
    return deps.loginUrl(caller.person, '/docs');
  return `${deps.publicUrl()}/docs`;
}
