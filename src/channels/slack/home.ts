import { listAlerts, type AlertRecord } from '../../alerts/index.ts';
import type { AlertView } from '../../answers/index.ts';
import { answerText, type CommandDeps } from '../../commands/index.ts';
import { toView } from '../../messages/index.ts';
import type { Person } from '../../registry/index.ts';
import type { Block } from './blocks.ts';
import { contextOf, type Context, type DialogueOptions } from './context.ts';
import { renderHome, type HomeView } from './home-view.ts';
import type { Actor } from './inbound.ts';
import { renderAnswer } from './render.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** A tab shows no more; the command lists all. */
const ALERTS_SHOWN = 15;

/** Draws the Home tab of a person anew. `said`: what the last press there came to. Never throws. */
export async function showHome(
  options: DialogueOptions,
  actor: Actor,
  said: string | null = null,
): Promise<void> {
  try {
    const view = await makeHome(await contextOf(options, actor), said);
    await options.channel.client.call('views.publish', { user_id: actor.userId, view });
  } catch (error) {
    options.deps.log.warn(
      { err: error, reason: describeTrouble(toTrouble(error)) },
      'a Home tab could not be shown',
    );
  }
}

async function makeHome(context: Context, said: string | null): Promise<HomeView> {
  const { deps, caller, words } = context;
  const { person } = caller;
  if (!person) return makeStrangersHome(context);
  const own = (await listAlerts(deps.db, deps.workspaceId)).filter((alert) => isOwn(deps, alert, person));
  const views = await Promise.all(
    own.slice(0, ALERTS_SHOWN).map((alert) => toView(deps, alert, words, { withPicture: false })),
  );
  return renderHome(
    {
      name: person.name,
      workspace: deps.registry.current().workspace.name,
      alerts: views.filter((view): view is AlertView => view !== undefined),
      alertCount: own.length,
      quietHours: person.quietHours,
      said,
    },
    words,
  );
}

/** All a stranger is told anywhere. */
async function makeStrangersHome(context: Context): Promise<HomeView> {
  const blocks: Block[] = [];
  for await (const answer of answerText({ ...context, text: '/start', botName: '', isPrivate: true }))
    blocks.push(...renderAnswer(answer, context).blocks);
  return { type: 'home', blocks };
}

function isOwn(deps: CommandDeps, alert: AlertRecord, { email, teams }: Person): boolean {
  const metric = deps.registry.current().metrics.get(alert.metricId);
  return (
    alert.ack?.by === email ||
    metric?.owner === email ||
    metric?.teams.some((team) => teams.includes(team)) === true
  );
}
