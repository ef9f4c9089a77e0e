/** What the outbox asks a channel that only sends: an alert that has just gone red, changed as a test says. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describeAlert } from '../../src/answers/index.ts';
import type { Place, SendRequest } from '../../src/delivery/index.ts';
import { NOW, view, WORDS } from '../answers/facts.ts';
import { makePng } from '../playground/bot-api/png.ts';

export const DELIVERY_ID = '0b4c6a1e-6c0c-4c0e-9a51-7f1f4a3f2b11';
export const VIEW = view({ url: 'https://heartbeat.shop.test/docs/metrics/growth#checkout_conversion' });
export const READER = { words: WORDS.en, doors: { chat: true, apiUrl: null } };

/** A clock at the moment of the facts. */
export const clock = { now: () => NOW };

export function requestTo(place: Place, changes: Partial<SendRequest> = {}): SendRequest {
  return {
    deliveryId: DELIVERY_ID,
    edge: 'entered_red',
    createdAt: NOW,
    place,
    operation: 'post',
    thread: { id: VIEW.id, subject: 'Checkout conversion (A-1042)' },
    view: VIEW,
    answer: describeAlert(VIEW, WORDS.en),
    picture: null,
    messageId: null,
    hasPicture: false,
    silent: false,
    maybeSent: false,
    ...changes,
  };
}

export function pictureOf(seed = 1) {
  return { png: makePng(40, 30, seed), contentHash: `hash-${seed}`, alt: 'a chart' };
}

/** A log that is kept, to be read as text. */
export function keepLog() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: pino({ level: 'trace' }, stream), lines };
}
