import { z } from 'zod';
import { InputError, NotFoundError, RefusedError } from '../errors.ts';
import type { BotApi, MessageView, Person, PressResult } from './bot-api/index.ts';
import type { SceneChat } from './page-types.ts';
import { hasTelegram, listScene } from './scene.ts';
import { createSkipper, MAX_SKIP_MS } from './skip.ts';
import type { PlaygroundOptions } from './types.ts';

/** Telegram's own limits. */
const TEXT_MAX = 4096;
const DATA_MAX_BYTES = 64;

export const Send = z.object({
  person: z.int(),
  chat: z.int(),
  text: z.string().trim().min(1).max(TEXT_MAX),
  /** the message of that chat that is answered */
  replyTo: z.int().optional(),
});
export type Send = z.infer<typeof Send>;

export const PressButton = z.object({
  person: z.int(),
  chat: z.int(),
  message: z.int(),
  /** callback data of a button that the message has or had */
  data: z.string().min(1).max(DATA_MAX_BYTES),
});
export type PressButton = z.infer<typeof PressButton>;

export const OfMetric = z.object({ metric: z.string().min(1) });
export type OfMetric = z.infer<typeof OfMetric>;

export const SkipClock = z.union([
  z.object({ ms: z.int().positive().max(MAX_SKIP_MS) }),
  z.object({ until: z.literal('morning') }),
]);
export type SkipClock = z.infer<typeof SkipClock>;

/** What visitors do. Each throws a coded error when it cannot be done. */
export type Actions = {
  send: (request: Send) => { id: number };
  press: (request: PressButton) => Promise<PressResult>;
  fall: (request: OfMetric) => void;
  restore: (request: OfMetric) => void;
  skip: (request: SkipClock) => Promise<void>;
};

/** Makes the actions on a stand-in. */
export function createActions(options: Omit<PlaygroundOptions, 'log'> & { botApi: BotApi }): Actions {
  const { botApi, clock, demo, registry } = options;
  const skipper = clock && createSkipper(clock, demo);
  const getDemo = () =>
    demo ?? refuseControl('This workspace has no demo data: nothing can be made to fall.');

  /** Takes the part of somebody who has a phone here, in a chat that this phone shows. */
  function enter(ids: { person: number; chat: number }): { person: Person; chat: SceneChat } {
    const { people, chats } = listScene(registry.current());
    const known = people.filter(hasTelegram).find(({ id }) => id === ids.person);
    if (!known)
      throw new NotFoundError(
        'person_unknown',
        `Nobody with the Telegram id ${ids.person} has a phone here.`,
      );
    const chat = chats.find(({ id, kind }) => id === ids.chat && (kind === 'group' || id === known.id));
    if (!chat) throw new NotFoundError('chat_unknown', `${known.name} is in no chat ${ids.chat}.`);
    return { person: botApi.user({ id: known.id, first_name: known.name }), chat };
  }

  function getMessage(chat: number, id: number): MessageView {
    const message = botApi.message({ chat, id });
    if (!message || message.isDeleted)
      throw new NotFoundError('message_unknown', 'This message is no longer there. Reload the page.');
    return message;
  }

  return {
    send(request) {
      const { person, chat } = enter(request);
      const { text, replyTo } = request;
      if (replyTo === undefined) return { id: person.sends(chat, text).id };
      return { id: person.replies(getMessage(chat.id, replyTo), text).id };
    },
    press(request) {
      const { person } = enter(request);
      const message = getMessage(request.chat, request.message);
      if (!hadButton(message, request.data))
        throw new InputError('button_unknown', 'The message never had that button. Reload the page.');
      return person.presses(message, { data: request.data });
    },
    fall: ({ metric }) => getDemo().makeFall(metric),
    restore: ({ metric }) => getDemo().restore(metric),
    skip: async (request) => {
      if (!skipper) return refuseControl('The clock of this service cannot be moved.');
      await skipper(request, registry.current().workspace.timezone);
    },
  };
}

/** A phone that has not seen an edit still shows the buttons from before. */
function hadButton(message: MessageView, data: string): boolean {
  const keyboards = [message.keyboard, ...message.edits.map(({ keyboard }) => keyboard)];
  return keyboards.some((rows) => rows.flat().some((button) => button.callback_data === data));
}

function refuseControl(sentence: string): never {
  throw new RefusedError('control_absent', sentence);
}
