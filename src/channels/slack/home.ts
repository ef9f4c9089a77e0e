import { pageOpenAlerts } from '../../alerts/index.ts';
import type { AlertView, Answer } from '../../answers/index.ts';
import { answerText, type CommandDeps } from '../../commands/index.ts';
import { toView } from '../../messages/index.ts';
import type { Person } from '../../registry/index.ts';
import { context as smallLine, type Block } from './blocks.ts';
import { contextOf, type Context, type DialogueOptions } from './context.ts';
import { renderHome, RUN, type HomeFacts, type HomeView } from './home-view.ts';
import type { Actor } from './inbound.ts';
import { notificationOf, renderAnswer } from './render.ts';
import { draw } from './say.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** A tab shows no more; the command lists all. */
const ALERTS_SHOWN = 15;
const SETTINGS = ['/lang', '/tz', '/quiet'];

/** Draws the Home tab of a person anew. `said`: what the last press there came to. Never throws. */
export async function showHome(
  options: DialogueOptions,
  actor: Actor,
  said: string | null = null,
): Promise<void> {
  try {
    const view = await makeHome(options, await contextOf(options, actor), said);
    await options.channel.client.call('views.publish', { user_id: actor.userId, view });
  } catch (error) {
    options.deps.log.warn(
      { err: error, reason: describeTrouble(toTrouble(error)) },
      'a Home tab could not be shown',
    );
  }
}

/** Runs the command that a button of the tab names, and shows its first line; false for another button. */
export async function runFromHome(options: DialogueOptions, actor: Actor, data: string): Promise<boolean> {
  if (!data.startsWith(RUN)) return false;
  const [answer] = await collect(await contextOf(options, actor), { text: data.slice(RUN.length) });
  await showHome(options, actor, answer ? notificationOf(answer) : null);
  return true;
}

async function makeHome(options: DialogueOptions, context: Context, said: string | null): Promise<HomeView> {
  const { deps, caller, words } = context;
  const { person } = caller;
  if (!person) return makeStrangersHome(context, said);
  const [own, starred, settings] = await Promise.all([
    pageOwn(deps, person),
    loadStarred(options, context),
    Promise.all(SETTINGS.map((text) => ask(context, text))),
  ]);
  const views = await Promise.all(
    own.alerts.map((alert) => toView(deps, alert, words, { withPicture: false })),
  );
  const facts: HomeFacts = {
    name: person.name,
    workspace: deps.registry.current().workspace.name,
    alerts: views.filter((view): view is AlertView => view !== undefined),
    alertCount: own.total,
    starred,
    settings: settings.flat(),
    said,
  };
  return renderHome(facts, words);
}

/** What the tab itself asks: the person typed nothing. */
function ask(context: Context, text: string): Promise<Answer[]> {
  return collect(context, { text, isUnasked: true });
}

/** What a command answers, as it is for this person alone. */
async function collect(context: Context, asked: { text: string; isUnasked?: boolean }): Promise<Answer[]> {
  const answers: Answer[] = [];
  for await (const answer of answerText({ ...context, ...asked, botName: '', isPrivate: true }))
    answers.push(answer);
  return answers;
}

/** The starred metrics with their picture, where it is ready in time. */
async function loadStarred(
  { deps, channel }: DialogueOptions,
  context: Context,
): Promise<HomeFacts['starred']> {
  const [answer] = await ask(context, '/star');
  if (!answer) return null;
  try {
    const picture = await draw(deps, answer);
    const brought = picture && (await channel.pictures.bring(picture));
    return { answer, fileId: brought?.kind === 'ready' ? brought.fileId : null };
  } catch (error) {
    deps.log.warn({ err: error }, 'the picture of a Home tab could not be shown');
    return { answer, fileId: null };
  }
}

/** All a stranger is told anywhere. */
async function makeStrangersHome(context: Context, said: string | null): Promise<HomeView> {
  const blocks: Block[] = said === null ? [] : [smallLine(said)];
  for (const answer of await ask(context, '/start')) blocks.push(...renderAnswer(answer, context).blocks);
  return { type: 'home', blocks };
}

/** The open alerts that somebody took, and those of their own metrics and of their teams'. */
function pageOwn(deps: CommandDeps, { email, teams }: Person): ReturnType<typeof pageOpenAlerts> {
  const own = [...deps.registry.current().metrics.values()].filter(
    (metric) => metric.owner === email || metric.teams.some((team) => teams.includes(team)),
  );
  return pageOpenAlerts(deps.db, deps.workspaceId, {
    page: 0,
    size: ALERTS_SHOWN,
    metricIds: own.map(({ id }) => id),
    orAckedBy: email,
  });
}
