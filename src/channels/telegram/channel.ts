import type { Api } from 'grammy';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Channel, ChannelLimits, SendOutcome, MessageRequest } from '../../delivery/index.ts';
import type { Answer } from '../../answers/index.ts';
import { createApi } from './api.ts';
import type { OnRefusedButton } from './keyboard.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import { classify, isNotModified, type TelegramPlace } from './outcome.ts';
import { chatIdOf, firstForm, maxLengthOf, nextForm, planCall, type Form } from './plan.ts';
import { renderAnswer, type Rendered } from './render.ts';
import { describeTrouble, toTrouble, type Trouble } from './trouble.ts';
import type { FixedWordsFor } from './words.ts';

/** Ids of pictures that Telegram has already, by the pictures' content. */
export type FileIds = {
  find(contentHash: string): Promise<string | undefined>;
  remember(contentHash: string, fileId: string): Promise<void>;
};

export type TelegramChannelOptions = {
  token: string;
  /** root of the Bot API, `https://api.telegram.org` */
  apiRoot: string;
  log: Logger;
  files: FileIds;
  words: FixedWordsFor;
  /** a call that takes longer counts as lost */
  timeoutMs?: number;
  /** throw on a button Telegram would refuse, instead of leaving it out: for tests */
  strict?: boolean;
};

export interface TelegramChannel extends Channel {
  /** Sends also what is no delivery: an answer to a person. */
  send(request: MessageRequest): Promise<SendOutcome>;
  /** grammY's client, with this channel's connections and timeout */
  readonly api: Api;
  /** Gives an answer as Telegram takes it; `maxLength` is TEXT_MAX or CAPTION_MAX. */
  render(answer: Answer, options: { maxLength: number }): Rendered;
  /** Gives Telegram's id of a picture it has already, by the picture's content; undefined when it has none. */
  findFileId(contentHash: string): Promise<string | undefined>;
  /** Pins a message without a sound, or lets it go; where the bot may not, that is logged and the message stays. */
  setPinned(place: TelegramPlace, messageId: string, isOn: boolean): Promise<void>;
  close(): void;
}

/** Telegram's budget, a little under what it allows, for clocks that differ. */
const LIMITS: ChannelLimits = {
  perPlaceGapMs: 1_050,
  perGroup: { count: 20, windowMs: 61_000 },
  perBotPerSecond: 30,
};
/** Forms of one message: markup, upload, picture, caption. */
const MAX_FORMS = 5;

/** Makes the Channel that speaks to Telegram. */
export function createTelegramChannel(options: TelegramChannelOptions): TelegramChannel {
  const { log } = options;
  const { api, close } = createApi({ ...options, timeoutMs: options.timeoutMs ?? CALL_TIMEOUT_MS });
  const onRefusedButton: OnRefusedButton = (error) => {
    if (options.strict) throw error;
    log.error({ code: error.code, reason: error.message }, 'a button was left out');
  };
  const tools = { ...options, api, onRefusedButton };
  return {
    name: 'telegram',
    limits: LIMITS,
    api,
    isGroup: (place) => place.channel === 'telegram' && place.chat.startsWith('-'),
    render: (answer, { maxLength }) => renderAnswer(answer, { maxLength, onRefusedButton }),
    findFileId: (contentHash) => findFileId(contentHash, tools),
    send: (request) => send(request, tools),
    setPinned: (place, messageId, isOn) => setPinned(tools, { place, messageId, isOn }),
    close,
  };
}

type Tools = TelegramChannelOptions & { api: Api; onRefusedButton: OnRefusedButton };

async function send(request: MessageRequest, tools: Tools): Promise<SendOutcome> {
  const { place } = request;
  if (place.channel !== 'telegram')
    return { kind: 'bad', reason: `Telegram does not reach ${place.channel}`, statusCode: null };
  if (request.operation === 'edit' && request.messageId === null)
    return { kind: 'lost', reason: 'there is no message to edit' };
  const fileId = request.picture ? await findFileId(request.picture.contentHash, tools) : undefined;
  let form = firstForm(request, fileId);
  for (let tried = 1; ; tried += 1) {
    const result = await attempt({ request, place, form, fileId }, tools);
    if (!('trouble' in result)) return result;
    const next = tried < MAX_FORMS ? nextForm(form, result.trouble) : undefined;
    if (next === undefined) return classify(result.trouble, place);
    const refused = describeTrouble(result.trouble);
    tools.log.error(
      { chat: place.chat, refused, form, next },
      'Telegram refused a message; it goes in another form',
    );
    form = next;
  }
}

type Attempt = { request: MessageRequest; place: TelegramPlace; form: Form; fileId: string | undefined };

async function attempt(input: Attempt, tools: Tools): Promise<SendOutcome | { trouble: Trouble }> {
  const { request, form } = input;
  const isRepeat = request.maybeSent && request.operation !== 'edit';
  const rendered = renderAnswer(request.answer, {
    maxLength: maxLengthOf(request, form),
    onRefusedButton: tools.onRefusedButton,
    ...(isRepeat ? { mark: tools.words(undefined).mayRepeat } : {}),
  });
  const call = planCall({ ...input, rendered });
  try {
    const result = await call.run(tools.api.raw);
    if (form.picture === 'upload') await rememberFileId(request, fileIdOf(result), tools);
    return { kind: 'sent', messageId: messageIdOf(result, request), hasPicture: call.showsPicture };
  } catch (error) {
    const trouble = toTrouble(error);
    return request.operation === 'edit' && isNotModified(trouble)
      ? { kind: 'sent', messageId: request.messageId ?? '', hasPicture: call.showsPicture }
      : { trouble };
  }
}

type Pinning = { place: TelegramPlace; messageId: string; isOn: boolean };

async function setPinned({ api, log }: Tools, { place, messageId, isOn }: Pinning): Promise<void> {
  const id = Number(messageId);
  try {
    await (isOn
      ? api.pinChatMessage(chatIdOf(place), id, { disable_notification: true })
      : api.unpinChatMessage(chatIdOf(place), id));
  } catch (error) {
    log.info(
      { chat: place.chat, isOn, reason: describeTrouble(toTrouble(error)) },
      'a message was not pinned',
    );
  }
}

async function findFileId(contentHash: string, { files, log }: Tools): Promise<string | undefined> {
  try {
    return await files.find(contentHash);
  } catch (error) {
    log.warn({ err: error }, 'the id of a picture could not be looked up; it is not reused');
    return undefined;
  }
}

async function rememberFileId(
  { picture }: MessageRequest,
  fileId: string | undefined,
  { files, log }: Tools,
): Promise<void> {
  if (picture === null || fileId === undefined) return;
  try {
    await files.remember(picture.contentHash, fileId);
  } catch (error) {
    log.warn({ err: error }, 'the id of a picture could not be stored; it will be uploaded again');
  }
}

/** What a call that made or edited a message leaves: its id, and the largest size of its photo, which comes last. */
const MadeMessage = z.object({
  message_id: z.number(),
  photo: z.array(z.object({ file_id: z.string() })).optional(),
});

function messageIdOf(result: unknown, request: MessageRequest): string {
  const made = MadeMessage.safeParse(result);
  return made.success ? String(made.data.message_id) : (request.messageId ?? '');
}

function fileIdOf(result: unknown): string | undefined {
  return MadeMessage.safeParse(result).data?.photo?.at(-1)?.file_id;
}
