import type { MailConfig } from '../../config-channels.ts';
import type { Deps } from '../../deps.ts';
import {
  isLastWay,
  isUnsubscribed,
  placeKey,
  type Channel,
  type SendOutcome,
  type SendRequest,
} from '../../delivery/index.ts';
import { docsUrlOf } from '../../messages/index.ts';
import { buildMail } from './build-mail.ts';
import { classifyFailure } from './classify.ts';
import { toContent } from './content.ts';
import { BUSY_WAIT_MS, LIMITS, TIMEOUTS, UNDER_WAY_MAX, type MailTimeouts } from './limits.ts';
import { messageIdsOf, readSender, subjectOf } from './message-ids.ts';
import { readerOf } from './reader.ts';
import { openTransport, type MailTransport } from './transport.ts';
import type { MailLinks } from './types.ts';

export type MailChannelOptions = {
  deps: Pick<Deps, 'registry' | 'wordsFor' | 'db' | 'workspaceId' | 'clock' | 'log' | 'publicUrl'>;
  config: MailConfig;
  links: MailLinks;
  timeouts?: MailTimeouts;
};

export interface MailChannel extends Channel {
  /** how the last mail fared, for /readyz */
  state(): { ok: boolean; reason: string | null };
  /** Ends its connections; a mail under way fails. */
  close(): void;
}

type Tools = MailChannelOptions & { transport: MailTransport };

const UNSUBSCRIBED = 'unsubscribed by one click';

/** Makes the Channel that speaks to a mail server. Throws InputError `dkim_key_unreadable`. */
export function createMailChannel(options: MailChannelOptions): MailChannel {
  const transport = openTransport(options.config, options.timeouts ?? TIMEOUTS);
  const tools = { ...options, transport };
  let underWay = 0;
  let trouble: string | null = null;
  return {
    name: 'mail',
    limits: LIMITS,
    isGroup: () => false,
    async send(request) {
      if (underWay >= UNDER_WAY_MAX) return BUSY;
      underWay += 1;
      try {
        const outcome = await sendSafely(request, tools);
        trouble = troubleAfter(outcome, trouble);
        return outcome;
      } finally {
        underWay -= 1;
      }
    },
    state: () => ({ ok: trouble === null, reason: trouble }),
    close: () => transport.close(),
  };
}

const BUSY: SendOutcome = {
  kind: 'wait',
  afterMs: BUSY_WAIT_MS,
  reason: `the mail server has not taken the ${UNDER_WAY_MAX} mails before this one yet`,
};

/** What is one mailbox's or one mail's trouble is none of the server's. */
function troubleAfter(outcome: SendOutcome, before: string | null): string | null {
  if (outcome.kind === 'retry' || outcome.kind === 'unauthorized') return outcome.reason;
  return outcome.kind === 'lost' ? before : null;
}

async function sendSafely(request: SendRequest, tools: Tools): Promise<SendOutcome> {
  try {
    return await send(request, tools);
  } catch (error) {
    tools.deps.log.error({ err: error, delivery: request.deliveryId }, 'a mail could not be made');
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'retry', reason, statusCode: null, maybeSent: false };
  }
}

async function send(request: SendRequest, tools: Tools): Promise<SendOutcome> {
  const { place } = request;
  if (place.channel !== 'mail')
    return { kind: 'bad', reason: `mail does not reach ${place.channel}`, statusCode: null };
  if (request.operation === 'edit')
    return { kind: 'lost', reason: 'a mail cannot be changed once it is sent' };
  const reader = readerOf(tools.deps, place.address);
  // a code was asked for by its reader: no click before that was about it
  if (
    request.edge !== 'link_code' &&
    reader.maySilence &&
    (await isUnsubscribed(tools.deps, placeKey(place)))
  )
    return leaveOut(request, tools);
  const mail = await makeMail(request, { ...tools, reader });
  const delivered = await tools.transport.deliver(mail);
  return delivered.ok
    ? { kind: 'sent', messageId: mail.messageId, hasPicture: request.picture !== null }
    : classifyFailure(delivered, tools.transport.server);
}

/** Chats go on without the mail. Where one of them failed, the alert must take yet another way. */
async function leaveOut({ deliveryId }: SendRequest, { deps }: Tools): Promise<SendOutcome> {
  return (await isLastWay(deps, deliveryId))
    ? { kind: 'gone', reason: UNSUBSCRIBED, statusCode: null }
    : { kind: 'lost', reason: UNSUBSCRIBED };
}

async function makeMail(request: SendRequest, tools: Tools & { reader: ReturnType<typeof readerOf> }) {
  const { deps, config, links, reader } = tools;
  const { workspace, metrics } = deps.registry.current();
  const sender = readSender(config.from);
  const ids = messageIdsOf({ ...request, address: reader.address }, sender.domain);
  const content = await toContent(request, {
    reader,
    links,
    workspaceName: workspace.name,
    title: subjectOf(request),
    cid: `chart.${request.deliveryId}@${sender.domain}`,
    docsUrlOf: (id) => {
      const metric = metrics.get(id);
      return metric ? docsUrlOf(deps, metric) : null;
    },
    alertsUrl: `${deps.publicUrl()}/alerts`,
  });
  const { from } = config;
  return buildMail({
    request,
    content,
    ids,
    from,
    sender,
    to: reader.address,
    workspace,
    at: deps.clock.now(),
  });
}
