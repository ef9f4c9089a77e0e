import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cockpitSpec, encodePress, type AlertView, type Answer } from '../../../src/answers/index.ts';
import { renderHome } from '../../../src/channels/slack/home-view.ts';
import { askModal } from '../../../src/channels/slack/modal.ts';
import { renderAnswer, renderPlain } from '../../../src/channels/slack/render.ts';
import {
  checkBlocks,
  checkMrkdwn,
  checkView,
  findMentions,
  isJson,
} from '../../../src/playground/slack-api/index.ts';
import { NOW, status, view, WORDS } from '../../answers/facts.ts';
import { randomRequests, randomText } from '../random-requests.ts';

const RUNS = 10_000;
/** Seconds on a free machine; a busy one may take long. */
const TIMEOUT_MS = 180_000;
const PLACE = { channel: 'slack', conversation: 'C0GROWTH' } as const;
const MENU = encodePress({ kind: 'snooze_menu', alert: 1042, version: 3 });

const cockpitOf = () => cockpitSpec([status()], { title: '', words: WORDS.en, theme: 'light', now: NOW });

/** Every mrkdwn text of blocks. */
function mrkdwnOf(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block): string[] => {
    if (!isJson(block)) return [];
    const { text, elements } = block;
    const own = isJson(text) && text['type'] === 'mrkdwn' ? [String(text['text'])] : [];
    return [...own, ...(block['type'] === 'context' && Array.isArray(elements) ? mrkdwnTexts(elements) : [])];
  });
}

function mrkdwnTexts(elements: readonly unknown[]): string[] {
  return elements.flatMap((one) => (isJson(one) && one['type'] === 'mrkdwn' ? [String(one['text'])] : []));
}

function problemsOf(text: string): string[] {
  return [
    ...checkMrkdwn(text),
    ...findMentions(text),
    ...(/@(here|channel|everyone)\b/i.exec(text) ?? []),
    ...(text.isWellFormed() ? [] : ['half a character']),
    ...(text === '' ? ['empty'] : []),
  ];
}

describe('rendering for Slack, over random answers', () => {
  it(
    `T14 is inside every limit, calls nobody and is taken by the stand-in, ${RUNS} times`,
    { timeout: TIMEOUT_MS },
    () => {
      fc.assert(
        fc.property(
          randomRequests(PLACE, ['post', 'edit', 'reply', 'notice']),
          fc.option(randomText),
          fc.constantFrom('en' as const, 'ru' as const),
          ({ answer, picture }, mark, locale) => {
            const buttons = [...(answer.buttons ?? []), [{ label: '💤 …', press: MENU }]];
            const rendered = renderAnswer(
              { ...answer, buttons },
              {
                words: WORDS[locale],
                picture: picture && { fileId: 'F1', alt: answer.code ?? '' },
                ...(mark === null ? {} : { mark }),
              },
            );
            expect(checkBlocks(rendered.blocks, { surface: 'message' })).toEqual([]);
            expect(rendered.blocks.length).toBeGreaterThan(0);
            const plain = renderPlain(answer, mark === null ? {} : { mark });
            expect(plain.text.length).toBeLessThanOrEqual(4_000);
            const texts = [rendered.text, plain.text, ...mrkdwnOf(rendered.blocks)];
            expect(texts.flatMap(problemsOf)).toEqual([]);
          },
        ),
        { numRuns: RUNS },
      );
    },
  );

  it('T14 what a phone shows is at most 60 characters of the first line', () => {
    fc.assert(
      fc.property(randomText, (text) => {
        const shown = renderAnswer({ lines: [[text]] }, { words: WORDS.en }).text;
        const plain = shown.replaceAll(/&(amp|lt|gt);/g, '.').replaceAll('\u200b', '');
        expect(plain.length).toBeLessThanOrEqual(60);
      }),
      { numRuns: 1_000 },
    );
  });

  it('T14 the Home tab and modals too, with alerts of any name', { timeout: TIMEOUT_MS }, () => {
    const alertPicture = { picture: { spec: cockpitOf(), alt: '' } };
    const alerts = fc.array(
      randomText.map((name): AlertView => view({ metric: { ...view().metric, name }, owner: name })),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(alerts, randomText, (views, text) => {
        const unique = views.map((one, index) => ({ ...one, number: index + 1 }));
        const home = renderHome(
          {
            name: text,
            workspace: text,
            alerts: unique,
            alertCount: 400,
            starred: { answer: { lines: [[text]], ...alertPicture }, fileId: 'F1' },
            settings: [{ lines: [[text], [text]] }],
            said: text === '' ? null : text,
          },
          WORDS.ru,
        );
        expect(checkView({ ...home }, {})).toEqual([]);
        expect(mrkdwnOf(home.blocks).flatMap(problemsOf)).toEqual([]);
        const answer: Answer = { lines: [[text], [text]], asks: { hint: text } };
        const question = { kind: 'snooze_until', alert: 1, version: 1 } as const;
        const modal = askModal({ state: { question, channel: 'C0' }, answer, now: NOW }, WORDS.ru);
        expect(checkView({ ...modal }, {})).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
