import { isShareToken, type Answer } from '../../answers/index.ts';
import { answerText, START_PREFIX } from '../../commands/index.ts';
import type { Registry } from '../../registry/index.ts';
import { findShared } from '../../watchlists/index.ts';
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
      const card =
        command === undefined || (await isGone(deps, command)) ? null : await makeCard(context, command);
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
 * team, a domain or a shared watchlist as well, breakdowns, the open alerts. Pure.
 */
export function findLinkedCommand(
  url: string,
  { base, registry }: { base: string; registry: Known },
): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const linked = new URL(url);
  if (linked.origin !== new URL(base).origin) return undefined;
  const metric = findLinkedMetric(linked, registry);
  if (metric !== undefined) return `/metric ${metric}`;
  const { pathname, searchParams } = linked;
  if (pathname === '/alerts' && searchParams.size === 0) return '/alerts all';
  if (pathname === '/cockpit') return findLinkedCockpit([...searchParams], registry);
  return findLinkedAudit(linked, registry);
}

/** What links can name. */
type Known = Pick<Registry, 'metrics' | 'cuts'>;

function findLinkedMetric({ pathname, hash }: URL, { metrics }: Known): string | undefined {
  const [, page] = /^\/docs\/metrics\/[a-z][a-z0-9_]*$/.test(pathname) ? (/^#(\w+)$/.exec(hash) ?? []) : [];
  const [, picture] = /^\/metric\/(\w+)\.png$/.exec(pathname) ?? [];
  const id = page ?? picture;
  return id !== undefined && metrics.has(id) ? id : undefined;
}

function findLinkedCockpit(
  query: readonly (readonly [string, string])[],
  { metrics }: Known,
): string | undefined {
  const [first, ...rest] = query;
  if (first === undefined) return '/cockpit all';
  const [by, name] = first;
  if (by === 'watchlist') return rest.length === 0 && isShareToken(name) ? OPEN_LIST + name : undefined;
  const names = [...metrics.values()].flatMap(({ teams, domain }) => (by === 'team' ? teams : [domain]));
  const isKnown = (by === 'team' || by === 'domain') && names.includes(name) && rest.length === 0;
  return isKnown ? `/cockpit ${by}:${name}` : undefined;
}

/** What opens a watchlist by its link. */
const OPEN_LIST = `/start ${START_PREFIX}`;

/** A link that opens no list any more, or never did, shows nothing. */
async function isGone(deps: DialogueOptions['deps'], command: string): Promise<boolean> {
  return command.startsWith(OPEN_LIST) && !(await findShared(deps, command.slice(OPEN_LIST.length)));
}

/** A page of breakdowns, or one of them. */
function findLinkedAudit({ pathname, hash }: URL, { cuts }: Known): string | undefined {
  const [, page] = /^\/audit\/(\w+)$/.exec(pathname) ?? [];
  const ofPage = [...cuts.values()].filter((cut) => cut.page === page);
  const one = ofPage.find(({ id }) => `#${id}` === hash);
  if (one) return `/audit ${one.id}`;
  return ofPage.length > 0 ? `/audit ${page}` : undefined;
}

/** The answer as the command gives it, without its picture and buttons: it stands in somebody else's message. */
async function makeCard(context: Context, text: string): Promise<Answer | null> {
  let card: Answer | null = null;
  const request = { ...context, text, botName: '', isPrivate: false, isUnasked: true };
  for await (const answer of answerText(request)) card = answer;
  return card && { lines: card.lines };
}
