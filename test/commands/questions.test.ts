import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAlertRecord, pressAlert, type AlertAction } from '../../src/alerts/index.ts';
import { createWords, lineText, type Answer } from '../../src/answers/index.ts';
import {
  answerPress,
  answerQuestion,
  answerText,
  noteReply,
  type Question,
} from '../../src/commands/index.ts';
import type { Person } from '../../src/registry/index.ts';
import { withServerDatabase } from '../support/database.ts';
import { aCaller, aMetric, aRegistry, ivan } from '../support/deps.ts';
import { createWorld, type World } from '../http/world.ts';

const database = withServerDatabase();
const ann: Person = { ...ivan, email: 'ann@shop.test', name: 'Ann', role: 'operator', telegramId: 1002 };
const vera: Person = { ...ivan, email: 'vera@shop.test', name: 'Vera', role: 'viewer', telegramId: 1003 };
const METRICS = [aMetric(), aMetric({ id: 'refunds', name: 'Refunds', synonyms: ['money back'] })];
const QUESTION: Question = { kind: 'snooze_until', alert: 1001, version: 1 };
let world: World;
let actor = 0;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db, registry: aRegistry(METRICS, { people: [ivan, ann, vera] }) });
  await world.tick(3.1);
});
afterEach(() => world.close());

function contextOf(person: Person) {
  return {
    deps: world.deps,
    caller: aCaller(person),
    words: createWords('en', 'Europe/Madrid'),
    place: null,
  };
}

const textOf = (answer: Answer): string => answer.lines.map(lineText).join('\n');
const say = async (text: string, { person = ivan, question = QUESTION } = {}) => {
  const { answer, isOver } = await answerQuestion(contextOf(person), question, text);
  return `${textOf(answer)}${isOver ? ' (over)' : ''}`;
};
const alertNow = () => findAlertRecord(database.db, 'shop', { number: 1001 });
const press = (person: Person, action: AlertAction) =>
  pressAlert(world.deps, contextOf(person).caller, {
    alert: { number: 1001 },
    version: null,
    action,
    place: null,
  });
const ask = (person: Person, data: string) => answerPress(contextOf(person), data);

async function command(text: string, person = ivan): Promise<string> {
  const said: string[] = [];
  for await (const answer of answerText({ ...contextOf(person), text, botName: 'bot', isPrivate: true }))
    said.push(textOf(answer));
  return said.join('\n');
}

