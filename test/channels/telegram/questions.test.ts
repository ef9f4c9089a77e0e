import type { ConversationData, VersionedState } from '@grammyjs/conversations';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuestions, type TakeWords } from '../../../src/channels/telegram/questions.ts';
import { startTelegram } from './telegram.ts';

const QUESTION = { kind: 'snooze_until', alert: 1042, version: 3 } as const;
const OTHER = { ...QUESTION, alert: 1043 };
const IVAN = { chat: '-100200', fromId: 1001 };
const ANN = { chat: '-100200', fromId: 1002 };

/** A store whose content outlives the questions, as a table does. */
function keepStates() {
  const states = new Map<string, string>();
  return {
    states,
    store: {
      read: async (key: string) => {
        const state = states.get(key);
        return state === undefined ? undefined : (JSON.parse(state) as VersionedState<ConversationData>);
      },
      write: async (key: string, state: VersionedState<ConversationData>) =>
        void states.set(key, JSON.stringify(state)),
      delete: async (key: string) => void states.delete(key),
    },
  };
}

async function start() {
  const { api, channel } = await startTelegram();
  const { states, store } = keepStates();
  const heard: string[] = [];
  const take =
    (isOver: boolean): TakeWords =>
    async (question, text, isLast) => {
      heard.push(`${'alert' in question ? question.alert : '?'} ${text}${isLast ? ' (last)' : ''}`);
      return isOver;
    };
  const make = () => createQuestions({ api: channel.api, store });
  return { api, states, heard, take, make, token: channel.api.token };
}

describe('a question that waits for words', () => {
  it('hears them once, and is over when they are taken', async () => {
    const { make, heard, take, states } = await start();
    const questions = make();
    await questions.open(IVAN, QUESTION);
    expect(await questions.hear(IVAN, 'tomorrow', take(true))).toBe(true);
    expect(await questions.hear(IVAN, 'again', take(true))).toBe(false);
    expect(heard).toEqual(['1042 tomorrow']);
    expect(states.size).toBe(0);
  });

  it('goes on after a restart in the middle, without hearing anything twice', async () => {
    const { make, heard, take } = await start();
    await make().open(IVAN, QUESTION);
    expect(await make().hear(IVAN, 'soon', take(false))).toBe(true);
    expect(await make().hear(IVAN, 'later', take(false))).toBe(true);
    expect(await make().hear(IVAN, '3h', take(true))).toBe(true);
    expect(heard).toEqual(['1042 soon', '1042 later', '1042 3h']);
  });

  it('T16 does not hear another member of the chat, nor the same person elsewhere', async () => {
    const { make, heard, take } = await start();
    const questions = make();
    await questions.open(IVAN, QUESTION);
    expect(await questions.hear(ANN, '3h', take(true))).toBe(false);
    expect(await questions.hear({ ...IVAN, chat: '1001' }, '3h', take(true))).toBe(false);
    expect(heard).toEqual([]);
    expect(await questions.hear(IVAN, '4h', take(true))).toBe(true);
    expect(heard).toEqual(['1042 4h']);
  });

  it('gives way to the next question of the same person', async () => {
    const { make, heard, take } = await start();
    const questions = make();
    await questions.open(IVAN, QUESTION);
    await questions.open(IVAN, OTHER);
    await questions.hear(IVAN, '3h', take(true));
    expect(heard).toEqual(['1043 3h']);
    expect(await questions.hear(IVAN, '3h', take(true))).toBe(false);
  });

  it('is dropped when asked to, and tells whether there was one', async () => {
    const { make, heard, take } = await start();
    const questions = make();
    expect(await questions.drop(IVAN)).toBe(false);
    await questions.open(IVAN, QUESTION);
    expect(await questions.drop(ANN)).toBe(false);
    expect(await questions.drop(IVAN)).toBe(true);
    expect(await questions.hear(IVAN, '3h', take(true))).toBe(false);
    expect(heard).toEqual([]);
  });

  it('ends after five answers that could not be read', async () => {
    const { make, heard, take } = await start();
    const questions = make();
    await questions.open(IVAN, QUESTION);
    for (let n = 1; n <= 5; n += 1) expect(await questions.hear(IVAN, `try ${n}`, take(false))).toBe(true);
    expect(await questions.hear(IVAN, 'try 6', take(false))).toBe(false);
    expect(heard.at(-1)).toBe('1042 try 5 (last)');
  });

  it('forgets what another version of the program asked', async () => {
    const { make, heard, take, states } = await start();
    await make().open(IVAN, QUESTION);
    for (const [key, state] of states) states.set(key, state.replace('"version":[0,1]', '"version":[0,0]'));
    expect(await make().hear(IVAN, '3h', take(true))).toBe(false);
    expect(heard).toEqual([]);
  });

  it('calls nothing, and stores neither a token nor a name', async () => {
    const { api, make, take, states, token } = await start();
    const questions = make();
    await questions.open(IVAN, QUESTION);
    await questions.hear(IVAN, 'soon', take(false));
    const stored = [...states.values()].join('');
    expect(stored).toContain('1042');
    expect(stored).not.toContain(token);
    expect(stored).not.toMatch(/Ivan/);
    expect(api.calls).toEqual([]);
  });

  it('takes any words', async () => {
    const { make } = await start();
    const questions = make();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        await questions.open(IVAN, QUESTION);
        let heard = '';
        await questions.hear(IVAN, text, async (_question, words) => {
          heard = words;
          return true;
        });
        expect(heard).toBe(text.toWellFormed().replaceAll('\0', ' '));
      }),
      { numRuns: 100 },
    );
  });
});
