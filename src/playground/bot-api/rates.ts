import { tooMany } from './failure.ts';
import type { RateSettings } from './types.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** What passes for a second: clocks and networks are not exact. */
const GAP_MS = 950;
/** Chats whose recent calls are remembered. */
const REMEMBERED_CHATS = 10_000;

export const DEFAULT_RATES: RateSettings = { perChatBurst: 3, perGroupPerMinute: 20, perBotPerSecond: 30 };
const NO_RATES: RateSettings = { perChatBurst: null, perGroupPerMinute: null, perBotPerSecond: null };

/** Telegram's budgets of messages and edits. */
export interface Rates {
  /** Counts a message or an edit; throws the 429 when a budget is spent, and then counts nothing. */
  count(bot: string, chat: string): void;
  set(limits: boolean | Partial<RateSettings>): void;
}

/** Makes the budgets; `now` is in ms. */
export function createRates(limits: boolean | Partial<RateSettings>, now: () => number): Rates {
  let settings = toSettings(limits);
  const chats = new Map<string, number[]>();
  const bots = new Map<string, number[]>();

  function recent(of: Map<string, number[]>, key: string, windowMs: number): number[] {
    const known = of.get(key);
    const from = now() - windowMs;
    const kept =
      known && known[0] !== undefined && known[0] <= from ? known.filter((at) => at > from) : (known ?? []);
    if (kept !== known) of.set(key, kept);
    return kept;
  }

  function checkChat(calls: readonly number[], isGroup: boolean): void {
    const { perChatBurst: burst, perGroupPerMinute: perMinute } = settings;
    const burstEnd = burst === null ? undefined : calls.at(-burst);
    if (burstEnd !== undefined && burst !== null && now() - burstEnd < GAP_MS * burst) throw tooMany(1);
    const windowStart = isGroup && perMinute !== null ? calls.at(-perMinute) : undefined;
    if (windowStart !== undefined && now() - windowStart < MINUTE)
      throw tooMany((windowStart + MINUTE - now()) / SECOND);
  }

  return {
    set(next) {
      settings = toSettings(next);
      chats.clear();
      bots.clear();
    },
    count(bot, chat) {
      const { perChatBurst, perGroupPerMinute, perBotPerSecond } = settings;
      if (perChatBurst === null && perGroupPerMinute === null && perBotPerSecond === null) return;
      const ofBot = recent(bots, bot, SECOND);
      if (perBotPerSecond !== null && ofBot.length >= perBotPerSecond) throw tooMany(1);
      const ofChat = recent(chats, `${bot} ${chat}`, MINUTE);
      checkChat(ofChat, chat.startsWith('-'));
      ofBot.push(now());
      ofChat.push(now());
      if (chats.size > REMEMBERED_CHATS) chats.clear();
    },
  };
}

function toSettings(limits: boolean | Partial<RateSettings>): RateSettings {
  if (limits === false) return NO_RATES;
  return limits === true ? DEFAULT_RATES : { ...DEFAULT_RATES, ...limits };
}
