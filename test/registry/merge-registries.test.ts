import { describe, expect, it } from 'vitest';
import { loadRegistry, mergeRegistries, type Registry } from '../../src/registry/index.ts';
import { checks, CUT, type Files, FILES, makeFolder, METRIC, OWNERS, withLine } from './workspace-folder.ts';

const load = (files: Files): Promise<Registry> => loadRegistry(makeFolder({ ...FILES, ...files }), checks);

const LINKED: Files = {
  'metrics/checkout.yaml': `${METRIC}cuts: [{cut: by_device, role: explains}]\n`,
  'cuts/by_device.yaml': CUT,
};

describe('what is broken now', () => {
  it('T19 goes on as it last was, and its problem is listed', async () => {
    const before = await load({ 'metrics/other.yaml': METRIC });
    const after = await load({ 'metrics/other.yaml': 'name: [' });
    const merged = mergeRegistries(before, after);
    expect([...merged.metrics.keys()]).toEqual(['checkout', 'other']);
    expect(merged.metrics.get('other')).toEqual(before.metrics.get('other'));
    expect(merged.problems).toMatchObject([{ file: 'metrics/other.yaml', line: 1 }]);
  });

  it('does not hide what else changed', async () => {
    const before = await load({ 'metrics/other.yaml': METRIC });
    const after = await load({
      'metrics/other.yaml': 'name: [',
      'metrics/checkout.yaml': withLine(METRIC, 'name', 'name: New'),
    });
    expect(mergeRegistries(before, after).metrics.get('checkout')?.name).toBe('New');
  });

  it('is left out when it never was good', async () => {
    expect(
      mergeRegistries(await load({}), await load({ 'metrics/other.yaml': 'name: [' })).metrics.has('other'),
    ).toBe(false);
  });

  it('keeps the links of a broken cut, and of a broken metric', async () => {
    const before = await load(LINKED);
    const brokenCut = mergeRegistries(before, await load({ ...LINKED, 'cuts/by_device.yaml': 'x' }));
    const brokenMetric = mergeRegistries(before, await load({ ...LINKED, 'metrics/checkout.yaml': 'x' }));
    for (const merged of [brokenCut, brokenMetric]) {
      expect(merged.metrics).toEqual(before.metrics);
      expect(merged.cuts).toEqual(before.cuts);
    }
  });

  it('is a person whose entry is wrong: role and chat stay', async () => {
    const merged = mergeRegistries(
      await load({}),
      await load({ 'owners.yaml': withLine(OWNERS, '  role: approver', '  role: aprover') }),
    );
    expect(merged.people.find(({ email }) => email === 'ivan@shop.test')).toMatchObject({
      role: 'approver',
      telegramId: 1001,
    });
  });

  it('does not give a chat account back that somebody else has by now', async () => {
    const owners = '- email: ivan@shop.test\n  role: boss\n- email: ann@shop.test\n  telegram_id: 1001\n';
    const merged = mergeRegistries(await load({}), await load({ 'owners.yaml': owners }));
    expect(merged.people.map(({ email }) => email)).toEqual(['ann@shop.test']);
  });

  it('is everybody when owners.yaml cannot be read', async () => {
    const before = await load({});
    expect(mergeRegistries(before, await load({ 'owners.yaml': '- {' })).people).toEqual(before.people);
  });
});

describe('what is gone now', () => {
  it('T20 is gone, with its links', async () => {
    const before = await load(LINKED);
    const { 'metrics/checkout.yaml': _, ...rest } = { ...FILES, ...LINKED };
    const after = await loadRegistry(makeFolder(rest), checks);
    const merged = mergeRegistries(before, after);
    expect(merged.metrics.size).toBe(0);
    expect(merged.cuts.get('by_device')?.feeds).toEqual([]);
  });

  it('is a person whose entry is gone', async () => {
    const merged = mergeRegistries(await load({}), await load({ 'owners.yaml': '- email: ann@shop.test\n' }));
    expect(merged.people.map(({ email }) => email)).toEqual(['ann@shop.test']);
  });
});

describe('merging', () => {
  it('twice is the same as once, and with itself changes nothing', async () => {
    const before = await load({ ...LINKED, 'metrics/other.yaml': METRIC });
    const after = await load({
      ...LINKED,
      'metrics/other.yaml': '[',
      'cuts/by_device.yaml': '{',
      'owners.yaml': '- {',
    });
    const once = mergeRegistries(before, after);
    expect(mergeRegistries(before, once)).toEqual(once);
    expect(mergeRegistries(once, after)).toEqual(once);
    expect(mergeRegistries(before, before)).toEqual(before);
  });
});
