import type { Channel, SendOutcome, SendRequest } from '../../src/delivery/index.ts';

/** A channel whose outcomes a test decides; it keeps every request in order. */
export function fakeChannel(limits: Partial<Channel['limits']> = {}) {
  const requests: (SendRequest & { at: number })[] = [];
  const script: ((request: SendRequest) => SendOutcome | Promise<SendOutcome> | undefined)[] = [];
  let nextId = 1;
  const channel: Channel = {
    name: 'telegram',
    limits: { perPlaceGapMs: 0, perGroup: null, perBotPerSecond: null, ...limits },
    isGroup: () => false,
    async send(request) {
      requests.push({ ...request, at: performance.now() });
      for (const rule of script) {
        const outcome = await rule(request);
        if (outcome) return outcome;
      }
      const messageId =
        request.operation === 'edit' && request.messageId ? request.messageId : String(nextId++);
      return { kind: 'sent', messageId, hasPicture: request.picture !== null || request.hasPicture };
    },
  };
  return { channel, requests, script };
}
