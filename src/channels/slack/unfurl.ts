import type { Answer } from '../../answers/index.ts';
import { answerText } from '../../commands/index.ts';
import type { Registry } from '../../registry/index.ts';
import { contextOf, type Context, type DialogueOptions } from './context.ts';
import type { Inbound } from './inbound.ts';
import { renderAnswer } from './render.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** One message shows no more cards. */
const LINKS_MAX = 5;

/** Shows a card under links to Heartbeat's own pages, when a member of the workspace posts them. Never throws. */
export async function unfurlLinks(
  options: DialogueOptions,
  { actor, ts, urls }: Extract<Inbound, { kind: 'links' }>,
): Promise<void> {
  const { deps, channel } = options;
  try {
    const context = await contextOf(options, actor);
    if (!context.caller.person) return;
    const unfurls: Record<string, unknown> = {};
    for (const url of urls.slice(0, LINKS_MAX)) {
      const command = findLinkedCommand(url, { base: deps.publicUrl(), registry: deps.registry.current() });
      const card = command === undefined ? null : await makeCard(context, command);
      if (card) unfurls[url] = { blocks: renderAnswer(card, { words: context.words }).blocks };
    }
    if (Object.keys(unfurls).length === 0) return;
    await channel.client.call('chat.unfurl', { channel: actor.channel, ts, unfurls });
  } catch (error) {
    deps.log.warn({ err: error, reason: describeTrouble(toTrouble(error)) }, 'a link could not be unfurled');
  }
}

/**
 * Gives the command that shows what an address of our own names: a metric's section of the docs or its picture, the cockpit, of a
 * team or a domain as well, the open alerts. Pure.
 */
export function findLinkedCommand(
  url: string,
  { base, registry }: { base: string; registry: Pick<Registry, 'metrics'> },
): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const linked = new URL(url);
  if (linked.origin !== new URL(base).origin) return undefined;
  const metric = findLinkedMetric(linked, registry);
  if (metric !== undefined) return `/metric ${metric}`;
  const { pathname, searchParams } = linked;
  if (pathname === '/alerts' && searchParams.size === 0) return '/alerts all';
  return pathname === '/cockpit' ? findLinkedCockpit([...searchParams], registry) : undefined;
}

type Metrics = Pick<Registry, 'metrics'>;

function findLinkedMetric({ pathname, hash }: URL, { metrics }: Metrics): string | undefined {
  const [, page] = /^\/docs\/metrics\/[a-z][a-z0-9_]*$/.test(pathname) ? (/^#(\w+)$/.exec(hash) ?? []) : [];
  const [, picture] = /^\/metric\/(\w+)\.png$/.exec(pathname) ?? [];
  const id = page ?? picture;
  return id !== undefined && metrics.has(id) ? id : undefined;
}

function findLinkedCockpit(
  query: readonly (readonly [string, string])[],
  { metrics }: Metrics,
): string | undefined {
  const [first, ...rest] = query;
  if (first === undefined) return '/cockpit all';
  const [by, name] = first;
  const names = [...metrics.values()].flatMap(({ teams, domain }) => (by === 'team' ? teams : [domain]));
  const isKnown = (by === 'team' || by === 'domain') && names.includes(name) && rest.length === 0;
  return isKnown ? `/cockpit ${by}:${name}` : undefined;
}

/** The answer as the command gives it, without its picture and buttons: it stands in somebody else's message. */
async function makeCard(context: Context, text: string): Promise<Answer | null> {
  let card: Answer | null = null;
  const request = { ...context, text, botName: '', isPrivate: false, isUnasked: true };
  for await (const answer of answerText(request)) card = answer;
  return card && { lines: card.lines };
}
