import { beforeAll, describe, expect, it } from 'vitest';
import { demoWorkspaceDir, FALLABLE } from '../../packs/demo/index.ts';
import { loadRegistry, type Metric, type Registry } from '../../src/registry/index.ts';
import { workspaceChecks } from '../../src/workspace-checks.ts';

const WORDS_THAT_TEACH = 25;

describe('the demo workspace', () => {
  let registry: Registry;
  let metrics: Metric[];
  beforeAll(async () => {
    registry = await loadRegistry(demoWorkspaceDir, workspaceChecks);
    metrics = [...registry.metrics.values()];
  });
  const owner = (metric: Metric) => registry.people.find(({ email }) => email === metric.owner);

  it('loads without a problem', () => {
    expect(registry.problems).toEqual([]);
    expect(registry.cuts.size).toBe(10);
    expect([...registry.pages.keys()].toSorted()).toEqual(['about-the-shop', 'when-checkout-falls']);
  });

  it('has metrics of every kind in five domains', () => {
    expect(metrics).toHaveLength(35);
    expect([...new Set(metrics.map(({ domain }) => domain))].toSorted()).toEqual([
      'finance',
      'growth',
      'operations',
      'sales',
      'support',
    ]);
    const units = new Set(metrics.map(({ unit }) => unit.kind));
    expect(units).toEqual(new Set(['currency', 'count', 'ratio', 'percent', 'duration', 'score']));
    expect(metrics.filter(({ direction }) => direction === 'down').length).toBeGreaterThan(10);
    expect(metrics.filter(({ declared }) => declared === 'unverified')).toHaveLength(4);
    expect(metrics.filter(({ owner }) => owner === null).map(({ id }) => id)).toEqual(['payment_cost']);
    expect(metrics.filter(({ norm }) => norm === null).map(({ id }) => id)).toEqual(['orders_hourly']);
  });

  it('says how to read each and how it is made, each in its own words', () => {
    for (const { howToRead, methodology } of metrics) {
      expect(howToRead.split(/\s+/).length + methodology.split(/\s+/).length).toBeGreaterThan(
        WORDS_THAT_TEACH,
      );
    }
    expect(new Set(metrics.map(({ howToRead }) => howToRead)).size).toBe(metrics.length);
    expect(new Set(metrics.map(({ methodology }) => methodology)).size).toBe(metrics.length);
  });

  it('has two people with phones, one of each language, and a room for their teams', () => {
    const linked = registry.people.filter(({ telegramId }) => telegramId !== null);
    expect(linked).toMatchObject([
      { name: 'Ivan', telegramId: 1001, slackId: 'U0IVAN', role: 'approver', locale: 'en' },
      { name: 'Ann', telegramId: 1002, slackId: 'U0ANN', role: 'operator', locale: 'ru' },
    ]);
    expect(registry.workspace.rooms).toMatchObject([{ telegram: -100_200 }, { slack: 'C0SHOP' }]);
    expect(registry.workspace.opsInbox).toMatchObject({ telegram: -100_300, slack: 'C0OPS' });
  });

  it('can show each live fall: verified, with an alert line, an owner with a phone and the room’s team', () => {
    const [room] = registry.workspace.rooms;
    for (const id of FALLABLE) {
      const metric = registry.metrics.get(id);
      expect(metric).toMatchObject({ declared: 'verified', alert: expect.any(Number) as number });
      expect(metric && owner(metric)?.telegramId).toEqual(expect.any(Number));
      expect(metric?.teams.some((team) => room?.teams.includes(team))).toBe(true);
      expect(metric?.period.ms).toBeLessThanOrEqual(60_000);
    }
    expect(registry.metrics.get('checkout_success')?.owner).toBe('ivan@shop.test');
  });
});
