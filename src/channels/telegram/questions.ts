import {
  conversations,
  createConversation,
  type Conversation,
  type ConversationData,
  type ConversationFlavor,
  type VersionedStateStorage,
} from '@grammyjs/conversations';
import { Composer, Context, type Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Question } from '../../commands/index.ts';

/** Somebody in a chat: another member of the same chat is somebody else. */
export type Speaker = { chat: string; fromId: number };

/** Takes words given to a question, and tells whether that ends it. `isLast`: it ends in any case. */
export type TakeWords = (question: Question, text: string, isLast: boolean) => Promise<boolean>;

/** Questions that wait for words of one person in one chat. They outlive the process. */
export interface Questions {
  /** Opens a question; it replaces the one that was open. */
  open(speaker: Speaker, question: Question): Promise<void>;
  /** Gives words to the open question; false when none is open. */
  hear(speaker: Speaker, text: string, take: TakeWords): Promise<boolean>;
  /** Drops the open question; false when none is open. */
  drop(speaker: Speaker): Promise<boolean>;
}

export type QuestionsOptions = { api: Api; store: VersionedStateStorage<string, ConversationData> };

/** To be raised when `waitForWords` changes: what was stored under another version is dropped. */
const VERSION = 1;
const NAME = 'question';
/** Words that cannot be read, before the question is dropped. */
const TRIES_MAX = 5;

type Turn = { kind: 'open'; question: Question } | { kind: 'hear'; take: TakeWords } | { kind: 'drop' };
type TurnContext = ConversationFlavor<Context> & { turn: Turn; hadQuestion: boolean };

/**
 * Makes questions of grammY's conversations. A conversation sees only the words that are meant for it, so that it swallows no
 * press and no command; it calls nothing itself, so that replays and pacing cannot meet.
 */
export function createQuestions({ api, store }: QuestionsOptions): Questions {
  const run = createMachine(store);
  const take = (speaker: Speaker, turn: Turn, text = ''): Promise<boolean> =>
    run(
      Object.assign(new Context(toUpdate(speaker, text), api, ME), {
        turn,
        hadQuestion: true,
      }) as TurnContext,
    );
  return {
    open: async (speaker, question) => void (await take(speaker, { kind: 'open', question })),
    hear: (speaker, text, words) => take(speaker, { kind: 'hear', take: words }, text),
    drop: (speaker) => take(speaker, { kind: 'drop' }),
  };
}

function createMachine(store: QuestionsOptions['store']): (context: TurnContext) => Promise<boolean> {
  const composer = new Composer<TurnContext>();
  composer.use(
    conversations<TurnContext, Context>({
      storage: { type: 'key', version: VERSION, getStorageKey: keyOf, adapter: store },
    }),
  );
  // before the conversation itself: it would take these turns for words
  composer.use(async (context, next) => {
    if (context.turn.kind !== 'hear') {
      context.hadQuestion = context.conversation.active(NAME) > 0;
      await context.conversation.exitAll();
    }
    await next();
  });
  composer.use(createConversation<TurnContext, Context>(waitForWords, NAME));
  composer.use(async (context) => {
    if (context.turn.kind === 'open') await context.conversation.enter(NAME, context.turn.question);
    if (context.turn.kind === 'hear') context.hadQuestion = false;
  });
  const middleware = composer.middleware();
  return async (context) => {
    await middleware(context, async () => {});
    return context.hadQuestion;
  };
}

async function waitForWords(
  conversation: Conversation<TurnContext>,
  _opened: Context,
  question: Question,
): Promise<void> {
  for (let tried = 1; tried <= TRIES_MAX; tried += 1) {
    const { message } = await conversation.waitFor('message:text');
    const isLast = tried === TRIES_MAX;
    const isOver = await conversation.external(
      async ({ turn }) => turn.kind !== 'hear' || (await turn.take(question, message.text, isLast)),
    );
    if (isOver) return;
  }
}

/** Chat and person: with the chat alone anybody in a group would answer. */
function keyOf({ chatId, from }: Context): string {
  return `telegram:${chatId}:${from?.id}`;
}

/** Only what a conversation needs is stored of a person: ids, and the words as PostgreSQL can hold them. */
function toUpdate({ chat, fromId }: Speaker, text: string): Update {
  return {
    update_id: 0,
    message: {
      message_id: 0,
      date: 0,
      chat: { id: Number(chat), type: 'private', first_name: '' },
      from: { id: fromId, is_bot: false, first_name: '' },
      text: text.toWellFormed().replaceAll('\0', ' '),
    },
  };
}

/** A conversation that calls nothing needs no bot. */
const ME = { id: 0, is_bot: true, first_name: '', username: '' } as Context['me'];
