import { expect, it } from 'vitest';
import { listMenus } from '../../src/channels/telegram/menus.ts';
import type { Person } from '../../src/registry/index.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';
import { ada, createCommandWorld, textOf, vera } from './world.ts';

const database = withEmbeddedDatabase();

const as = (name: string, over: Partial<Person>): Person => ({
  ...vera,
  email: `${name}@shop.test`,
  ...over,
});
const owner = as('owner', { telegramId: 2001 });
const operator = as('operator', { role: 'operator', telegramId: 2002 });
const approver = as('approver', { role: 'approver', telegramId: 2003 });
const people = [ivan, vera, owner, operator, approver, ada];
const { metrics } = aRegistry([aMetric({ owner: owner.email })]);

const ACTING = [
  'ack',
  'unack',
  'snooze',
  'note',
  'refresh',
  'maintenance',
  'schedule',
  'pin',
  'unpin',
  'test',
];
const OWNERS = ['ack', 'unack', 'snooze', 'note', 'refresh'];
const OPERATORS = [...OWNERS, 'schedule', 'pin', 'unpin', 'test'];

it.each([
  ['a viewer who owns nothing', vera, []],
  ['a viewer who owns a metric', owner, OWNERS],
  ['an operator', operator, OPERATORS],
  ['an approver', approver, ACTING],
  ['an admin', ada, ACTING],
])('help and the menu of %s list what this person may do', async (_who, person, acting) => {
  const world = await createCommandWorld(database.db, { metrics, people });
  const [help] = await world.say(person, '/help');
  const listed = [...textOf(help).matchAll(/^\/(\w+) —/gmu)].map(([, name = '']) => name);
  expect(listed).toEqual(expect.arrayContaining(['cockpit', 'metric', 'watchlist', 'star', 'why']));
  expect(listed.filter((name) => ACTING.includes(name)).toSorted()).toEqual(acting.toSorted());
  const menus = listMenus(world.deps.registry.current(), () => world.deps.wordsFor('en', 'Europe/Madrid'));
  const own = menus.find(({ scope }) => scope.type === 'chat' && scope.chat === String(person.telegramId));
  expect(own?.commands.map(({ command }) => command)).toEqual(listed);
});

it('a group has one menu, with what its owners and operators do there', async () => {
  const world = await createCommandWorld(database.db, { metrics, people });
  const menus = listMenus(world.deps.registry.current(), () => world.deps.wordsFor('en', 'Europe/Madrid'));
  const group = menus.find(({ scope }) => scope.type === 'all_group_chats');
  expect(group?.commands.map(({ command }) => command)).toEqual(expect.arrayContaining(['ack', 'note']));
});
