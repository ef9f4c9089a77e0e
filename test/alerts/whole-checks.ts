/** What must hold after every step of a life. */
import { expect } from 'vitest';
import { listAudience } from '../../src/alerts/route.ts';
import { canEdit, parsePlaceKey, placeKey } from '../../src/delivery/index.ts';
import { ROUTE, type Message, type Stored, type World } from './whole-world.ts';

const OWN_CHAT = 'telegram:1001';
export const LADDER = ['owner', 'rooms', 'ops'];

/** A push that must be heard while the alert stands as it made it. */
export type Push = { alert: string; version: number; state: Stored['state']; places: string[]; from: number };

/** T08: a push that stands as it was made was told loudly at every place, unless that place is silent or away right now. */
export function expectHeard(world: World, pushes: readonly Push[]): void {
  const alert = world.alerts.at(-1);
  for (const push of pushes) {
    if (alert?.id !== push.alert || alert.version !== push.version || alert.state !== push.state) continue;
    for (const place of push.places) {
      const own = world.messages.filter((one) => one.alert === push.alert && one.place === place);
      const waits = own.some(({ status, operation }) => isWaiting(status) && operation !== 'edit');
      const heard = own.some(({ seq, silent, status }) => seq >= push.from && !silent && status === 'sent');
      if (!waits && !heard) expect.fail(`${JSON.stringify(push)} was not heard at ${place}`);
    }
  }
  if (alert === undefined || alert.state !== 'firing' || alert.level !== 'red') return;
  for (const place of listAudience(ROUTE, { kind: 'relapsed' }, LADDER).map(placeKey)) {
    const own = world.messages.filter((one) => one.alert === alert.id && one.place === place);
    if (own.some(({ status }) => isWaiting(status))) continue;
    const shown: number | undefined = world.shown[`${alert.id} ${place}`];
    if (shown === undefined) expect.fail(`${alert.id} is red and was never told at ${place}`);
    if (canEdit(parsePlaceKey(place)) && shown !== alert.version)
      expect.fail(`${place} shows version ${shown} of ${JSON.stringify(alert)}`);
  }
}

const isWaiting = (status: Message['status']): boolean => status === 'held' || status === 'pending';

/** Of what is let go at one instant a place hears one thing an alert. */
export function expectOneOfEach(released: readonly Message[]): void {
  const names = released.map(({ alert, place }) => `${alert} ${place}`);
  expect(names).toEqual([...new Set(names)]);
}

/** Nothing but edits in a window; no amber in the night of its person. */
export function expectSilence(world: World, letGo: readonly Message[], now: Date): void {
  const isInWindow = world.windows.some(({ until }) => new Date(until) > now);
  const hour = (now.getUTCHours() + 1) % 24;
  const isNight = hour >= 22 || hour < 7;
  for (const message of letGo) {
    if (message.letGo?.at !== now.toISOString() || message.operation === 'edit') continue;
    const isEnd = message.edge === 'resolved' || message.edge === 'withdrawn';
    if (isInWindow) expect.fail(`in a window: ${JSON.stringify(message)}`);
    if (isNight && message.place === OWN_CHAT && message.letGo.level === 'amber' && !isEnd)
      expect.fail(`amber in the night: ${JSON.stringify(message)}`);
  }
}

/** T09: the end of an alert is said once wherever the alert was, and nowhere else; one post a place. */
export function expectEnds(world: World): void {
  for (const { id, state } of world.alerts) {
    const own = world.messages.filter(({ alert }) => alert === id);
    if (own.some(({ status }) => isWaiting(status))) continue;
    const said = own.filter(({ status }) => status === 'sent');
    const places = new Set(own.map(({ place }) => place));
    for (const place of places) {
      const here = said.filter((one) => one.place === place);
      const posts = here.filter(({ operation }) => operation === 'post').length;
      const ends = here.filter(
        ({ edge, operation }) => operation === 'reply' && (edge === 'resolved' || edge === 'withdrawn'),
      ).length;
      const due = state === 'resolved' ? posts : 0;
      if (posts > 1 || ends !== due)
        expect.fail(`${id} ${state} at ${place}: ${posts} posts, ${ends} ends\n${JSON.stringify(here)}`);
    }
  }
}
