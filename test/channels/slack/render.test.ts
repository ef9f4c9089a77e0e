import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/answers/index.ts';
import { escapeMrkdwn, isOpenable, writeMrkdwn } from '../../../src/channels/slack/mrkdwn.ts';
import { renderAnswer, renderPlain } from '../../../src/channels/slack/render.ts';
import { WORDS } from '../../answers/facts.ts';

const words = WORDS.en;
const sectionsOf = (lines: Span[][], code?: string) =>
  renderAnswer({ lines, ...(code === undefined ? {} : { code }) }, { words }).blocks.map((block) =>
    block.type === 'section' ? block.text.text : block.type,
  );

describe('marks', () => {
  it('are ours alone: those of a name stand for themselves', () => {
    const b = '\u200b';
    expect(escapeMrkdwn('*x* _y_ ~z~ `c`')).toBe(`*${b}x*${b} _${b}y_${b} ~${b}z~${b} \`${b}c\`${b}`);
    expect(escapeMrkdwn('checkout_conversion_rate 2*3')).toBe('checkout_conversion_rate 2*3');
    expect(escapeMrkdwn('<!here> <@U1> <https://a.b|x> & co')).toBe(
      '&lt;!here&gt; &lt;@U1&gt; &lt;https://a.b|x&gt; &amp; co',
    );
    expect(escapeMrkdwn('@here and @channel')).toBe(`@${b}here and @${b}channel`);
    expect(escapeMrkdwn('> quoted')).toBe(`${b}&gt; quoted`);
  });

  it('stand at words, and not inside links and instants', () => {
    expect(writeMrkdwn({ kind: 'bold', text: ' a * b ' })).toBe(' *a  b* ');
    expect(writeMrkdwn({ kind: 'bold', text: '***' })).toBe('');
    expect(writeMrkdwn({ kind: 'code', text: 'U1`x' })).toBe("`U1'x`");
    expect(writeMrkdwn({ kind: 'link', text: 'a|b', url: 'https://a.b/?x=1&y=<2>|3' })).toBe(
      '<https://a.b/?x=1&amp;y=%3C2%3E%7C3|a¦b>',
    );
    expect(writeMrkdwn({ kind: 'link', text: 'docs', url: 'http://localhost:8080/docs' })).toBe(
      'docs (http://localhost:8080/docs)',
    );
    expect(isOpenable('javascript:alert(1)')).toBe(false);
  });

  it('show instants in the reader’s zone, as the words beside them do', () => {
    const at = new Date('2026-11-20T13:45:00Z');
    const instant = (text: string) => writeMrkdwn({ kind: 'at', at, text });
    expect(instant('13:45')).toBe('<!date^1795182300^{time}|13:45>');
    expect(instant('Fri 13:45')).toBe('<!date^1795182300^{date_short_pretty} {time}|Fri 13:45>');
    expect(instant('12 Nov 2026')).toBe('<!date^1795182300^{date_short}|12 Nov 2026>');
    expect(instant('15 min ago')).toBe('15 min ago');
    expect(writeMrkdwn({ kind: 'at', at: new Date(Number.NaN), text: 'x' })).toBe('x');
  });
});

describe('long answers', () => {
  it('T14 are split into sections, then cut from the end', () => {
    const line: Span[] = ['x'.repeat(2_000)];
    expect(sectionsOf([line, line, ['y']])).toEqual(['x'.repeat(2_000), `${'x'.repeat(2_000)}\ny`]);
    expect(sectionsOf(Array.from({ length: 60 }, () => line))).toHaveLength(18);
    expect(sectionsOf([['z'.repeat(10_000)]])[0]).toMatch(/^z{2,}…$/);
  });

  it('split code by its lines, which no text of it ends', () => {
    const code = Array.from({ length: 400 }, (_, index) => `line ${index} ${'-'.repeat(30)}`).join('\n');
    const sections = sectionsOf([], code);
    expect(sections.slice(0, 4).every((text) => /^```\n[\s\S]*\n```$/.test(text))).toBe(true);
    expect(sections.at(-1)).toBe('…');
    expect(sectionsOf([], 'a ``` b')).toEqual(["```\na ''' b\n```"]);
  });

  it('say something even when there is nothing to say', () => {
    expect(renderAnswer({ lines: [] }, { words })).toMatchObject({
      text: '…',
      blocks: [{ type: 'section', text: { text: '…' } }],
    });
    expect(renderPlain({ lines: [[' ']] }, {})).toEqual({ text: '…', blocks: [] });
  });
});

describe('buttons', () => {
  const blocksOf = (buttons: Parameters<typeof renderAnswer>[0]['buttons']) =>
    renderAnswer({ lines: [['x']], ...(buttons ? { buttons } : {}) }, { words }).blocks.slice(1);

  it('with an address that others can open are links, any other goes into the text', () => {
    const blocks = renderAnswer(
      {
        lines: [['x']],
        buttons: [
          [
            { label: 'Docs', url: 'https://a.b/docs' },
            { label: 'Local', url: 'http://localhost/x' },
          ],
        ],
      },
      { words },
    ).blocks;
    expect(blocks).toMatchObject([
      { type: 'section', text: { text: 'x\nLocal: http://localhost/x' } },
      { type: 'actions', elements: [{ type: 'button', url: 'https://a.b/docs' }] },
    ]);
  });

  it('have ids of their own, and are left out without a label or a value', () => {
    const blocks = blocksOf([
      [
        { label: 'a', press: 'x' },
        { label: 'b', press: 'x' },
      ],
      [
        { label: ' ', press: 'x' },
        { label: 'c', press: '' },
      ],
      [{ label: 'd', press: 'y' }],
    ]);
    const ids = blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.map((one) => one.action_id) : [],
    );
    expect(ids).toEqual(['press_0_0', 'press_0_1', 'press_2_0']);
  });

  it('make a list of the menu of snoozes, without its way back', () => {
    const [block] = blocksOf([[{ label: '💤 …', press: '1:z:1042:3' }]]);
    const element = block?.type === 'actions' ? block.elements[0] : undefined;
    const options = element?.type === 'static_select' ? element.options : [];
    expect(options.map(({ value }) => value)).toEqual([
      '1:s:1042:3:900',
      '1:s:1042:3:3600',
      '1:s:1042:3:14400',
      '1:sw:1042:3',
      '1:sq:1042:3',
    ]);
  });
});
