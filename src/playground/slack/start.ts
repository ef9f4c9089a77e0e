import { randomBytes, randomInt } from 'node:crypto';
import { NotFoundError } from '../../errors.ts';
import type { EventStream } from '../event-stream.ts';
import type { SlackState } from '../page-types.ts';
import { openSocketDoor, startSlackApi, type SlackApi } from '../slack-api/index.ts';
import type { PlaygroundOptions, PlaygroundSlack } from '../types.ts';
import { createSlackActions, type SlackActions } from './actions.ts';
import { listSlackScene, openSlackScene } from './scene.ts';
import { compareSlack, readSlackState, type Told } from './state.ts';

/** Changes that come together are told together. */
const TOGETHER_MS = 30;
/** Of each kind of thing; a message is there as long as a page could show it. */
const KEPT = 500;

/** Slack on this machine, with the workspace's people and rooms in it. */
export type SlackSide = {
  /** what the Slack code is pointed at */
  config: PlaygroundSlack;
  actions: SlackActions;
  /** Gives what a page begins with; opens the conversations that the files have gained since. */
  snapshot(): SlackState;
  /** Gives a picture by its path; undefined when the path is no picture's. */
  findFile(path: string): Response | undefined;
  close(): Promise<void>;
};

export type SlackSideOptions = Pick<PlaygroundOptions, 'registry' | 'slashCommands'> & {
  events: EventStream;
  now: () => number;
};

/** Starts it, with Socket Mode open for the app. */
export async function startSlackSide(options: SlackSideOptions): Promise<SlackSide> {
  const { registry, slashCommands: commands, events, now } = options;
  const tokens = createTokens();
  const run = Date.now().toString(36).toUpperCase();
  const api = await startSlackApi({ now, tokens, run, limits: true, keep: KEPT });
  const door = await openSocketDoor(api);
  const enter = () => {
    const scene = listSlackScene(registry.current());
    return { scene, people: openSlackScene(api, scene) };
  };
  const snapshot = (): SlackState => readSlackState(api, enter().scene, commands);
  enter();
  const stopTelling = tellChanges(api, events, snapshot);
  return {
    config: { mode: 'socket', token: tokens.bot, appToken: tokens.app, apiUrl: api.url },
    actions: createSlackActions({ api, enter, commands }),
    snapshot,
    findFile: (path) => findFile(api, path),
    async close() {
      stopTelling();
      await door.close();
      await api.close();
    },
  };
}

/** Another app at each start: what was stored about an earlier one's files is not taken for this one's. */
function createTokens(): { bot: string; app: string } {
  const secret = (): string => randomBytes(24).toString('base64url');
  return { bot: `xoxb-${randomInt(1_000_000_000, 9_999_999_999)}-${secret()}`, app: `xapp-1-${secret()}` };
}

/** Tells pages what changed, shortly after it did. */
function tellChanges(api: SlackApi, events: EventStream, read: () => SlackState): () => void {
  let told: Told = new Map();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    if (events.count === 0) return;
    const compared = compareSlack(told, read());
    told = compared.told;
    if (compared.delta) events.send({ kind: 'slack', delta: compared.delta });
  };
  const stop = api.onChange(() => {
    timer ??= setTimeout(tell, TOGETHER_MS).unref();
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

const FILE_PATH = /^\/play\/slack\/file\/(\w+)$/;

function findFile(api: SlackApi, path: string): Response | undefined {
  const [, id] = FILE_PATH.exec(path) ?? [];
  if (id === undefined) return undefined;
  const bytes = api.file(id);
  if (!bytes) throw new NotFoundError('photo_gone', 'This picture is no longer kept. Ask for a new one.');
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': 'image/png', 'cache-control': 'private, max-age=86400, immutable' },
  });
}
