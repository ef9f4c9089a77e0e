import { RateLimited } from './failure.ts';

const GAP_MS = 1_000;
/** Slack takes a short burst above one a second. */
const BURST = 1;

/** Slack's budget of messages. */
export interface Rates {
  /** Counts a message to a channel; throws RateLimited when it is too early. */
  count(channel: string): void;
}

export function createRates(isOn: boolean, now: () => number): Rates {
  const sent = new Map<string, number[]>();
  return {
    count(channel) {
      if (!isOn) return;
      const recent = (sent.get(channel) ?? []).filter((at) => now() - at < GAP_MS);
      if (recent.length > BURST) throw new RateLimited(1);
      sent.set(channel, [...recent, now()]);
    },
  };
}
