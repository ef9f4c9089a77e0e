import { randomBytes, randomInt } from 'node:crypto';
import { createActions } from './actions.ts';
import { startBotApi, type BotApi, type Change } from './bot-api/index.ts';
import { createEventStream, type EventStream } from './event-stream.ts';
import { readPageFiles } from './page-files.ts';
import { toPageMessage } from './page-message.ts';
import { createRouter } from './router.ts';
import { listScene, openScene } from './scene.ts';
import { listMenus, makeSnapshot, makeStatus } from './snapshot.ts';
import { startSlackSide } from './slack/start.ts';
import { followStatus } from './status.ts';
import type { Playground, PlaygroundOptions } from './types.ts';

/** Starts the stand-ins of Telegram and Slack with the workspace's people and rooms in them, and what answers `/play`. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { log, clock, registry } = options;
  const files = readPageFiles();
  const now = (): Date => clock?.now() ?? new Date();
  const botApi = await startBotApi({
    bots: [{ token: createToken(), username: 'heartbeat_bot', name: 'Heartbeat' }],
    now: () => now().getTime(),
  });
  openScene(botApi, listScene(registry.current()));
  const events = createEventStream();
  const slack = await startSlackSide({ ...options, events, now: () => now().getTime() });
  const source = { ...options, botApi, now, slack };
  const stopTelling = botApi.onChange((change) => tell(events, change, { botApi, registry }));
  const status = followStatus(events, () => makeStatus(source));
  const handle = createRouter({
    log,
    botApi,
    files,
    actions: createActions(source),
    openEvents: () => events.open(() => ({ kind: 'snapshot', snapshot: makeSnapshot(source) })),
    tellStatus: status.tell,
    registry,
    slack,
  });
  return {
    telegram: { mode: 'polling', token: botApi.token, apiRoot: botApi.root },
    slack: slack.config,
    handle,
    async close() {
      status.stop();
      stopTelling();
      events.close();
      await slack.close();
      await botApi.close();
    },
  };
}

/** Another bot at each start: what was stored about an earlier one's files is not taken for this one's. */
function createToken(): string {
  return `${randomInt(1_000_000_000, 9_999_999_999)}:${randomBytes(24).toString('base64url')}`;
}

type TellSource = Pick<PlaygroundOptions, 'registry'> & { botApi: BotApi };

function tell(events: EventStream, change: Change, { botApi, registry }: TellSource): void {
  switch (change.kind) {
    case 'message':
    case 'edit':
    case 'pin':
    case 'reaction':
      return events.send({
        kind: 'message',
        message: toPageMessage(change.message),
        isNew: change.kind === 'message',
      });
    case 'delete':
      return events.send({ kind: 'gone', chat: change.chat, id: change.message.id });
    case 'action':
      return events.send({ kind: 'typing', chat: change.chat });
    case 'menu':
      return events.send({ kind: 'menus', menus: listMenus(botApi, listScene(registry.current())) });
    // The page that pressed hears the answer itself.
    case 'press_answered':
    case 'call':
      return;
  }
}
