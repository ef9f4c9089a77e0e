import { expect, it } from 'vitest';
import { parseMaintenance } from '../../src/answers/index.ts';

const KNOWN = new Set([
  'all',
  'growth',
  'checkout success',
  'orders per hour',
  'tickets per 100 orders',
  'orders',
]);
const read = (text: string) => parseMaintenance(text, (what) => KNOWN.has(what.toLowerCase()));

it.each([
  ['all 2h', 'all', { hours: 2 }, ''],
  ['growth 90m Warehouse upgrade', 'growth', { minutes: 90 }, 'Warehouse upgrade'],
  ['growth 90 upgrade', 'growth', { minutes: 90 }, 'upgrade'],
  ['Checkout success 2h deploy', 'Checkout success', { hours: 2 }, 'deploy'],
  ['checkout success 2 hours new bank', 'checkout success', { hours: 2 }, 'new bank'],
  ['checkout success an hour', 'checkout success', { hours: 1 }, ''],
  ['growth 1 час 30 минут переезд', 'growth', { hours: 1, minutes: 30 }, 'переезд'],
  ['orders per hour 3h', 'orders per hour', { hours: 3 }, ''],
  ['tickets per 100 orders 1d import', 'tickets per 100 orders', { days: 1 }, 'import'],
  ['all 2h back in 10 minutes', 'all', { hours: 2 }, 'back in 10 minutes'],
  ['nothing like this 2h', 'nothing like this', { hours: 2 }, ''],
])('%s', (text, what, span, why) => {
  expect(read(text)).toMatchObject({ what, span, why });
});

it.each(['all', 'all soon', '2h', ''])('%j says no time', (text) => {
  expect(read(text)).toEqual({ what: text, span: undefined, why: '' });
});
