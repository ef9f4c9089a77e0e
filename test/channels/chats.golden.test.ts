import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Answer, Words } from '../../src/answers/index.ts';
import { renderAnswer as renderSlack } from '../../src/channels/slack/render.ts';
import { CAPTION_MAX, TEXT_MAX } from '../../src/channels/telegram/limits.ts';
import { renderAnswer as renderTelegram } from '../../src/channels/telegram/render.ts';
import { WORDS } from '../answers/facts.ts';
import { matchGolden } from '../support/golden.ts';
import { writeSlack } from './written-slack.ts';

type Case = (words: Words) => Answer;

/** Every case of what Heartbeat says, over all files of cases. */
async function readCases(): Promise<[string, Case][]> {
  const dir = join(import.meta.dirname, '../answers');
  const files = readdirSync(dir).filter((file) => /^cases-.*\.ts$/.test(file));
  const modules = await Promise.all(
    files.map(async (file) => (await import(join(dir, file))) as Record<string, Record<string, Case>>),
  );
  return modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, cases]) => (name.endsWith('_CASES') ? Object.entries(cases) : [])),
  );
}

const CASES = await readCases();

function writeTelegram(answer: Answer): string {
  const { html, keyboard } = renderTelegram(answer, {
    maxLength: answer.picture ? CAPTION_MAX : TEXT_MAX,
    onRefusedButton: (error) => {
      throw error;
    },
  });
  const rows = keyboard.map((row) =>
    row
      .map((button) => `[${button.text}] ${'url' in button ? button.url : button.callback_data}`)
      .join('   '),
  );
  return [html, ...rows].join('\n');
}

function writeBoth(answer: Answer, words: Words): string {
  const picture = answer.picture ? { fileId: 'F1', alt: answer.picture.alt } : null;
  const slack = writeSlack(renderSlack(answer, { words, picture }));
  return `── ${words.locale}, Telegram\n${writeTelegram(answer)}\n\n── ${words.locale}, Slack\n${slack}`;
}

describe('what both chats show, in English and in Russian', () => {
  it.each(CASES)('%s', (name, answer) => {
    expect.hasAssertions();
    const texts = [WORDS.en, WORDS.ru].map((words) => writeBoth(answer(words), words));
    matchGolden(import.meta.dirname, `${name}.txt`, texts.join('\n\n'));
  });

  it('has no recorded file without a case', () => {
    expect(CASES.length).toBeGreaterThan(100);
    const files = readdirSync(join(import.meta.dirname, 'golden'));
    expect(files.toSorted()).toEqual(CASES.map(([name]) => `${name}.txt`).toSorted());
  });
});