describe('words for the question until when', () => {
  it('snooze the alert, and the answer says the resolved instant', async () => {
    expect(await say('tomorrow 8:30')).toMatch(
      /^💤 Snoozed · Checkout conversion · A-1001\nSilent until Sat 08:30;.*\(over\)$/s,
    );
    expect((await alertNow())?.snooze).toEqual({
      by: 'ivan@shop.test',
      until: new Date('2026-11-21T07:30:00Z'),
    });
  });

  it('leave it open when they cannot be read, or name no time in the next thirty days', async () => {
    expect(await say('whenever')).toMatch(/^❓ I cannot read “whenever” as a time\.[^(]*$/);
    expect(await say('1 may')).toMatch(/^❓ “1 may” is not within the next 30 days\.[^(]*$/);
    expect(await alertNow()).toMatchObject({ state: 'firing', version: 1 });
  });

  it('follow what the same person did meanwhile', async () => {
    await press(ivan, { kind: 'ack' });
    expect(await say('3h')).toMatch(/Snoozed/);
    expect(await alertNow()).toMatchObject({ state: 'snoozed', ack: null });
  });

  it('T10 do not undo what somebody else did, and tell who it was', async () => {
    await press(ann, { kind: 'ack' });
    expect(await say('3h')).toMatch(/Already acked by Ann, just now\. \(over\)/);
    await press(ann, { kind: 'unack' });
    expect(await say('3h')).toMatch(/has changed since.*\(over\)/);
    await press(ann, { kind: 'snooze', until: new Date('2026-11-20T12:00:00Z') });
    expect(await say('3h')).toMatch(/Already snoozed by Ann until 13:00\. \(over\)/);
    expect((await alertNow())?.snooze?.by).toBe('ann@shop.test');
  });

  it('T10 come too late for an alert that is over', async () => {
    await world.tick(4.5);
    expect(await say('3h')).toMatch(/A-1001 has ended .*\(over\)/);
    expect(await say('3h', { question: { ...QUESTION, alert: 7 } })).toMatch(/This alert is over.*\(over\)/);
    expect(await alertNow()).toMatchObject({ state: 'resolved' });
  });

  it('T16 are refused to who lost the role, for good; trouble that passes leaves the question open', async () => {
    expect(await say('3h', { person: vera })).toMatch(/takes the role operator.*\(over\)/);
    const { prisma } = world.deps.db;
    Object.assign(world.deps, { db: { ...world.deps.db, prisma: undefined } });
    expect(await say('3h')).toMatch(/went wrong on my side[^(]*$/);
    Object.assign(world.deps, { db: { ...world.deps.db, prisma } });
    expect(await say('3h')).toMatch(/Snoozed/);
  });

  it('whatever they are, nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        actor += 1;
        // one person may say sixty things a minute
        const person = { ...ivan, email: `fuzz-${actor}@shop.test` };
        const { answer } = await answerQuestion(contextOf(person), QUESTION, text);
        expect(textOf(answer).length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the button that asks', () => {
  it('gives the question and puts the alert’s own buttons back', async () => {
    const { asks, toast } = await ask(ivan, '1:sq:1001:1');
    expect(asks?.question).toEqual(QUESTION);
    expect(asks?.answer.asks?.hint).toBe('tomorrow 8:30');
    expect(toast.buttons?.flat().map(({ label }) => label)).toContain('💤 …');
  });

  it('T10 asks nothing about an alert that is over, unknown, or another than was shown', async () => {
    expect((await ask(ivan, '1:sq:1001:9')).toast.toast).toMatch(/has changed since/);
    expect((await ask(ivan, '1:sq:77:1')).toast.toast).toMatch(/is over/);
    expect(await ask(vera, '1:sq:1001:1')).toMatchObject({ toast: { alarm: true } });
    await world.tick(4.5);
    const late = await ask(ivan, '1:sq:1001:1');
    expect(late.toast.toast).toMatch(/A-1001 has ended/);
    expect(late.asks).toBeUndefined();
  });
});

describe('/note', () => {
  const notes = async () => (await alertNow())?.notes.map(({ text }) => text);

  it('takes number, synonym, or words alone where one alert is open; its lines and quotes stay', async () => {
    expect(await command('/note A-1001 a "b"\n c')).toMatch(/Noted under A-1001/);
    expect(await command('/note CR second')).toMatch(/Noted/);
    expect(await command('/note the conversion is low')).toMatch(/Noted/);
    expect(await command('/note@bot 1001 fourth')).toMatch(/Noted/);
    expect(await command('/note checkout CONVERSION fifth\nline')).toMatch(/Noted/);
    expect(await notes()).toEqual(['fifth\nline', 'fourth', 'the conversion is low', 'second', 'a "b"\n c']);
  });

  it('asks which alert where several are open, and for words where there are none', async () => {
    expect(await command('/note A-1001')).toMatch(/needs words/);
    expect(await command('/note')).toMatch(/needs words/);
    await world.tick(3.1, 'refunds');
    expect(await command('/note something happened')).toMatch(/Say which alert/);
    expect(await command('/note refunds it is the bank')).toMatch(/Noted under A-1002/);
    expect(await command('/note A-77 x')).toMatch(/no open alert A-77/);
    expect(await notes()).toEqual([]);
  });

  it('takes any reply', async () => {
    const id = (await alertNow())?.id ?? '';
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 1_500 }), async (text) => {
        actor += 1;
        const { answer } = await noteReply(contextOf({ ...ann, email: `fuzz-${actor}@shop.test` }), id, text);
        expect(textOf(answer)).toMatch(/^(✍️ Noted under A-1001|⛔ A note needs words)/u);
      }),
      { numRuns: 60 },
    );
  });
});
