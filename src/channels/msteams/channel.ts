import type { Logger } from 'pino';
import { z } from 'zod';
import type { AlertView } from '../../answers/index.ts';
import type { HookAddresses } from '../../config-channels.ts';
import {
  cannotEdit,
  classifyHttp,
  noAddress,
  otherChannel,
  type Channel,
  type SendOutcome,
  type SendRequest,
} from '../../delivery/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { callHttp, type HttpResult } from '../../lib/http-call.ts';
import type { CardMessage } from './card.ts';
import { renderCard, renderTextCard, type TeamsReader } from './render.ts';

const SETTING = 'MSTEAMS_WEBHOOKS';
const OWN_NAME = 'Microsoft Teams';

export type TeamsOptions = {
  addresses: HookAddresses;
  /** how a channel of the workspace reads, and where its people can act */
  reader(): TeamsReader;
  /** a metric's picture under an https address that opens without a sign-in; null where there is none */
  pictureUrl(metricId: string): Promise<string | null>;
  clock: Clock;
  log: Logger;
  timeoutMs?: number;
};

/** Makes the Channel that posts cards through Teams' Workflows. They answer before the message stands, and give no id: nothing is edited. */
export function createTeamsChannel(options: TeamsOptions): Channel {
  return {
    name: 'msteams',
    limits: { perPlaceGapMs: 1_000, perGroup: null, perBotPerSecond: null },
    isGroup: () => false,
    send: (request) => send(request, options),
  };
}

async function send(request: SendRequest, options: TeamsOptions): Promise<SendOutcome> {
  const { place, operation, deliveryId } = request;
  if (place.channel !== 'msteams') return otherChannel(OWN_NAME, place.channel);
  const hook = options.addresses.get(place.name);
  if (!hook) return noAddress(place.name, SETTING);
  if (operation === 'edit') return cannotEdit(OWN_NAME);
  const pictureUrl = operation === 'post' ? await findPicture(request.view, options) : null;
  const rendering = { ...request, pictureUrl };
  const reader = options.reader();
  const outcome = await call(hook.url, renderCard(rendering, reader), { ...options, deliveryId });
  if (outcome.kind !== 'bad') return outcome;
  options.log.error({ place: place.name, reason: outcome.reason }, 'Teams refused a card; it goes as text');
  return call(hook.url, renderTextCard(rendering, reader), { ...options, deliveryId });
}

async function call(
  url: string,
  message: CardMessage,
  { timeoutMs, clock, deliveryId }: TeamsOptions & { deliveryId: string },
): Promise<SendOutcome> {
  const result = await callHttp({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    timeoutMs,
  });
  if (result.kind === 'answered' && (result.status === 200 || result.status === 202))
    return { kind: 'sent', messageId: deliveryId, hasPicture: false };
  const says = codeOf(result);
  return classifyHttp(result, { refused: 'gone', missing: 'gone', setting: SETTING, says, now: clock.now() });
}

const Refusal = z.object({ error: z.object({ code: z.string().regex(/^\w{1,80}$/) }) });

/** Only the code: the sentence beside it names the workflow, whose address is a secret. */
function codeOf(result: HttpResult): string | null {
  if (result.kind === 'failed') return null;
  try {
    return Refusal.parse(JSON.parse(result.text)).error.code;
  } catch {
    return null;
  }
}

/** The card of a metric that still exists; a picture that cannot be signed for leaves only itself out. */
async function findPicture(view: AlertView | null, options: TeamsOptions): Promise<string | null> {
  if (view === null || view.withdrawnReason === 'retired') return null;
  try {
    return await options.pictureUrl(view.metric.id);
  } catch (error) {
    options.log.warn({ err: error }, 'the address of a picture could not be made; the card goes without');
    return null;
  }
}
