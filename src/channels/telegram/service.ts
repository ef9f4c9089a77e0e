import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandDeps } from '../../commands/index.ts';
import type { SessionLock } from '../../db/index.ts';
import { SECOND } from '../../lib/time.ts';
import type { Locale } from '../../registry/index.ts';
import type { TelegramChannel } from './channel.ts';
import { createCommandMenu } from './command-menu.ts';
import { createTelegramDialogue } from './dialogue.ts';
import { createTelegramDirect, type DirectOptions } from './direct.ts';
import { listMenus } from './menus.ts';
import type { ReceiverState } from './polling.ts';
import { storeQuestions } from './question-store.ts';
import { createQuestions } from './questions.ts';
import { createTelegramReceiver, type ReceiverMode } from './receiver.ts';
import type { FixedWordsFor } from './words.ts';

const LOCK_NAME = 'telegram polling';
const LOCK_RETRY_MS = 2 * SECOND;

export type TelegramServiceOptions = {
  deps: CommandDeps;
  channel: TelegramChannel;
  token: string;
  apiRoot: string;
  mode: ReceiverMode;
  reserve: NonNullable<DirectOptions['reserve']>;
};

export interface TelegramService {
  start(): void;
  stop(): Promise<void>;
  state(): ReceiverState;
  /** Sets the menus anew, and what Telegram sends, after people or the workspace's policies changed. */
  refresh(): Promise<void>;
  /** what the web server mounts at `POST /telegram` */
  readonly webhook: { isSecret(header: string | undefined): boolean; handle(update: unknown): Promise<void> };
}

/** Receives from Telegram and answers. Of several processes one polls at a time: the one that holds a lock of its session. */
export function createTelegramService(options: TelegramServiceOptions): TelegramService {
  const { deps, channel, mode } = options;
  const words = fixedWords(deps);
  const direct = createTelegramDirect({ channel, log: deps.log, reserve: options.reserve });
  const questions = createQuestions({ api: channel.api, store: storeQuestions(deps) });
  const username = (): string | null => receiver.username();
  const dialogue = createTelegramDialogue({ deps, channel, direct, questions, botName: '', username });
  const receiver = createTelegramReceiver({
    ...options,
    ...dialogue,
    direct,
    words,
    log: deps.log,
    hasInline: () => hasInline(deps),
  });
  const setMenu = createCommandMenu({ api: channel.api, log: deps.log });
  const ended = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  let waiting = false;

  async function pollUnderLock(): Promise<void> {
    while (!ended.signal.aborted) {
      const lock = await takeLock(deps);
      waiting = lock === null;
      if (lock) await pollUntilLost(lock);
      else await sleep(LOCK_RETRY_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  }

  async function pollUntilLost(lock: SessionLock): Promise<void> {
    receiver.start();
    const over = new Promise<void>((resolve) =>
      ended.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    await Promise.race([lock.lost, over]);
    await receiver.stop();
    await lock.release().catch(() => {});
  }

  const setMenus = (): Promise<void> => setMenu(menusOf(deps));

  return {
    webhook: receiver,
    refresh() {
      receiver.renew();
      return setMenus();
    },
    state: () => (waiting ? { ok: true, reason: 'another process polls' } : receiver.state()),
    start() {
      if (mode.kind === 'webhook') receiver.start();
      else loop = pollUnderLock();
      void setMenus();
    },
    async stop() {
      ended.abort();
      direct.close();
      await loop;
      if (mode.kind === 'webhook') await receiver.stop();
      channel.close();
    },
  };
}

function menusOf(deps: CommandDeps): ReturnType<typeof listMenus> {
  const registry = deps.registry.current();
  return listMenus(registry, (locale: Locale) => deps.wordsFor(locale, registry.workspace.timezone));
}

function hasInline({ registry }: CommandDeps): boolean {
  return registry.current().workspace.policies.inline;
}

async function takeLock(deps: CommandDeps): Promise<SessionLock | null> {
  try {
    return await deps.db.sessionLock(LOCK_NAME);
  } catch (error) {
    deps.log.warn({ err: error }, 'the lock for polling Telegram cannot be asked for; trying again');
    return null;
  }
}

/** The sentences the channel says by itself, in the language Telegram reports for a person. */
export function fixedWords(deps: Pick<CommandDeps, 'registry' | 'wordsFor'>): FixedWordsFor {
  return (languageCode) => {
    const { workspace } = deps.registry.current();
    const locale = languageCode?.startsWith('ru') ? 'ru' : languageCode ? 'en' : workspace.locale;
    const words = deps.wordsFor(locale, workspace.timezone);
    return {
      mayRepeat: words.t('channel-may-repeat'),
      pressSlow: words.t('channel-press-slow'),
      pressFailed: words.t('toast-unavailable'),
    };
  };
}
