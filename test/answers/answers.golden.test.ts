import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { matchGolden } from '../support/golden.ts';
import { ALERT_CASES } from './cases-alert.ts';
import { COMMAND_CASES } from './cases-command.ts';
import { EDGE_CASES } from './cases-edges.ts';
import { LIST_CASES } from './cases-lists.ts';
import { OPERATE_CASES } from './cases-operate.ts';
import { PEOPLE_CASES } from './cases-people.ts';
import { PREVIEW_CASES } from './cases-preview.ts';
import { SCHEDULE_CASES } from './cases-schedule.ts';
import { WORDS } from './facts.ts';
import { writeAnswer } from './written.ts';

const CASES = {
  ...ALERT_CASES,
  ...COMMAND_CASES,
  ...PREVIEW_CASES,
  ...OPERATE_CASES,
  ...LIST_CASES,
  ...EDGE_CASES,
  ...PEOPLE_CASES,
  ...SCHEDULE_CASES,
};

describe('what Heartbeat says, in English and in Russian', () => {
  it.each(Object.entries(CASES))('%s', (name, answer) => {
    expect.hasAssertions();
    const texts = [WORDS.en, WORDS.ru].map((words) => `── ${words.locale}\n${writeAnswer(answer(words))}`);
    matchGolden(import.meta.dirname, `${name}.txt`, texts.join('\n\n'));
  });

  it('has no recorded file without a case', () => {
    const files = readdirSync(join(import.meta.dirname, 'golden'));
    expect(files.toSorted()).toEqual(
      Object.keys(CASES)
        .map((name) => `${name}.txt`)
        .toSorted(),
    );
  });
});
