import type { World } from './world.ts';

/** Keeps so many of each kind of thing from now on, the oldest going first: a stand-in that runs for days stays small. */
export function boundWorld(world: World, keep: number): void {
  world.changes.onChange(() => {
    for (const list of [world.calls, world.sent, world.ephemerals]) list.splice(0, list.length - keep);
    for (const { messages } of world.channels.values()) dropOldest(messages, keep);
    for (const [id, { isClosed }] of world.views) if (isClosed) world.views.delete(id);
    for (const map of [world.files, world.triggers, world.responses]) dropOldest(map, keep);
  });
}

function dropOldest(map: Map<string, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}
