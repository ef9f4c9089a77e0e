/** What chats, mailboxes and a web hook hold, beside what the database says that they were sent, and what readings call for. */
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { policyOf } from '../alerts/judge-driver.ts';
import { tellAll, type Told } from '../alerts/judge-model.ts';
import type { Moment } from '../alerts/judge-steps.ts';
import { DEPUTY, type ChaosShop } from './chaos-shop.ts';
import { REPEAT_MARK } from './shop.ts';

/** the lines of the shop's metrics */
const POLICY = policyOf({ norm: 4, alert: 3.4 });
const CALM: Pick<Told, 'version'> = { version: 0 };
const DEPUTY_CHAT = `telegram:${DEPUTY}`;

/** What came of it. All but the first counts must be empty or 0. */
export type Compared = {
  alerts: number;
  escalations: number;
  messages: number;
  mails: number;
  hookEvents: number;
  /** messages that are there once more, with a mark: in a chat by words, elsewhere by the id that says it is the same */
  markedRepeats: number;
  unmarkedRepeats: string[];
  /** what should be in a chat, a mailbox or a web hook's hands and is not */
  lost: string[];
  /** alerts whose message does not show how they stand */
  wrongStates: string[];
  /** metrics whose alerts are not what their readings say */
  wrongEpisodes: string[];
  ticksTwice: number;
  tooManyRequests: number;
};

type AlertRow = { id: string; number: number; metric_id: string; level: 'amber' | 'red'; state: string };

type DeliveryRow = {
  id: string;
  alert_id: string;
  place: string;
  channel: string;
  operation: string;
  edge: string;
  status: string;
  message_id: string | null;
};

type Facts = {
  shop: ChaosShop;
  alerts: readonly AlertRow[];
  deliveries: readonly DeliveryRow[];
  /** steps of the ladder that an alert went up */
  steps: readonly { alert_id: string; step: number }[];
};

/** Compares all of it, once nothing waits any more. */
export async function compare(shop: ChaosShop): Promise<Compared> {
  const facts = await readFacts(shop);
  const { alerts, deliveries, steps } = facts;
  const chats = listChats(facts);
  const copies = alerts.flatMap((alert) => chats.flatMap((chat) => copiesOf(shop, alert, chat)));
  return {
    alerts: alerts.length,
    escalations: steps.length,
    messages: chats.reduce((sum, chat) => sum + shop.inChat(chat).length, 0),
    mails: shop.mail.mails.length,
    hookEvents: shop.events.length,
    markedRepeats:
      copies.reduce((sum, { messages }) => sum + Math.max(0, messages.length - 1), 0) +
      countAgain(shop.mail.mails.map(({ parsed }) => parsed.messageId ?? '')) +
      countAgain(shop.events.map(({ id }) => id)),
    unmarkedRepeats: copies
      .filter(({ messages }) => messages.filter((message) => !isMarked(message)).length > 1)
      .map(({ what }) => what),
    lost: [
      ...deliveries.filter(({ status }) => status !== 'sent').map((row) => `${nameOf(row)}: ${row.status}`),
      ...listNotThere(facts),
      ...alerts.flatMap((alert) => listUntold(facts, alert)),
      ...listUnescalated(facts),
    ],
    wrongStates: await listWrongStates(facts),
    wrongEpisodes: await listWrongEpisodes(shop, alerts),
    ticksTwice: (
      await shop.ask(
        "select 1 from heartbeat.metric_history where kind = 'tick' group by metric, as_of having count(*) > 1",
      )
    ).length,
    tooManyRequests: shop.api.calls.filter(({ error }) => error?.startsWith('Too Many Requests')).length,
  };
}

async function readFacts(shop: ChaosShop): Promise<Facts> {
  const [alerts, deliveries, steps] = await Promise.all([
    shop.ask<AlertRow>('select id, number, metric_id, level, state from heartbeat.alerts order by number'),
    shop.ask<DeliveryRow>(
      `select id, alert_id, place, channel, operation, edge, status, message_id from heartbeat.delivery
       where operation in ('post', 'reply') and alert_id is not null order by seq`,
    ),
    shop.ask<{ alert_id: string; step: number }>(
      "select alert_id, (data->>'step')::int as step from heartbeat.alert_event where edge = 'escalated'",
    ),
  ]);
  return { shop, alerts, deliveries, steps };
}

const nameOf = ({ place, operation, edge, alert_id: alert }: DeliveryRow): string =>
  `${place} ${operation} ${edge} of ${alert}`;

/** Chats that were written to. */
function listChats({ deliveries }: Facts): string[] {
  const telegram = deliveries.filter(({ channel }) => channel === 'telegram');
  return [...new Set(telegram.map(({ place }) => chatOf(place)))];
}

const chatOf = (place: string): string => place.split(':')[1] ?? '';

function messagesOf(shop: ChaosShop, { number }: AlertRow, chat: string): MessageView[] {
  const name = new RegExp(`A-${number}\\b`);
  return shop.inChat(chat).filter(({ text }) => name.test(text));
}

/** The mark stands in a message as it was first sent. */
function isMarked({ text, edits }: MessageView): boolean {
  return REPEAT_MARK.test(edits[0]?.text ?? text);
}

