import type { Logger } from 'pino';
import { z } from 'zod';
import type { Words } from '../../answers/index.ts';
import {
  otherChannel,
  type Channel,
  type ChannelLimits,
  type MessageRequest,
  type Place,
  type SendOutcome,
} from '../../delivery/index.ts';
import { createSlackClient, type SlackClient } from './client.ts';
import { createConversations, type Conversations } from './conversations.ts';
import type { SlackFiles } from './file-ids.ts';
import { findPicture } from './find-picture.ts';
import { nextForm, planCall, type Form } from './forms.ts';
import { classify, type SlackPlace } from './outcome.ts';
import { createSlackPictures, type SlackPictures } from './pictures.ts';
import { setPinned } from './pins.ts';
import { notificationOf, renderAnswer, renderPlain } from './render.ts';
import { describeTrouble, toTrouble, type Trouble } from './trouble.ts';

export type SlackChannelOptions = {
  token: string;
  /** root of the Web API, `https://slack.com/api/` */
  apiUrl: string;
  log: Logger;
  files: SlackFiles;
  /** the wording of whoever reads a place */
  wordsOf: (place: Place) => Words;
  /** a call that takes longer counts as lost */
  timeoutMs?: number;
  /** how long a message waits for its picture */
  fileWaitMs?: number;
};

/** A message to Slack; `mark` is a last line of its own. */
export type SlackRequest = MessageRequest & { mark?: string };

export interface SlackChannel extends Channel {
  /** Sends also what is no delivery: an answer that somebody shares. */
  send(request: SlackRequest): Promise<SendOutcome>;
  /** Pins a message, or lets it go; gives the sentence that tells people why not, or null. Never throws. */
  setPinned(place: SlackPlace, messageId: string, isOn: boolean): Promise<string | null>;
  readonly client: SlackClient;
  readonly pictures: SlackPictures;
}

/** One message a second to a conversation, a little under it for clocks that differ. */
const LIMITS: ChannelLimits = { perPlaceGapMs: 1_050, perGroup: null, perBotPerSecond: null };
const MAX_FORMS = 4;

/** Makes the Channel that speaks to Slack. */
export function createSlackChannel(options: SlackChannelOptions): SlackChannel {
  const client = createSlackClient(options);
  const pictures = createSlackPictures({ ...options, client, waitMs: options.fileWaitMs });
  const tools = { ...options, client, pictures, conversations: createConversations(client) };
  return {
    name: 'slack',
    limits: LIMITS,
    client,
    pictures,
    isGroup: () => false,
    send: (request) => send(request, tools),
    setPinned: (place, messageId, isOn) => setPinned(tools, { place, messageId, isOn }),
  };
}

type Tools = SlackChannelOptions & {
  client: SlackClient;
  pictures: SlackPictures;
  conversations: Conversations;
};

async function send(request: SlackRequest, tools: Tools): Promise<SendOutcome> {
  const { place, operation, messageId } = request;
  if (place.channel !== 'slack') return otherChannel('Slack', place.channel);
  if (operation === 'edit' && messageId === null)
    return { kind: 'lost', reason: 'there is no message to edit' };
  const found = await findPicture(request, place, tools);
  return 'outcome' in found ? found.outcome : sendForms({ request, place, fileId: found.fileId }, tools);
}

type Sending = { request: SlackRequest; place: SlackPlace; fileId: string | null };

async function sendForms(sending: Sending, tools: Tools): Promise<SendOutcome> {
  const { request, place, fileId } = sending;
  let form: Form = {
    content: 'blocks',
    hasPicture: fileId !== null,
    inThread: request.operation === 'reply' && request.messageId !== null,
  };
  for (let tried = 1; ; tried += 1) {
    const result = await attempt(sending, form, tools);
    if (!('trouble' in result)) return result;
    const next = tried < MAX_FORMS ? nextForm(form, result.trouble) : undefined;
    if (next === undefined) return classify(result.trouble);
    const refused = describeTrouble(result.trouble);
    tools.log.error(
      { place: place.conversation, refused, form, next },
      'Slack refused a message; it goes in another form',
    );
    if (form.hasPicture && !next.hasPicture && request.picture) tools.pictures.forget(request.picture);
    form = next;
  }
}

const text = z.string().optional().catch(undefined);
const Made = z.object({
  ts: text,
  channel: text,
  message: z.object({ ts: text }).optional().catch(undefined),
});

async function attempt(
  { request, place, fileId }: Sending,
  form: Form,
  { client, conversations, wordsOf }: Tools,
): Promise<SendOutcome | { trouble: Trouble }> {
  const words = wordsOf(place);
  const isRepeat = request.maybeSent && request.operation !== 'edit';
  const mark = isRepeat ? words.t('channel-may-repeat') : request.mark;
  const title = notificationOf(request.answer);
  const alt = request.picture?.alt ?? request.answer.picture?.alt ?? words.t('slack-picture', { title });
  const picture = form.hasPicture && fileId !== null ? { fileId, alt } : null;
  const options = { words, picture, ...(mark === undefined ? {} : { mark }) };
  const rendered =
    form.content === 'blocks' ? renderAnswer(request.answer, options) : renderPlain(request.answer, options);
  try {
    const conversation = await conversations.idOf(place);
    const { method, args } = planCall({ request, conversation, rendered, form });
    const made = Made.parse(await client.once(method, args));
    const messageId = made.ts ?? made.message?.ts ?? request.messageId ?? '';
    if (made.channel) conversations.remember(place, made.channel);
    return { kind: 'sent', messageId, hasPicture: picture !== null };
  } catch (error) {
    return { trouble: toTrouble(error) };
  }
}
