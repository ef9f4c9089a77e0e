import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actHint, answerText, isVisible, writeLines, type SpanWriter } from '../../src/answers/index.ts';
import { view, WORDS } from './facts.ts';

/** A platform that doubles every x and puts bold into two signs. */
const write: SpanWriter = (span) => {
  const text = (typeof span === 'string' ? span : span.text).replaceAll('x', 'xx');
  return typeof span === 'string' ? text : `<${text}>`;
};

describe('an answer as plain text', () => {
  it('names addresses, keeps the code last, and has no control or direction marks', () => {
    const text = answerText({
      lines: [
        ['a\u0000b\u202e ', { kind: 'bold', text: 'c' }],
        [
          { kind: 'link', text: 'A-1', url: 'https://a.test' },
          ' ',
          { kind: 'link', text: 'https://b.test', url: 'https://b.test' },
        ],
      ],
      code: 'select 1\r\n  from x\n',
    });
    expect(text).toBe('a b  c\nA-1 (https://a.test) https://b.test\nselect 1\n  from x');
  });
});

describe('lines in a room', () => {
  it('are whole where there is room, escapes and marks counted', () => {
    const lines = [['xx ', { kind: 'bold', text: 'x' } as const], ['y']];
    expect(writeLines(lines, write, 11)).toBe('xxxx <xx>\ny');
    expect(writeLines(lines, write, 10)).toBe('xxxx <xx>…');
  });

  it('are cut inside a span, with its marks closed', () => {
    expect(writeLines([[{ kind: 'bold', text: 'xxxxxxxx' }]], write, 9)).toBe('<xxxxxx…>');
    expect(writeLines([['xxxxxxxx']], write, 4)).toBe('xx…');
  });

  it('are never longer than the room, and end in an ellipsis when cut', () => {
    const span = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.record({ kind: fc.constant('bold' as const), text: fc.string({ maxLength: 30 }) }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        (lines, room) => {
          const text = writeLines(lines, write, room);
          const whole = writeLines(lines, write, 10_000);
          expect(text.length).toBeLessThanOrEqual(room);
          expect(text === whole || /…>?$/.test(text)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

it('nothing to see is told from something', () => {
  expect([' \n\u200b\u2800', '.', 'ж'].map(isVisible)).toEqual([false, true, true]);
});

describe('where to act', () => {
  const apiUrl = 'https://hb.test';
  it.each([
    [{ chat: true, apiUrl }, 'Ack or snooze it in the chat: /ack A-1042'],
    [{ chat: false, apiUrl }, 'Ack it by the API: POST https://hb.test/api/alerts/A-1042/ack'],
    [{ chat: false, apiUrl: null }, null],
  ])('%o', (doors, hint) => {
    expect(actHint(view(), doors, WORDS.en)).toBe(hint);
    for (const phase of ['resolved', 'withdrawn'] as const)
      expect(actHint(view({ phase }), doors, WORDS.en)).toBeNull();
    expect(actHint(null, doors, WORDS.en)).toBeNull();
  });
});
