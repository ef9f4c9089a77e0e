import { describe, expect, it } from 'vitest';
import {
  checkBlocks,
  checkMrkdwn,
  checkView,
  findMentions,
} from '../../../src/playground/slack-api/index.ts';

const text = (length: number) => 'x'.repeat(length);
const plain = (length: number) => ({ type: 'plain_text', text: text(length) });
const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: text(length) } });
const button = (id: string, over: object = {}) => ({
  type: 'button',
  action_id: id,
  text: plain(5),
  value: 'v',
  ...over,
});
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const select = (options: object[], over: object = {}) =>
  actions({ type: 'static_select', action_id: 's', options, ...over });
const option = (label: number, value = 5) => ({ text: plain(label), value: text(value) });
const image = (over: object) => ({ type: 'image', alt_text: 'a', slack_file: { id: 'F1' }, ...over });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const problems = (...blocks: unknown[]) => checkBlocks(blocks, { surface: 'message' });

describe('blocks', () => {
  it.each<[string, unknown[], unknown[], RegExp]>([
    [
      '50 of them',
      many(50, () => section(1)),
      many(51, () => section(1)),
      /no more than 50 items.*\/blocks\]/,
    ],
    ['text of a section', [section(3_000)], [section(3_001)], /less than 3001.*\/blocks\/0\/text\/text/],
    ['a section with words', [section(1)], [section(0)], /more than 0/],
    [
      'a header',
      [{ type: 'header', text: plain(150) }],
      [{ type: 'header', text: plain(151) }],
      /less than 151/,
    ],
    [
      'a header of plain text',
      [{ type: 'header', text: plain(1) }],
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      /must be plain_text/,
    ],
    [
      '25 elements of actions',
      [actions(...many(25, (index) => button(`b${index}`)))],
      [actions(...many(26, (index) => button(`b${index}`)))],
      /no more than 25/,
    ],
    ['an element at least', [actions(button('a'))], [actions()], /no less than 1/],
    [
      '10 elements of a context',
      [{ type: 'context', elements: many(10, () => plain(1)) }],
      [{ type: 'context', elements: many(11, () => plain(1)) }],
      /no more than 10/,
    ],
    [
      'a value',
      [actions(button('a', { value: text(2_000) }))],
      [actions(button('a', { value: text(2_001) }))],
      /2001/,
    ],
    [
      'a label',
      [actions(button('a', { text: plain(75) }))],
      [actions(button('a', { text: plain(76) }))],
      /less than 76/,
    ],
    ['an alt text', [image({ alt_text: text(2_000) })], [image({ alt_text: text(2_001) })], /less than 2001/],
    ['an alt text at all', [image({})], [image({ alt_text: undefined })], /missing required field.*alt_text/],
    [
      'one picture',
      [image({})],
      [image({ image_url: 'https://a.b/c.png' })],
      /one of image_url and slack_file/,
    ],
    [
      '100 options',
      [select(many(100, () => option(1)))],
      [select(many(101, () => option(1)))],
      /no more than 100/,
    ],
    ['an option’s text', [select([option(75)])], [select([option(76)])], /less than 76/],
    ['an option’s value', [select([option(1, 150)])], [select([option(1, 151)])], /less than 151/],
    ['ids', [actions(button(text(255)))], [actions(button(text(256)))], /less than 256/],
    [
      'ids once a message',
      [actions(button('a')), actions(button('b'))],
      [actions(button('a')), actions(button('a'))],
      /action_id `a` already exists/,
    ],
    [
      'block ids once a message',
      [
        { ...section(1), block_id: 'a' },
        { ...section(1), block_id: 'b' },
      ],
      [
        { ...section(1), block_id: 'a' },
        { ...section(1), block_id: 'a' },
      ],
      /block_id `a` already exists/,
    ],
    [
      'addresses',
      [actions(button('a', { url: 'https://a.b' }))],
      [actions(button('a', { url: 'a b' }))],
      /invalid url/,
    ],
    [
      'styles',
      [actions(button('a', { style: 'danger' }))],
      [actions(button('a', { style: 'red' }))],
      /primary or danger/,
    ],
    ['known blocks', [{ type: 'divider' }], [{ type: 'video' }], /unsupported type: video/],
    ['known elements', [actions(button('a'))], [actions({ type: 'slider' })], /unsupported element/],
    ['objects', [section(1)], ['text'], /must be an object/],
  ])('%s', (_name, good, bad, problem) => {
    expect(problems(...good)).toEqual([]);
    expect(problems(...bad).join('\n')).toMatch(problem);
  });

  it('a picture that is not processed is refused with its place', () => {
    const rules = { surface: 'message', isShowable: (id: string) => id !== 'F2' } as const;
    expect(checkBlocks([image({})], rules)).toEqual([]);
    expect(checkBlocks([section(1), image({ slack_file: { id: 'F2' } })], rules)).toEqual([
      '[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]',
    ]);
  });

  it('inputs stand in modals only, which then need a submit; a view takes 100 blocks', () => {
    const input = {
      type: 'input',
      block_id: 'a',
      label: plain(5),
      element: { type: 'plain_text_input', action_id: 't' },
    };
    const modal = { type: 'modal', title: plain(24), blocks: [input], submit: plain(2) };
    expect(checkView(modal, {})).toEqual([]);
    expect(checkView({ ...modal, submit: undefined }, {}).join()).toMatch(/needs a submit/);
    expect(checkView({ ...modal, title: plain(25) }, {}).join()).toMatch(/less than 25/);
    expect(problems(input).join()).toMatch(/not supported here/);
    const blocks = many(100, () => section(1));
    expect(checkView({ type: 'home', blocks }, {})).toEqual([]);
    expect(checkView({ type: 'home', blocks: [...blocks, section(1)] }, {}).join()).toMatch(
      /no more than 100/,
    );
  });
});

describe('mrkdwn', () => {
  it('tells what is not escaped, and whom a text calls', () => {
    expect(checkMrkdwn('a &lt;b&gt; &amp; <https://a.b|c> <!date^1795182300^{time}|13:45>')).toEqual([]);
    expect(checkMrkdwn('a < b')).toEqual(['an angle bracket is not escaped']);
    expect(checkMrkdwn('a & b')).toEqual(['an ampersand is not escaped']);
    expect(checkMrkdwn('<b>')).toEqual(['unknown sequence <b>']);
    expect(findMentions('<!here> <@U1> <#C1|x> <!subteam^S1> <!date^1^{time}|x>')).toEqual([
      '!here',
      '@U1',
      '#C1|x',
      '!subteam^S1',
    ]);
  });
});
