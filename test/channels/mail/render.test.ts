import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/index.ts';
import { renderHtml } from '../../../src/channels/mail/render-html.ts';
import { renderText } from '../../../src/channels/mail/render-text.ts';
import { subjectOf } from '../../../src/channels/mail/message-ids.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import { EDGE_CASES } from '../../answers/cases-edges.ts';
import { minutesAgo, WORDS } from '../../answers/facts.ts';
import { ivan } from '../../support/deps.ts';
import { aPicture, contentOf, OPS, requestOf } from './mail.ts';

const plain = (answer: Answer): SendRequest => requestOf({ answer, view: null, thread: null });

describe('a mail', () => {
  it('tells the state in a word, above the lines and in what a list of mails shows', async () => {
    const firing = renderHtml(await contentOf(requestOf(), 'en'));
    expect(firing).toMatch(/<span [^>]+>Red<\/span>/);
    expect(firing).toMatch(/<div style="display:none[^>]+>red: 🔴 Checkout conversion 3\.1.% · below alert/u);
    const over = { phase: 'acked' as const, ack: { by: 'Ann', at: minutesAgo(8) } };
    const acked = renderHtml(await contentOf(requestOf({ over }), 'en'));
    expect(acked.match(/Acked/g)).toHaveLength(2);
    expect(acked).toMatch(/<h1 [^>]+>🟠 Acked · /u);
  });

  it('shows code as it is, marks and addresses as text and links', async () => {
    const answer: Answer = {
      lines: [
        [
          { kind: 'bold', text: 'SQL' },
          ' of ',
          { kind: 'code', text: 'a<b' },
          ', ',
          { kind: 'link', text: 'here', url: 'https://a.test/?a=1&b="2"' },
          ', ',
          { kind: 'link', text: 'not here', url: 'javascript:alert(1)' },
        ],
        [],
      ],
      code: 'select 1\n  where a < b',
      buttons: [
        [
          { label: 'Open', url: 'https://a.test/x' },
          { label: 'Bad', url: 'javascript:alert(1)' },
        ],
        [{ label: 'Cockpit', press: '1:k' }],
      ],
    };
    const content = await contentOf(plain(answer), 'en');
    const html = renderHtml(content);
    expect(html).toContain('<strong>SQL</strong> of <code');
    expect(html).toContain('a&lt;b</code>');
    expect(html).toContain('<a href="https://a.test/?a=1&amp;b=%222%22"');
    expect(html).toContain('select 1\n  where a &lt; b</pre>');
    expect(html).not.toContain('javascript:');
    expect(html).not.toContain('Cockpit');
    const text = renderText(content);
    expect(text).toContain('SQL of a<b, here (https://a.test/?a=1&b=%222%22), not here');
    expect(text).toContain('\n\nselect 1\n  where a < b\n\nOpen\nhttps://a.test/x\n\n-- \n');
  });

  it('loads nothing from elsewhere', async () => {
    const html = renderHtml(await contentOf(requestOf({ picture: aPicture() }), 'en'));
    const loaded = [...html.matchAll(/(?:src|background|srcset)="([^"]*)"|url\(([^)]*)\)|@import/g)];
    expect(loaded.map((match) => match[1])).toEqual(['cid:chart.d1@shop.test']);
    expect(html).not.toMatch(/<(script|link|iframe|form)\b/);
  });

  it('has links for its reader’s own mailbox alone', async () => {
    const content = await contentOf(requestOf(), 'en');
    const acting = content.links.filter(({ url }) => url.includes('/mail/act'));
    expect(acting.map(({ label }) => label)).toEqual([
      '✅ Ack',
      '💤 Snooze 1\u202fh',
      '💤 More snooze times',
    ]);
    expect(acting.every(({ url }) => url.includes(`t=${ivan.email}.1:`))).toBe(true);
    expect(content.links.map(({ label }) => label)).toContain('📖 How to read');
    const toOps = await contentOf(requestOf(), 'en', OPS);
    expect(toOps.links.map(({ label }) => label)).toEqual(['📖 How to read']);
    expect(toOps.unsubscribe).toBeNull();
  });

  it('of a storm leads to the page of all its alerts, for its reader and for the ops inbox', async () => {
    const answer = EDGE_CASES['storm-of-300']?.(WORDS.en) ?? { lines: [] };
    const more = [[{ label: 'All 40 open alerts', press: '1:l:0' }]];
    const request = plain({ ...answer, buttons: [...(answer.buttons ?? []), ...more] });
    const links = [
      { label: '🔔 Show all', url: 'https://hb.shop.test/alerts?storm=17', primary: false },
      { label: 'All 40 open alerts', url: 'https://hb.shop.test/alerts', primary: false },
    ];
    expect((await contentOf(request, 'en')).links).toEqual(expect.arrayContaining(links));
    expect((await contentOf(request, 'en', OPS)).links).toEqual(links);
  });

  it('T14 of a 10,000-character name is cut, and its subject still ends in the number', async () => {
    const name = '👩‍👩‍👧‍👦 مرحبا <b>'.repeat(700);
    const request = requestOf({
      thread: { id: 't', subject: `${name} (A-1042)` },
      answer: { lines: [[name], [name, { kind: 'bold', text: name }]], code: name.repeat(9) },
    });
    const subject = subjectOf(request);
    expect(subject.length).toBeLessThan(170);
    expect(subject).toMatch(/^\[Heartbeat\] 👩‍👩‍👧‍👦 مرحبا <b>.*… \(A-1042\)$/u);
    const content = await contentOf(request, 'en');
    expect(renderText(content).length).toBeLessThan(30_000);
    expect(renderHtml(content).isWellFormed()).toBe(true);
  });
});
