import { beforeEach, describe, expect, it } from 'vitest';
import { listNearestMetrics, type Words } from '../../src/answers/index.ts';
import { offerInline, sortUnasked } from '../../src/commands/inline.ts';
import { MINUTE } from '../../src/lib/time.ts';
import type { Caller } from '../../src/people/index.ts';
import { contentHashOf } from '../../src/pictures/index.ts';
import { setStar } from '../../src/watchlists/index.ts';
import { metric, status } from '../answers/facts.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry } from '../support/deps.ts';
import { createCommandWorld, textOf, vera, type CommandWorld } from './world.ts';

const database = withEmbeddedDatabase();
const METRICS = [
  aMetric({ id: 'checkout', name: 'Checkout conversion', synonyms: ['cr'] }),
  aMetric({ id: 'credit', name: 'Credit notes', synonyms: [] }),
  aMetric({ id: 'new_credit', name: 'New credit', synonyms: [] }),
  aMetric({ id: 'revenue', name: 'Revenue', synonyms: [] }),
];
const idsOf = (metrics: readonly { id: string }[]): string[] => metrics.map(({ id }) => id);

describe('listNearestMetrics', () => {
  it('lists the same first, then what starts so, then a word that does, then near spellings', () => {
    expect(idsOf(listNearestMetrics('CR', METRICS, 10))).toEqual(['checkout', 'credit', 'new_credit']);
    expect(idsOf(listNearestMetrics('revenu', METRICS, 10))).toEqual(['revenue']);
    expect(idsOf(listNearestMetrics('chekout', METRICS, 10))).toEqual(['checkout']);
    expect(idsOf(listNearestMetrics('cr', METRICS, 2))).toEqual(['checkout', 'credit']);
  });

  it('lists nothing for words that are near none, or no words', () => {
    expect(listNearestMetrics('zzzzzzzz', METRICS, 10)).toEqual([]);
    expect(listNearestMetrics(' ?! ', METRICS, 10)).toEqual([]);
  });
});

describe('sortUnasked', () => {
  const of = (id: string, over: object = {}) =>
    status({ metric: metric({ id, name: id }), level: 'green', stale: false, ...over });

  it('puts stars first in their order, then red, then the rest by name; built-in ones last', () => {
    const builtIn = status({ metric: metric({ id: 'a_own', name: 'a_own', builtIn: true }), level: 'green' });
    const statuses = [
      builtIn,
      of('b'),
      of('a', { level: 'amber' }),
      of('old', { level: 'red', stale: true }),
      of('red', { level: 'red' }),
      of('star_1'),
      of('star_2', { level: 'red' }),
    ];
    expect(sortUnasked(statuses, ['star_2', 'gone', 'star_1']).map((one) => one.metric.id)).toEqual([
      'star_2',
      'star_1',
      'red',
      'a',
      'b',
      'old',
      'a_own',
    ]);
  });
});

describe('offerInline', () => {
  let world: CommandWorld;
  let words: Words;
  let round = 0;

  beforeEach(async () => {
    await database.clear();
    world = await createCommandWorld(database.db, { metrics: aRegistry(METRICS).metrics });
    words = world.deps.wordsFor('en', 'Europe/Madrid');
    round += 1;
    world.clock.add(round * 2 * MINUTE);
  });

  async function titles(query: string, caller: Caller = world.callerOf(vera)): Promise<string[]> {
    const offer = await offerInline({ deps: world.deps, caller, words, place: null }, query);
    return offer.kind === 'cards' ? offer.cards.map(({ title }) => title) : [offer.label];
  }

  it('gives the cards of the nearest metrics, in their order, and without words the stars first', async () => {
    expect(await titles('cr')).toEqual(['⚪ Checkout conversion', '⚪ Credit notes', '⚪ New credit']);
    expect(await titles('zzzzzzzz')).toEqual([]);
    await setStar(world.deps, world.callerOf(vera), { metricId: 'revenue', starred: true });
    expect(await titles(' ')).toEqual([
      '⚪ Revenue',
      '⚪ Checkout conversion',
      '⚪ Credit notes',
      '⚪ New credit',
    ]);
  });

  it('gives a card without buttons, and the hash of the picture that /metric draws', async () => {
    const context = { deps: world.deps, caller: world.callerOf(vera), words, place: null };
    const offer = await offerInline(context, 'revenue');
    if (offer.kind !== 'cards') throw new Error('no cards');
    const [card] = offer.cards;
    expect(card?.answer.buttons).toBeUndefined();
    expect(textOf(card?.answer)).not.toContain('Owner');
    const [shown] = await world.say(vera, '/metric revenue');
    if (!shown?.picture) throw new Error('no picture');
    expect(await card?.findPictureHash()).toBe(contentHashOf(shown.picture.spec));
  });

  it('gives a stranger the way to /start alone', async () => {
    const stranger = { ...world.callerOf(vera), person: null, role: null, actor: 'telegram:6666' };
    expect(await titles('cr', stranger)).toEqual(['I do not know you yet. Ask for access']);
  });

  it('counts queries apart from commands', async () => {
    for (let n = 0; n < 60; n += 1) await titles('zzzzzzzz');
    await expect(titles('cr')).rejects.toMatchObject({ code: 'too_many_commands' });
    expect(await world.say(vera, '/metric revenue')).not.toEqual([]);
    expect(textOf((await world.say(vera, '/metric revenue'))[0])).toContain('Revenue');
  });
});
