import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  answerError,
  answerHelp,
  answerUnknownCommand,
  lineText,
  type Answer,
} from '../../../src/answers/index.ts';
import { renderHome } from '../../../src/channels/slack/home-view.ts';
import { askModal, sayingModal } from '../../../src/channels/slack/modal.ts';
import { notificationOf, renderAnswer, renderPlain } from '../../../src/channels/slack/render.ts';
import { linesInSlack, nameInSlack } from '../../../src/channels/slack/slash-names.ts';
import { commands } from '../../../src/commands/index.ts';
import { InputError } from '../../../src/errors.ts';
import { listSlackCommands } from '../../../src/open-slack.ts';
import { NOW, WORDS } from '../../answers/facts.ts';

const LOCALES = join(import.meta.dirname, '../../../locales');
const NAMES = new Set(commands.map(({ name }) => name));
/** What Slack takes: our own commands, and its own `/invite`. */
const TAKEN = new Set([...listSlackCommands().map(({ command }) => command), 'invite']);

/** Commands that a text names and Slack would not run. */
function untaken(text: string): string[] {
  const named = [...text.matchAll(/(?<![\p{L}\p{N}/.:_-])\/([a-z_]+)/gu)].map((match) => match[1] ?? '');
  const under = [...text.matchAll(/\/heartbeat ([a-z_]+)/g)].map((match) => match[1] ?? '');
  return [...named.filter((name) => !TAKEN.has(name)), ...under.filter((name) => !NAMES.has(name))];
}

/** Every line of the locale files, without its key. */
function readTexts(): { at: string; text: string }[] {
  return readdirSync(LOCALES).flatMap((file) =>
    readFileSync(join(LOCALES, file), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line, index) => ({ at: `${file}:${index}`, text: line.replace(/^[\w-]+ = /, '') })),
  );
}

const shown = (answer: Answer): string =>
  renderAnswer(answer, { words: WORDS.en })
    .blocks.map((block) => (block.type === 'section' ? block.text.text : ''))
    .join('\n');

describe('what Slack shows names commands that work there', () => {
  it('in every text of every language', () => {
    const texts = readTexts().filter(({ text }) => text.includes('/'));
    const named = texts.filter(({ text }) => untaken(text).length > 0);
    expect(named.length, 'some need another name in Slack').toBeGreaterThan(10);
    const wrong = texts.filter(({ text }) =>
      linesInSlack([[text]]).some((line) => untaken(lineText(line)).length > 0),
    );
    expect(wrong).toEqual([]);
  });

  it('on no button: its label is shown as it stands', () => {
    const wrong = readTexts().filter(({ at, text }) => /button/.test(at) && untaken(text).length > 0);
    expect(wrong).toEqual([]);
  });

  it('in the help of all commands', () => {
    const help = answerHelp(
      commands.map(({ name }) => ({ name, summary: `command-${name}` })),
      WORDS.en,
    );
    const text = shown(help);
    expect(untaken(text)).toEqual([]);
    expect(text).toMatch(/\/heartbeat star — [\s\S]*\/unstar — /);
    expect(text).not.toMatch(/cancel/);
  });

  it('in suggestions and refusals, whose names are put in', () => {
    const unknown = answerUnknownCommand({ typed: '/strar', nearest: 'star' }, WORDS.en);
    for (const text of [shown(unknown), renderPlain(unknown, {}).text])
      expect(text).toMatch(/Did you mean \/heartbeat star\?/);
    expect(notificationOf({ lines: [['/help']] })).toBe('/heartbeat help');
    const details = { command: 'star', reason: 'x' };
    const refused = shown(answerError(new InputError('arguments_invalid', 'x', { details }), WORDS.en));
    expect(refused).toMatch(/\/heartbeat star does not work like that[\s\S]*\/heartbeat help lists/);
  });

  it('in modals, without the word on how to drop a question: they have a button for that', () => {
    const answer = {
      lines: [['Which?'], ['/cancel drops the question.'], ['/help helps']],
      asks: { hint: '' },
    };
    const state = { question: { kind: 'link_code' as const }, channel: null };
    const asked = JSON.stringify(askModal({ state, answer, now: NOW }, WORDS.en));
    expect(asked).toMatch(/Which\?\\n\/heartbeat help helps/);
    expect(JSON.stringify(sayingModal('Try /help', WORDS.en))).toContain('Try /heartbeat help');
  });

  it('in the Home tab', () => {
    const facts = {
      name: 'Ann',
      workspace: 'Shop',
      alerts: [],
      alertCount: 0,
      settings: [],
      said: 'See /help',
    };
    const starred = { answer: { lines: [[WORDS.en.t('no-stars')]] }, fileId: null };
    const home = JSON.stringify(renderHome({ ...facts, starred }, WORDS.en));
    expect(home).toMatch(/See \/heartbeat help[\s\S]*: \/heartbeat star and a metric/);
  });
});

describe('a name', () => {
  it('is a word of its own: paths, addresses and longer names stay as they are', () => {
    expect(nameInSlack('(/help), “/star cr”; /star.')).toBe(
      '(/heartbeat help), “/heartbeat star cr”; /heartbeat star.',
    );
    for (const text of [
      '/starred',
      'a/star',
      '/star/x',
      'https://a.b/help',
      '/heartbeat star',
      '/metric cr',
      '/a.star',
    ])
      expect(nameInSlack(text)).toBe(text);
  });

  it('is told in every kind of words, and leaves instants and addresses alone', () => {
    const at = { kind: 'at' as const, at: NOW, text: '12:00' };
    const link = { kind: 'link' as const, text: '/help', url: 'https://a.b/help' };
    expect(linesInSlack([[{ kind: 'bold', text: '/star' }, at, link]])).toEqual([
      [{ kind: 'bold', text: '/heartbeat star' }, at, { ...link, text: '/heartbeat help' }],
    ]);
  });
});
