import type { Config } from '../config.ts';
import { placeKey } from '../delivery/index.ts';
import { systemClock } from '../lib/clock.ts';
import { SECOND } from '../lib/time.ts';
import { awaitTest, fireTest, listSharedPlaces, type TestResult } from '../messages/index.ts';
import type { Workspace } from '../registry/index.ts';
import { createCliCaller } from './caller.ts';
import { withDatabase } from './database.ts';
import type { Finding } from './doctor.ts';

/** The running service sends it; without its bell it looks five times a second. */
const NO_BELL = { send: async () => undefined };

/** Sends a marked message to every room and to the ops inbox, by way of the running service; says how long each took. */
export async function examineSending(config: Config, workspace: Workspace): Promise<Finding[]> {
  const { rooms, ops } = listSharedPlaces(workspace);
  const places = [...new Map([...ops, ...rooms].map((place) => [placeKey(place), place])).values()];
  if (places.length === 0)
    return [{ check: 'send', state: 'warning', text: 'there is neither a room nor an ops inbox' }];
  const results = await withDatabase(config, async (db) => {
    const deps = {
      db,
      jobs: NO_BELL,
      workspaceId: workspace.id,
      clock: systemClock,
      outbox: { kick: () => undefined },
    };
    return awaitTest(
      deps,
      await fireTest(deps, { places, by: 'heartbeat doctor', caller: createCliCaller(workspace) }),
    );
  });
  return results.map(toFinding);
}

/** Gives what doctor says of a test at one place. */
export function toFinding(result: TestResult): Finding {
  const check = `send to ${placeKey(result.place)}`;
  switch (result.kind) {
    case 'arrived':
      return { check, state: 'ok', text: `arrived after ${result.tookMs} ms` };
    case 'refused':
      return { check, state: 'failed', text: `refused: ${result.reason}` };
    case 'late': {
      const why = result.reason ?? 'is the service running, with this channel set up?';
      const text = `not within ${Math.round(result.waitedMs / SECOND)} s, so it was taken back: ${why}`;
      return { check, state: 'failed', text };
    }
  }
}
