import type { Logger } from 'pino';
import { z } from 'zod';
import type { AlertView } from '../../answers/index.ts';
import type { HookAddresses } from '../../config-channels.ts';
import {
  cannotEdit,
  classifyHttp,
  createHookChannel,
  type Channel,
  type NamedHook,
  type SendOutcome,
  type SendRequest,
} from '../../delivery/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { callHttp, jsonOf, type HttpResult } from '../../lib/http-call.ts';
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
  return createHookChannel({
    name: 'msteams',
    ownName: OWN_NAME,
    setting: SETTING,
    addresses: options.addresses,
    perPlaceGapMs: 1_000,
    send: (request, hook) => send(request, hook, options),
  });
}

async function send(request: SendRequest, hook: NamedHook, options: TeamsOptions): Promise<SendOutcome> {
  const { operation, deliveryId } = request;
  if (operation === 'edit') return cannotEdit(OWN_NAME);
  const pictureUrl = operation === 'post' ? await findPicture(request.view, options) : null;
  const rendering = { ...request, pictureUrl };
  const reader = options.reader();
  const outcome = await call(hook.url, renderCard(rendering, reader), { ...options, deliveryId });
  if (outcome.kind !== 'bad') return outcome;
  options.log.error({ place: hook.name, reason: outcome.reason }, 'Teams refused a card; it goes as text');
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
  return Refusal.safeParse(jsonOf(result)).data?.error.code ?? null;
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
