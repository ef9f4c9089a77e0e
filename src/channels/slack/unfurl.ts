import type { Answer } from '../../answers/index.ts';
import { answerText } from '../../commands/index.ts';
import type { Registry } from '../../registry/index.ts';
import { contextOf, type Context, type DialogueOptions } from './context.ts';
import type { Inbound } from './inbound.ts';
import { renderAnswer } from './render.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** One message shows no more cards. */
const LINKS_MAX = 5;

/** Shows a metric's card under links to Heartbeat's own pages, when a member of the workspace posts them. Never throws. */
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
      const metric = findLinkedMetric(url, { base: deps.publicUrl(), registry: deps.registry.current() });
      const card = metric === undefined ? null : await makeCard(context, metric);
      if (card) unfurls[url] = { blocks: renderAnswer(card, { words: context.words }).blocks };
    }
    if (Object.keys(unfurls).length === 0) return;
    await channel.client.call('chat.unfurl', { channel: actor.channel, ts, unfurls });
  } catch (error) {
    deps.log.warn({ err: error, reason: describeTrouble(toTrouble(error)) }, 'a link could not be unfurled');
  }
}

/** Gives the metric that an address of our own names: its section of the docs, or its picture. Pure. */
export function findLinkedMetric(
  url: string,
  { base, registry }: { base: string; registry: Pick<Registry, 'metrics'> },
): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname, hash } = new URL(url);
  if (origin !== new URL(base).origin) return undefined;
  const [, page] = /^\/docs\/metrics\/[a-z][a-z0-9_]*$/.test(pathname) ? (/^#(\w+)$/.exec(hash) ?? []) : [];
  const [, picture] = /^\/metric\/(\w+)\.png$/.exec(pathname) ?? [];
  const id = page ?? picture;
  return id !== undefined && registry.metrics.has(id) ? id : undefined;
}

/** The card as the command gives it, without its picture and buttons: it stands in somebody else's message. */
async function makeCard(context: Context, metric: string): Promise<Answer | null> {
  let card: Answer | null = null;
  const text = `/metric ${metric}`;
  const request = { ...context, text, botName: '', isPrivate: false, isUnasked: true };
  for await (const answer of answerText(request)) card = answer;
  return card && { lines: card.lines };
}
