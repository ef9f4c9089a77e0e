import { checkView } from '../check-view.ts';
import { refuseFor, SlackFailure } from '../failure.ts';
import { isJson, textOf, type Json } from '../json.ts';
import type { StoredView, World } from '../world.ts';
import { isShowable } from './files.ts';
import type { Method } from './types.ts';

const TRIGGER_MS = 3_000;

const open: Method = {
  scopes: [],
  run(world, params) {
    const view = readView(world, params, 'modal');
    const user = useTrigger(world, textOf(params, 'trigger_id') ?? '');
    return { view: wireView(storeView(world, user, view)) };
  },
};

const update: Method = {
  scopes: [],
  run(world, params) {
    const found = findView(world, params);
    if (found === undefined || found.isClosed) throw new SlackFailure('not_found');
    const hash = textOf(params, 'hash');
    if (hash !== undefined && hash !== found.hash) throw new SlackFailure('hash_conflict');
    found.view = readView(world, params, 'modal');
    found.hash = world.nextId('hash');
    world.changes.emit();
    return { view: wireView(found) };
  },
};

/** By Slack's id, or by the one that the app gave. */
function findView(world: World, params: Json): StoredView | undefined {
  const externalId = textOf(params, 'external_id');
  if (externalId === undefined) return world.views.get(textOf(params, 'view_id') ?? '');
  return [...world.views.values()].find((one) => one.externalId === externalId);
}

const publish: Method = {
  scopes: [],
  run(world, params) {
    const user = textOf(params, 'user_id') ?? '';
    if (!world.users.has(user)) throw new SlackFailure('user_not_found');
    const view = readView(world, params, 'home');
    const known = [...world.views.values()].find((one) => one.user === user && one.view['type'] === 'home');
    if (known === undefined) return { view: wireView(storeView(world, user, view)) };
    known.view = view;
    known.hash = world.nextId('hash');
    world.changes.emit();
    return { view: wireView(known) };
  },
};

function readView(world: World, params: Json, type: 'modal' | 'home'): Json {
  const { view } = params;
  if (!isJson(view) || view['type'] !== type) throw new SlackFailure('invalid_arguments');
  const problems = checkView(view, { isShowable: (id) => isShowable(world, id) });
  if (problems.length > 0) throw refuseFor('invalid_arguments', problems);
  return view;
}

/** A trigger opens one modal, and soon. */
function useTrigger(world: World, id: string): string {
  const trigger = world.triggers.get(id);
  if (trigger === undefined) throw new SlackFailure('invalid_trigger_id');
  if (trigger.isUsed) throw new SlackFailure('exchanged_trigger_id');
  if (world.now() - trigger.at > TRIGGER_MS) throw new SlackFailure('expired_trigger_id');
  trigger.isUsed = true;
  return trigger.user;
}

function storeView(world: World, user: string, view: Json): StoredView {
  const externalId = textOf(view, 'external_id') ?? null;
  if (externalId !== null && [...world.views.values()].some((one) => one.externalId === externalId))
    throw new SlackFailure('duplicate_external_id');
  const stored = {
    id: world.nextId('V'),
    externalId,
    user,
    view,
    hash: world.nextId('hash'),
    isClosed: false,
  };
  world.views.set(stored.id, stored);
  world.changes.emit();
  return stored;
}

/** Gives a view as Slack writes it. */
export function wireView({ id, hash, view }: StoredView): Json {
  return { id, hash, team_id: '', private_metadata: '', callback_id: '', state: { values: {} }, ...view };
}

export const VIEW_METHODS: Record<string, Method> = {
  'views.open': open,
  'views.update': update,
  'views.publish': publish,
};
