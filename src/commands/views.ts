import { z } from 'zod';
import {
  answerAlerts,
  answerDocs,
  answerHowToRead,
  answerMetricCard,
  ALERTS_PAGE,
  parseScope,
  type Answer,
  type Scope,
} from '../answers/index.ts';
import { pageOpenAlerts } from '../alerts/index.ts';
import { docsUrlOf, loadCardSpec, nameOfPeople, rangeOf, sharedDocsUrlOf } from '../messages/index.ts';
import type { CardRange } from '../pictures/index.ts';
import { findStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { chooseMetric, listViews } from './choose.ts';
import { showCockpit } from './cockpits.ts';
import { chooseScope, roomView } from './scopes.ts';
import { findStar } from './star.ts';
import { defineCommand, type CommandContext } from './types.ts';
import { unknownMetric } from './unknown.ts';

const RANGES = ['1d', '7d', '28d', '90d'] as const;
const PAGES_MAX = 12;

/** One metric's card. Throws NotFoundError `metric_unknown`. */
export async function showCard(context: CommandContext, metric: Metric, range?: CardRange): Promise<Answer> {
  const { deps, words } = context;
  const status = await findStatus(deps, metric.id);
  if (!status) throw unknownMetric(metric.id);
  const shown = range ?? rangeOf(metric);
  const [picture, starred] = await Promise.all([
    loadCardSpec(deps, status, { range: shown, words, theme: 'light' }),
    findStar(context, metric.id),
  ]);
  const facts = {
    status,
    nameOf: nameOfPeople(deps),
    now: deps.clock.now(),
    range: shown,
    picture,
    url: sharedDocsUrlOf(deps, metric),
    ...(starred !== undefined && { starred }),
  };
  return answerMetricCard(facts, words);
}

/** The open alerts, or those of a team, a domain, a tag, the caller or what the room is for, a page at a time. */
export async function showAlerts(
  context: CommandContext,
  { page, scope }: { page: number; scope?: Scope | undefined },
): Promise<Answer> {
  const { deps, words } = context;
  const chosen = scope && (await chooseScope(context, scope, 'alerts'));
  if (chosen?.kind === 'ask') return chosen.answer;
  const room = scope === undefined ? roomView(context) : null;
  const view = room ?? (chosen?.value.label == null ? undefined : chosen.value);
  const open = await pageOpenAlerts(deps.db, deps.workspaceId, {
    page,
    size: ALERTS_PAGE,
    metricIds: view?.metricIds,
  });
  const alerts = await listViews(deps, open.alerts, words);
  const of = room
    ? { room: room.label ?? '' }
    : chosen && { scope: chosen.value.scope, name: chosen.value.label };
  return answerAlerts({ alerts, total: open.total, page, ...(of && { of }) }, words);
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
  reads: () => true,
  run: (context, { scope }) => showCockpit(context, parseScope(scope ?? '')),
});

export const metric = defineCommand({
  name: 'metric',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  reads: () => true,
  async run(context, args) {
    const { query, range } = splitRange(args.metric);
    const chosen = chooseMetric(context, query);
    return chosen.kind === 'ask' ? chosen.answer : showCard(context, chosen.value, range);
  },
});

/** `/metric cr 90d`: a range may end the line. */
export function splitRange(text: string | undefined): {
  query: string | undefined;
  range: CardRange | undefined;
} {
  const words = (text ?? '').split(' ');
  const range = RANGES.find((known) => known === words.at(-1)?.toLowerCase());
  const query = (range ? words.slice(0, -1) : words).join(' ').trim();
  return { query: query === '' ? undefined : query, range };
}

export const alerts = defineCommand({
  name: 'alerts',
  role: 'viewer',
  args: z.object({ of: z.string().optional() }),
  positional: ['of'],
  reads: () => true,
  run(context, { of = '' }) {
    const { scope, page } = splitPage(of);
    return showAlerts(context, { scope: parseScope(scope), page: Math.max(0, page - 1) });
  },
});

/** `/alerts 2`, `/alerts growth`, `/alerts growth 2`: a page may end the line. */
function splitPage(text: string): { scope: string; page: number } {
  const [, scope = '', page = '1'] = /^(.*?)(?:(?:^|\s)(\d{1,3}))?$/u.exec(text.trim()) ?? [];
  return { scope, page: Number(page) };
}

export const docs = defineCommand({
  name: 'docs',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  reads: () => true,
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
  const isPrivate =
    (place?.channel === 'telegram' && place.chat === String(caller.person?.telegramId)) ||
    (place?.channel === 'slack' && place.conversation === caller.person?.slackId);
  if (caller.person && isPrivate && deps.config.apiTokens.length > 0)
    return deps.loginUrl(caller.person, '/docs');
  return `${deps.publicUrl()}/docs`;
}
