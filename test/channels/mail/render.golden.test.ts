import { describe, expect, it } from 'vitest';
import { describeAlert, describeReply, type AlertView } from '../../../src/answers/index.ts';
import { renderHtml } from '../../../src/channels/mail/render-html.ts';
import { renderText } from '../../../src/channels/mail/render-text.ts';
import { minutesAgo, view, WORDS } from '../../answers/facts.ts';
import { matchGolden } from '../../support/golden.ts';
import { aPicture, contentOf, requestOf } from './mail.ts';

const CASES: Record<string, Partial<AlertView>> = {
  firing: { url: 'https://hb.shop.test/docs/metrics/growth#checkout_conversion' },
  acked: { phase: 'acked', ack: { by: 'Ann', at: minutesAgo(8) }, version: 4 },
  resolved: {
    phase: 'resolved',
    value: 4.2,
    openedAt: minutesAgo(48),
    resolved: { at: minutesAgo(1), durationMs: 47 * 60_000, worstValue: 2.9 },
    ack: { by: 'Ann', at: minutesAgo(41) },
  },
};

describe.each(['en', 'ru'] as const)('mails in %s', (locale) => {
  it.each(Object.keys(CASES))('read as recorded: %s', async (name) => {
    expect.hasAssertions();
    const facts = view(CASES[name]);
    const answer =
      name === 'resolved'
        ? describeReply(facts, { kind: 'resolved' }, WORDS[locale])
        : describeAlert(facts, WORDS[locale]);
    const picture = name === 'firing' ? aPicture() : null;
    const content = await contentOf(requestOf({ view: facts, answer, picture }), locale);
    matchGolden(import.meta.dirname, `${name}.${locale}.txt`, renderText(content));
    matchGolden(import.meta.dirname, `${name}.${locale}.html`, renderHtml(content));
  });
});
