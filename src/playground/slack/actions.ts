import { z } from 'zod';
import { InputError, NotFoundError } from '../../errors.ts';
import type { PageCommand } from '../page-types.ts';
import {
  isJson,
  listOf,
  textOf,
  type Content,
  type Delivered,
  type Json,
  type MessageView,
  type Person,
  type SlackApi,
} from '../slack-api/index.ts';
import type { SlackScene } from './scene.ts';

/** Slack's own limits: of a message that is not cut, of a button's value. */
const TEXT_MAX = 4000;
const VALUE_MAX = 2000;

const person = z.string().min(1);

export const SlackSend = z.object({
  person,
  chat: z.string().min(1),
  text: z.string().trim().min(1).max(TEXT_MAX),
  /** the message of that chat in whose thread it stands */
  thread: z.string().optional(),
});
export type SlackSend = z.infer<typeof SlackSend>;

export const SlackPress = z.object({
  person,
  chat: z.string().min(1),
  /** null: in the Home tab */
  message: z.string().nullable(),
  /** value of a button or option that is shown, or was */
  data: z.string().min(1).max(VALUE_MAX),
});
export type SlackPress = z.infer<typeof SlackPress>;

export const SlackOpenHome = z.object({ person });
export type SlackOpenHome = z.infer<typeof SlackOpenHome>;

export const SlackClose = z.object({ person, view: z.string().min(1) });
export type SlackClose = z.infer<typeof SlackClose>;

export const SlackSubmit = SlackClose.extend({
  /** what was put in: by block, then by action */
  values: z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() }))),
});
export type SlackSubmit = z.infer<typeof SlackSubmit>;

/** `answered`: the bot took it in time. */
export type SlackDone = { answered: boolean };

/** What visitors do in Slack. Each throws a coded error when it cannot be done. */
export type SlackActions = {
  send: (request: SlackSend) => Promise<SlackDone>;
  press: (request: SlackPress) => Promise<SlackDone>;
  openHome: (request: SlackOpenHome) => Promise<SlackDone>;
  /** `errors`: what cannot be used, by block; then the modal stays open */
  submit: (request: SlackSubmit) => Promise<SlackDone & { errors: Record<string, string> }>;
  close: (request: SlackClose) => void;
};

export type SlackActionsOptions = {
  api: SlackApi;
  /** opens who is there now, and gives them */
  enter: () => { scene: SlackScene; people: ReadonlyMap<string, Person> };
  commands: readonly PageCommand[];
};

/** Makes the actions on a stand-in. */
export function createSlackActions(options: SlackActionsOptions): SlackActions {
  return {
    async send({ person: id, chat, text, thread }) {
      const who = getPerson(options, id, chat);
      if (text.startsWith('/')) return doneOf(await command(options, who, { chat, text, thread }));
      const to = { channel: chat, ...(thread === undefined ? {} : { thread }) };
      return doneOf(await who.sends(escapeText(text), to));
    },
    async press({ person: id, chat, message, data }) {
      const who = getPerson(options, id, chat);
      if (message === null) return doneOf(await pressHome(options, who, data));
      const found = getMessage(options, { person: id, chat, message });
      refuseForgery([found, ...found.edits], data);
      return doneOf(await who.presses(found, { value: data }));
    },
    openHome: async ({ person: id }) => doneOf(await getPerson(options, id, id).opensHome()),
    async submit({ person: id, view, values }) {
      const delivered = await getPerson(options, id, id).submits(getModal(options, id, view), values);
      return { ...doneOf(delivered), errors: errorsOf(delivered.body) };
    },
    close({ person: id, view }) {
      getPerson(options, id, id).closes(getModal(options, id, view));
    },
  };
}

/** Slack's own clients escape what people type (Slack, formatting text). */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function doneOf({ status }: Delivered): SlackDone {
  return { answered: status !== null && status < 300 };
}

function errorsOf(body: unknown): Record<string, string> {
  const errors = isJson(body) ? body['errors'] : undefined;
  if (!isJson(errors)) return {};
  return Object.fromEntries(Object.entries(errors).map(([block, words]) => [block, String(words)]));
}

/** Takes the part of somebody in a conversation that this phone shows. */
function getPerson({ enter }: SlackActionsOptions, id: string, chat: string): Person {
  const { scene, people } = enter();
  const found = people.get(id);
  if (!found) throw new NotFoundError('person_unknown', `Nobody with the Slack id ${id} has a phone here.`);
  const isShown = scene.chats.some((each) => each.id === chat && (each.kind === 'channel' || chat === id));
  if (!isShown) throw new NotFoundError('chat_unknown', `${found.spec.name} is in no conversation ${chat}.`);
  return found;
}

/** Slack itself refuses commands that no app has, and commands in threads. */
function command(
  { commands }: SlackActionsOptions,
  who: Person,
  { chat, text, thread }: Pick<SlackSend, 'chat' | 'text' | 'thread'>,
): Promise<Delivered> {
  const [name = ''] = text.slice(1).split(/\s/, 1);
  if (!commands.some((each) => each.command === name))
    throw new InputError('command_unknown', `/${name} is not a valid command. Write /heartbeat help.`);
  if (thread !== undefined)
    throw new InputError('command_in_thread', `/${name} is not supported in threads. Write it in the chat.`);
  return who.commands(text, chat);
}

function pressHome({ api }: SlackActionsOptions, who: Person, data: string): Promise<Delivered> {
  const home = api.home(who.id);
  refuseForgery([{ text: '', blocks: home ? listOf(home.view, 'blocks') : [] }], data);
  return who.pressesHome({ value: data });
}

function getMessage(
  { api }: SlackActionsOptions,
  { person: id, chat, message }: { person: string; chat: string; message: string },
): MessageView {
  const found = [...api.messages(chat), ...api.ephemerals(id)].find(({ ts }) => ts === message);
  if (!found) throw new NotFoundError('message_unknown', 'This message is no longer there. Reload the page.');
  return found;
}

function getModal({ api }: SlackActionsOptions, user: string, id: string) {
  const found = api.modals(user).find((view) => view.id === id && !view.isClosed);
  if (!found) throw new NotFoundError('view_unknown', 'This window is no longer open.');
  return found;
}

/** A phone that has not seen an edit still shows the buttons from before; others do not exist. */
function refuseForgery(contents: readonly Content[], data: string): void {
  const values = contents.flatMap(({ blocks }) => blocks.flatMap(valuesOf));
  if (!values.includes(data))
    throw new InputError('button_unknown', 'There never was that button. Reload the page.');
}

function valuesOf(block: Json): (string | undefined)[] {
  const { accessory } = block;
  const elements = [...listOf(block, 'elements'), ...(isJson(accessory) ? [accessory] : [])];
  return elements.flatMap((element) =>
    [element, ...listOf(element, 'options')].map((each) => textOf(each, 'value')),
  );
}
