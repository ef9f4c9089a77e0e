import { Writable } from 'node:stream';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createWords, describeAlert, type AlertView } from '../../../src/answers/index.ts';
import { toContent } from '../../../src/channels/mail/content.ts';
import { createMailChannel, type MailChannelOptions } from '../../../src/channels/mail/channel.ts';
import type { MailTimeouts } from '../../../src/channels/mail/limits.ts';
import { subjectOf } from '../../../src/channels/mail/message-ids.ts';
import type { MailLinks } from '../../../src/channels/mail/types.ts';
import type { MailConfig } from '../../../src/config-channels.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import type { Person } from '../../../src/registry/index.ts';
import { NOW, view, WORDS } from '../../answers/facts.ts';
import { makePng } from '../../playground/bot-api/png.ts';
import { aMetric, aRegistry, ivan, stoppedClock, WORKSPACE } from '../../support/deps.ts';
import { NO_HOOKS } from '../../support/registry-parts.ts';
import { startMailServer, type MailServer, type MailServerOptions } from '../../support/mail-server.ts';

export const OPS = 'ops@shop.test';
export const ann: Person = { ...ivan, email: 'Ann@shop.test', name: 'Ann', telegramId: 1002, locale: 'ru' };

/** Short enough for a test, long enough for a busy machine. */
export const QUICK: MailTimeouts = { connectMs: 2_000, greetingMs: 1_000, silenceMs: 1_000, totalMs: 4_000 };

/** Addresses that a test can read. */
export const LINKS: MailLinks = {
  actionUrl: async (address, press) => `https://hb.shop.test/mail/act?t=${address}.${press}`,
  unsubscribeUrl: async (address) => `https://hb.shop.test/mail/unsubscribe?t=${address}`,
};

const registry = aRegistry([aMetric({ id: 'checkout_conversion' })], {
  workspace: {
    ...aRegistry([]).workspace,
    opsInbox: { email: OPS, telegram: null, slack: null, hooks: NO_HOOKS },
  },
  people: [ivan, ann],
});

/** Deps of the channel over no database: who has unsubscribed is what a test says. */
export function mailDeps(unsubscribed: ReadonlySet<string> = new Set()) {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const asked = {
    $queryRaw: async ({ values }: { values: unknown[] }) =>
      values.filter((value) => unsubscribed.has(String(value))),
  };
  const deps = {
    registry: { current: () => registry, verification: () => 'verified' },
    wordsFor: createWords,
    db: { prisma: asked },
    workspaceId: WORKSPACE,
    clock: stoppedClock(NOW.toISOString()),
    log: pino({ level: 'trace' }, sink),
    publicUrl: () => 'https://hb.shop.test',
  } as unknown as MailChannelOptions['deps'];
  return { deps, lines };
}

export type Started = Awaited<ReturnType<typeof startMail>>;

/** Starts a stand-in, and a channel that speaks to it; both end with the test. */
export async function startMail(
  options: {
    server?: MailServerOptions;
    config?: (server: MailServer) => Partial<MailConfig>;
    timeouts?: Partial<MailTimeouts>;
    unsubscribed?: ReadonlySet<string>;
    links?: MailLinks;
  } = {},
) {
  const server = await startMailServer(options.server);
  const { deps, lines } = mailDeps(options.unsubscribed);
  const config: MailConfig = {
    url: server.url,
    from: 'Heartbeat <hb@shop.test>',
    dkim: null,
    ...options.config?.(server),
  };
  const channel = createMailChannel({
    deps,
    config,
    links: options.links ?? LINKS,
    timeouts: { ...QUICK, ...options.timeouts },
  });
  onTestFinished(async () => {
    channel.close();
    await server.close();
  });
  return { server, channel, config, lines };
}

/** Gives a request to mail the firing alert to Ivan, changed as said. */
export function requestOf(
  changes: Partial<SendRequest> & { to?: string; over?: Partial<AlertView>; locale?: 'en' | 'ru' } = {},
): SendRequest {
  const { to = ivan.email, over = {}, locale = 'en', ...rest } = changes;
  const facts = view(over);
  return {
    deliveryId: 'd1',
    edge: 'entered_red',
    createdAt: NOW,
    place: { channel: 'mail', address: to },
    operation: 'post',
    thread: { id: facts.id, subject: `${facts.metric.name} (A-${facts.number})` },
    view: facts,
    answer: describeAlert(facts, WORDS[locale]),
    picture: null,
    messageId: null,
    hasPicture: false,
    silent: false,
    maybeSent: false,
    ...rest,
  };
}

/** Gives what a mail of this request shows to Ivan, or to the ops inbox. */
export async function contentOf(request: SendRequest, locale: 'en' | 'ru', to = ivan.email) {
  const isOps = to === OPS;
  return toContent(request, {
    reader: { address: to, person: isOps ? null : ivan, words: WORDS[locale], isOps, maySilence: !isOps },
    links: LINKS,
    workspaceName: 'Corner Shop',
    title: subjectOf(request),
    cid: 'chart.d1@shop.test',
    docsUrlOf: (id) => `https://hb.shop.test/docs/metrics/growth#${id}`,
    alertsUrl: 'https://hb.shop.test/alerts',
  });
}

/** Gives a chart. */
export function aPicture() {
  return {
    png: makePng(40, 30, 1),
    contentHash: 'hash-1',
    alt: 'Checkout conversion, 7 days: 3.1 %, below alert 3.4 %',
  };
}