/** Messages of an alert in a chat that say the same: its posts, and its replies of one kind. */
function copiesOf(
  shop: ChaosShop,
  alert: AlertRow,
  chat: string,
): { what: string; messages: MessageView[] }[] {
  const messages = messagesOf(shop, alert, chat);
  const posts = messages.filter(({ replyTo }) => replyTo === null);
  const recoveries = messages.filter(({ replyTo, text }) => replyTo !== null && text.includes('Recovered'));
  return [
    { what: `A-${alert.number} in ${chat}: post`, messages: posts },
    { what: `A-${alert.number} in ${chat}: recovery`, messages: recoveries },
  ];
}

function countAgain(ids: readonly string[]): number {
  return ids.length - new Set(ids).size;
}

/** What is recorded as sent and is not where it was sent to. */
function listNotThere({ shop, deliveries }: Facts): string[] {
  const mails = new Set(shop.mail.mails.map(({ parsed }) => parsed.messageId));
  const events = new Set(shop.events.map(({ id }) => id));
  const chats = new Map<string, Set<string>>();
  const inChat = (chat: string): Set<string> => {
    const known = chats.get(chat) ?? new Set(shop.inChat(chat).map(({ id }) => String(id)));
    chats.set(chat, known);
    return known;
  };
  const isThere = ({ id, channel, place, message_id: message }: DeliveryRow): boolean => {
    if (channel === 'mail') return mails.has(message ?? '');
    if (channel === 'webhook') return events.has(id);
    return inChat(chatOf(place)).has(message ?? '');
  };
  return deliveries
    .filter((row) => row.status === 'sent' && !isThere(row))
    .map((row) => `${nameOf(row)}, recorded as sent`);
}

/** Each alert was told to its owner by chat and by mail, and to the room; and so was its end. */
function listUntold({ shop, deliveries }: Facts, alert: AlertRow): string[] {
  const index = shop.metrics.indexOf(alert.metric_id);
  const places = [`telegram:${shop.people[index]?.id}`, `mail:p${index + 1}@shop.test`, 'webhook:pager'];
  const own = deliveries.filter(({ alert_id: id }) => id === alert.id);
  return places.flatMap((place) => {
    const here = own.filter((row) => row.place === place);
    const told = here.some(({ operation }) => operation === 'post');
    const ended = here.some(({ operation, edge }) => operation === 'reply' && edge === 'resolved');
    return [
      ...(told ? [] : [`A-${alert.number} at ${place}: post`]),
      ...(alert.state === 'resolved' && !ended ? [`A-${alert.number} at ${place}: recovery`] : []),
    ];
  });
}

/** The room's web hook hears of every step, the deputy's chat of the second. */
function listUnescalated({ deliveries, steps }: Facts): string[] {
  const wanted = Map.groupBy(steps, ({ alert_id: id }) => id);
  return [...wanted].flatMap(([id, up]) => {
    const count = (place: string): number =>
      deliveries.filter((row) => row.alert_id === id && row.edge === 'escalated' && row.place === place)
        .length;
    const told = [count('webhook:pager'), count(DEPUTY_CHAT)];
    const due = [up.length, up.filter(({ step }) => step === 2).length];
    return told.join() === due.join() ? [] : [`${id}: escalations ${due.join()}, told ${told.join()}`];
  });
}

async function listWrongStates({ shop, alerts }: Facts): Promise<string[]> {
  const rows = await shop.ask<{ alert_id: string; place: string; message_id: string }>(
    "select alert_id, place, message_id from heartbeat.alert_message where place like 'telegram:%'",
  );
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  return rows.flatMap(({ alert_id: id, place, message_id: message }) => {
    const alert = byId.get(id);
    const shown = shop.inChat(chatOf(place)).find((one) => String(one.id) === message);
    if (alert && shown && signOf(alert).test(shown.text)) return [];
    return [`A-${alert?.number} ${alert?.state} in ${place}: ${shown?.text.split('\n')[0] ?? 'nothing'}`];
  });
}

function signOf({ state, level }: AlertRow): RegExp {
  if (state === 'resolved') return /^🟢 Recovered/u;
  return level === 'red' ? /^🔴/u : /^🟡/u;
}

/** The judge's reference model says of the readings how many alerts there were, and how the last one stands. */
async function listWrongEpisodes(shop: ChaosShop, alerts: readonly AlertRow[]): Promise<string[]> {
  const rows = await shop.ask<{ metric: string; readings: { value: number; at: string }[] }>(
    `select metric, json_agg(json_build_object('value', value, 'at', as_of) order by as_of) as readings
     from heartbeat.metric_history group by 1`,
  );
  return rows.flatMap(({ metric, readings }) => {
    const own = alerts.filter((alert) => alert.metric_id === metric);
    const open = own.filter(({ state }) => state !== 'resolved').map(({ level }) => level);
    const called = callFor(readings);
    if (own.length === called.alerts && open.join() === called.open) return [];
    return [
      `${metric}: ${called.alerts} alerts called for, ${own.length} there; "${called.open}" open, "${open.join()}" there`,
    ];
  });
}

function callFor(readings: readonly { value: number; at: string }[]): { alerts: number; open: string } {
  const history = readings.map(({ value, at }): Moment => {
    const now = new Date(at);
    return { input: { kind: 'reading', value, asOf: now.toISOString() }, now };
  });
  const told = tellAll(history, POLICY);
  const isOpen = ({ version }: Pick<Told, 'version'>): boolean => version > 0;
  const begun = told.filter((one, index) => isOpen(one) && !isOpen(told[index - 1] ?? CALM));
  const shown = told.findLast(({ level }) => level !== 'green')?.level ?? '';
  return { alerts: begun.length, open: isOpen(told.at(-1) ?? CALM) ? shown : '' };
}
