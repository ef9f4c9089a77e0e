import * as fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it } from 'vitest';
import { buildMail } from '../../../src/channels/mail/build-mail.ts';
import { toContent } from '../../../src/channels/mail/content.ts';
import { messageIdsOf, readSender, subjectOf } from '../../../src/channels/mail/message-ids.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import { NOW, WORDS } from '../../answers/facts.ts';
import { ivan } from '../../support/deps.ts';
import { complaintsOf } from '../../support/mail-server.ts';
import { randomAnswers, randomTexts } from '../random-answers.ts';
import { aPicture, LINKS, requestOf } from './mail.ts';

const RUNS = 600;
const TIMEOUT_MS = 120_000;
const FROM = 'Heartbeat <hb@shop.test>';

const NASTY: readonly string[] = [
  '\r\nBcc: thief@evil.test',
  '\nSubject: other',
  '\r\n\r\n<script>',
  '\r\n.\r\n',
  '.',
  '=?utf-8?q?x?=',
  '"',
  '<b>',
  '</style>',
  '&amp',
  '--==_boundary',
  'مرحبا',
  '\u202e',
  '👩‍👩‍👧‍👦',
  '\ud83d',
  '\u0000',
  '\u2028',
  ' ',
  '',
];
const text = randomTexts(NASTY);
const answer = randomAnswers({
  texts: NASTY,
  url: fc.oneof(
    fc.webUrl(),
    fc.constantFrom('javascript:1', 'http://a.test/\r\nX: y', 'https://a.test/"><b>'),
  ),
  press: fc.constantFrom('1:a:1042:3', '1:s:1042:3:3600', '1:w:1042:3', 'x'),
  most: { lines: 6, rows: 3, perRow: 4 },
});

async function write(request: SendRequest, workspaceName: string) {
  const sender = readSender(FROM);
  const content = await toContent(request, {
    reader: { address: ivan.email, person: ivan, words: WORDS.en, isOps: false, maySilence: true },
    links: LINKS,
    workspaceName,
    title: subjectOf(request),
    cid: 'chart.d1@shop.test',
    docsUrlOf: () => null,
    alertsUrl: 'https://hb.shop.test/alerts',
  });
  const ids = messageIdsOf({ ...request, address: ivan.email }, sender.domain);
  const workspace = { id: 'shop', name: workspaceName };
  const parts = { request, content, ids, from: FROM, sender, to: ivan.email, workspace, at: NOW };
  const raw = await new MailComposer({ ...buildMail(parts), newline: 'windows' }).compile().build();
  return { raw: raw.toString('latin1'), parsed: await simpleParser(raw), content };
}

const headerNames = (raw: string): string[] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .split(/\r\n(?![ \t])/)
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase())
    .sort();

describe('mails of random answers', () => {
  it(`T14 parse back, each header once, none injected, ${RUNS} times`, { timeout: TIMEOUT_MS }, async () => {
    const plainNames = headerNames((await write(requestOf({ operation: 'reply' }), 'Corner Shop')).raw);
    await fc.assert(
      fc.asyncProperty(answer, text, text, fc.boolean(), async (said, name, workspaceName, hasPicture) => {
        const request = requestOf({
          operation: 'reply',
          answer: said,
          thread: { id: 't1', subject: `${name} (A-7)` },
          picture: hasPicture ? { ...aPicture(), alt: name } : null,
        });
        const { raw, parsed, content } = await write(request, workspaceName);
        expect(complaintsOf(raw)).toEqual([]);
        expect(headerNames(raw)).toEqual(plainNames);
        expect(parsed.bcc).toBeUndefined();
        expect(parsed.subject).toMatch(/^\[Heartbeat\].*\(A-7\)$/u);
        expect(parsed.attachments).toHaveLength(hasPicture ? 1 : 0);
        const tags = [...String(parsed.html).matchAll(/<([a-z0-9]+)\b/g)].map((match) => match[1]);
        expect(tags.filter((tag) => /^(script|b|iframe|link)$/.test(tag ?? ''))).toEqual([]);
        expect(content.links.every((link) => /^https?:\/\//.test(link.url))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('have one subject over all that an alert says', { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(answer, answer, text, (one, other, name) => {
        const thread = { id: 't1', subject: `${name} (A-7)` };
        expect(subjectOf({ thread, answer: one })).toBe(subjectOf({ thread, answer: other }));
      }),
    );
  });
});
