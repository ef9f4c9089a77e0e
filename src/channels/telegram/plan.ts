import { InputFile, type Api } from 'grammy';
import type { MessageRequest } from '../../delivery/index.ts';
import { fitText } from './fit.ts';
import { CAPTION_MAX, PLACEHOLDER_MAX, TEXT_MAX } from './limits.ts';
import type { TelegramPlace } from './outcome.ts';
import type { Rendered } from './render.ts';
import {
  isCaptionMissing,
  isFileIdRefused,
  isMethodUnknown,
  isPictureRefused,
  isRefusedUnexplained,
  isTextMissing,
} from './outcome.ts';
import type { Trouble } from './trouble.ts';

/** How a message is put; each refusal that another form can cure leads to that form. */
export type Form = {
  markup: 'html' | 'plain';
  /** `file_id`: by the id Telegram gave for the same content */
  picture: 'none' | 'file_id' | 'upload';
  /** the message to edit shows a picture */
  hasPicture: boolean;
};

/** One call of the Bot API, with what it leaves in the chat. */
export type PlannedCall = { run(api: Api['raw']): Promise<unknown>; showsPicture: boolean };

export type PlanInput = {
  request: MessageRequest;
  place: TelegramPlace;
  rendered: Rendered;
  form: Form;
  fileId: string | undefined;
};

/** Topic 1 is "General": Telegram wants no thread for it. */
const GENERAL_TOPIC = 1;

/** Gives the first form of a message. */
export function firstForm(request: MessageRequest, fileId: string | undefined): Form {
  const picture = request.picture === null ? 'none' : fileId === undefined ? 'upload' : 'file_id';
  return { markup: 'html', picture, hasPicture: request.hasPicture };
}

/** Gives the form that may pass where another was refused, or undefined when none will. */
export function nextForm(form: Form, trouble: Trouble): Form | undefined {
  if (form.picture === 'file_id' && isFileIdRefused(trouble)) return { ...form, picture: 'upload' };
  if (form.picture !== 'none' && isPictureRefused(trouble)) return { ...form, picture: 'none' };
  if (!form.hasPicture && isTextMissing(trouble)) return { ...form, hasPicture: true };
  if (form.hasPicture && isCaptionMissing(trouble)) return { ...form, hasPicture: false };
  if (form.picture !== 'none' && isMethodUnknown(trouble)) return { ...form, picture: 'none' };
  return isRefusedUnexplained(trouble) ? simplerForm(form) : undefined;
}

function simplerForm(form: Form): Form | undefined {
  if (form.markup === 'html') return { ...form, markup: 'plain' };
  return form.picture === 'none' ? undefined : { ...form, picture: 'none' };
}

/** Tells how many characters a message takes in this form. */
export function maxLengthOf(request: MessageRequest, form: Form): number {
  const isCaption = form.picture !== 'none' || (request.operation === 'edit' && form.hasPicture);
  return isCaption ? CAPTION_MAX : TEXT_MAX;
}

/** Gives the one call that makes or edits the message in this form. */
export function planCall(input: PlanInput): PlannedCall {
  return input.request.operation === 'edit' ? planEdit(input) : planPost(input);
}

function planPost({ request, place, rendered, form, fileId }: PlanInput): PlannedCall {
  const common = {
    chat_id: chatIdOf(place),
    ...threadOf(place),
    ...(request.silent ? { disable_notification: true } : {}),
    ...replyTo(request),
    ...markupOf(request, rendered),
  };
  const photo = photoOf(request, form, fileId);
  if (photo === undefined) {
    const text = { ...textOf(rendered, form), ...common, link_preview_options: { is_disabled: true } };
    return { run: (api) => api.sendMessage(text), showsPicture: false };
  }
  const captioned = { ...captionOf(rendered, form), ...common, photo };
  return { run: (api) => api.sendPhoto(captioned), showsPicture: true };
}

function planEdit({ request, place, rendered, form, fileId }: PlanInput): PlannedCall {
  const common = {
    chat_id: chatIdOf(place),
    message_id: Number(request.messageId),
    reply_markup: { inline_keyboard: rendered.keyboard },
  };
  const photo = photoOf(request, form, fileId);
  if (photo !== undefined) {
    const media = { type: 'photo' as const, media: photo, ...captionOf(rendered, form) };
    return { run: (api) => api.editMessageMedia({ ...common, media }), showsPicture: true };
  }
  if (form.hasPicture)
    return {
      run: (api) => api.editMessageCaption({ ...common, ...captionOf(rendered, form) }),
      showsPicture: true,
    };
  const text = { ...textOf(rendered, form), ...common, link_preview_options: { is_disabled: true } };
  return { run: (api) => api.editMessageText(text), showsPicture: false };
}

/** Gives a chat's id as Telegram itself writes it: a number. */
export function chatIdOf({ chat }: TelegramPlace): number {
  return Number(chat);
}

/** Gives the topic parameter that a new message in a topic needs. */
export function threadOf({ topic }: TelegramPlace): { message_thread_id?: number } {
  return topic === null || topic === GENERAL_TOPIC ? {} : { message_thread_id: topic };
}

function replyTo(request: MessageRequest) {
  if (request.messageId === null) return {};
  return { reply_parameters: { message_id: Number(request.messageId), allow_sending_without_reply: true } };
}

/** In a group the question must show only to whom it is put: who is named in it, or wrote what it answers. */
function markupOf({ answer: { asks } }: MessageRequest, { keyboard }: Rendered) {
  if (asks) {
    const input_field_placeholder = fitText(asks.hint.toWellFormed(), PLACEHOLDER_MAX);
    return { reply_markup: { force_reply: true as const, selective: true, input_field_placeholder } };
  }
  return keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } };
}

function textOf({ html, plain }: Rendered, { markup }: Form) {
  return markup === 'html' ? { text: html, parse_mode: 'HTML' as const } : { text: plain };
}

function captionOf({ html, plain }: Rendered, { markup }: Form) {
  return markup === 'html' ? { caption: html, parse_mode: 'HTML' as const } : { caption: plain };
}

function photoOf(
  request: MessageRequest,
  form: Form,
  fileId: string | undefined,
): InputFile | string | undefined {
  if (form.picture === 'none' || request.picture === null) return undefined;
  if (form.picture === 'file_id' && fileId !== undefined) return fileId;
  return new InputFile(request.picture.png, 'heartbeat.png');
}
