/** The shop of the chaos rounds: owners with a chat and a mailbox, a room that is a web hook, a deputy at the end of the ladder. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { WebhookEvent } from '../../src/channels/webhook/index.ts';
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { openShop, type Shop } from './shop.ts';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
/** who hears of what nobody took, last */
export const DEPUTY = 2_999;
/** All is compared at the end, also after hundreds of rounds. */
const KEEP = { messagesPerChat: 50_000, editsPerMessage: 500, calls: 1_000_000 };

/** What a web hook was sent: the id that stays the same over all tries, and what it said. */
export type HookEvent = { id: string; type: string };

export type ChaosShop = Shop & {
  mail: MailServer;
  events: readonly HookEvent[];
  /** messages of the bot in a chat */
  inChat(chat: string): MessageView[];
};

const WORKSPACE = `name: Corner Shop
timezone: Europe/Madrid
locale: en
rooms:
  - {webhook: pager, teams: [all]}
policies:
  storm: {more_than: 1000}
  escalate_after: 3s
  escalation: [owner, rooms, deputy@shop.test]
`;
/** of that ladder, the owner's included */
export const RUNGS = 3;

/** Opens it on an empty database; the caller closes it. */
export async function openChaosShop(databaseUrl: string, metrics: number): Promise<ChaosShop> {
  const mail = await startMailServer();
  const hook = await startHook();
  const shop = await openShop({
    databaseUrl,
    metrics,
    limits: true,
    keep: KEEP,
    file: () => ({ teams: '[all]' }),
    files: { 'workspace.yaml': WORKSPACE, 'owners.yaml': ownersFile(metrics) },
    environment: {
      SMTP_URL: mail.url,
      MAIL_FROM: 'Heartbeat <hb@shop.test>',
      WEBHOOKS: `pager=${hook.url}|${SECRET}`,
    },
  });
  shop.api.privateChat(shop.api.user({ id: DEPUTY, first_name: 'Deputy' }));
  return {
    ...shop,
    mail,
    events: hook.events,
    inChat: (chat) => shop.api.messages(Number(chat)).filter(({ from }) => from.isBot),
    async close() {
      await shop.close();
      await mail.close();
      hook.close();
    },
  };
}

function ownersFile(metrics: number): string {
  const owners = Array.from(
    { length: metrics },
    (_, index) =>
      `- {email: p${index + 1}@shop.test, name: Owner ${index + 1}, role: approver, telegram_id: ${2001 + index}}\n`,
  );
  return `${owners.join('')}- {email: deputy@shop.test, name: Deputy, role: approver, telegram_id: ${DEPUTY}}\n`;
}

/** A receiver that takes what is signed for it and keeps it. */
async function startHook() {
  const events: HookEvent[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const { type } = WebhookEvent.parse(new Webhook(SECRET).verify(body, headers));
      events.push({ id: headers['webhook-id'] ?? '', type });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    events,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
