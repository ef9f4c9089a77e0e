import type { Receiver } from '@slack/bolt';
import { isSignedBySlack, type SignedRequest } from './verify.ts';

/** A request at `POST /slack/events`, with its body as it came. */
export type SlackRequestIn = SignedRequest & { contentType: string };
export type SlackResponse = { status: number; body: Record<string, unknown> | null };

/** Bolt's receiver that the web server calls. */
export type HttpReceiver = Receiver & { handle(request: SlackRequestIn): Promise<SlackResponse> };

type BoltApp = Parameters<Receiver['init']>[0];

/** Makes a receiver for a server that exists: it checks the signature over the raw body, and answers as soon as the app acknowledges. */
export function createHttpReceiver({ secret, now }: { secret: string; now: () => Date }): HttpReceiver {
  let app: BoltApp | undefined;
  return {
    init(bolt) {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,
    async handle(request) {
      if (!isSignedBySlack(request, { secret, now: now() })) return { status: 401, body: null };
      const body = readBody(request);
      if (body === undefined) return { status: 400, body: null };
      if (body['ssl_check'] === '1') return { status: 200, body: null };
      if (body['type'] === 'url_verification') return { status: 200, body: { challenge: body['challenge'] } };
      // Slack signs each request anew: the same signature is the same request
      const requestId = request.signature ?? '';
      return app ? processEvent(app, body, requestId) : { status: 503, body: null };
    },
  };
}

async function processEvent(
  app: BoltApp,
  body: Record<string, unknown>,
  requestId: string,
): Promise<SlackResponse> {
  const acked = Promise.withResolvers<SlackResponse>();
  const ack = async (response?: unknown): Promise<void> => {
    const isBody = typeof response === 'object' && response !== null;
    acked.resolve({ status: 200, body: isBody ? { ...response } : null });
  };
  // what nothing acknowledged is none of ours: Slack need not send it again
  void app.processEvent({ body, ack, customProperties: { requestId } }).then(
    () => acked.resolve({ status: 200, body: null }),
    () => acked.resolve({ status: 500, body: null }),
  );
  return acked.promise;
}

/** Events come as JSON; commands as a form; presses as a form with JSON in it. */
function readBody({ body, contentType }: SlackRequestIn): Record<string, unknown> | undefined {
  if (contentType.includes('json') || body.startsWith('{')) return readJson(body);
  const fields = Object.fromEntries(new URLSearchParams(body));
  const { payload } = fields;
  return payload === undefined ? fields : readJson(payload);
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
