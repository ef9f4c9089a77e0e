import { expect, it } from 'vitest';
import { findLinkedCommand } from '../../../src/channels/slack/unfurl.ts';
import { aCut } from '../../http/world.ts';
import { aMetric, aRegistry } from '../../support/deps.ts';

const BASE = 'https://hb.shop.test';
const TOKEN = 'k3Jx_0dPq-7aLmN2vTzR5w';
const registry = aRegistry([aMetric({ id: 'conversion', domain: 'money', teams: ['growth'] })], {
  cuts: new Map([['by_device', aCut({ id: 'by_device', page: 'checkout' })]]),
});
const commandOf = (url: string) => findLinkedCommand(url, { base: BASE, registry });

it.each([
  ['/docs/metrics/growth#conversion', '/metric conversion'],
  ['/metric/conversion.png?range=7d', '/metric conversion'],
  ['/cockpit', '/cockpit all'],
  ['/cockpit?team=growth', '/cockpit team:growth'],
  ['/cockpit?domain=money', '/cockpit domain:money'],
  [`/cockpit?watchlist=${TOKEN}`, `/start wl_${TOKEN}`],
  ['/audit/checkout', '/audit checkout'],
  ['/audit/checkout#by_device', '/audit by_device'],
  ['/alerts', '/alerts all'],
])('%s is shown as %s', (path, command) => {
  expect(commandOf(BASE + path)).toBe(command);
});

it.each([
  `${BASE}/docs/metrics/growth#unknown`,
  `${BASE}/cockpit?team=unknown`,
  `${BASE}/cockpit?domain=money&team=growth`,
  `${BASE}/cockpit?watchlist=money`,
  `${BASE}/cockpit?watchlist=${TOKEN}&team=growth`,
  `${BASE}/audit/unknown`,
  `${BASE}/alerts?state=resolved`,
  `${BASE}/play`,
  'https://hb.shop.test.evil.test/cockpit',
  'http://hb.shop.test/cockpit',
  'no address',
])('%s is left alone', (url) => {
  expect(commandOf(url)).toBeUndefined();
});
