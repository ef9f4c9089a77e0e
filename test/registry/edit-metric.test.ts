import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { unifiedDiff } from '../../src/lib/unified-diff.ts';
import { editMetric, type MetricEdit } from '../../src/registry/index.ts';

const FILE = `# who pays
name: "Checkout conversion"   # as on the wall
unit: percent
period: 1h
direction: up
norm_value: 4.0  # agreed in May
alert_value: 3.4
hysteresis: {enter: 2,   leave: 2}
how_to_read: >-
  Share of sessions with a basket
  that end in a paid order.
band:
  norm: 4.2   # a little better
sql: |
  select 1 as value -- norm_value: 7
`;

const BARE = `name: Checkout
direction: up
sql: |
  select 1 as value`;

function changed(text: string, edit: MetricEdit): string[] {
  return unifiedDiff(text, editMetric(text, edit), 'f')
    .split('\n')
    .filter((line) => /^[-+](?![-+])/.test(line));
}

describe('a metric file with other lines', () => {
  it('differs in the value alone: comments and layout stay', () => {
    expect(changed(FILE, { norm: 4.1 })).toEqual([
      '-norm_value: 4.0  # agreed in May',
      '+norm_value: 4.1  # agreed in May',
    ]);
    expect(changed(FILE, { enter: 3 })).toEqual([
      '-hysteresis: {enter: 2,   leave: 2}',
      '+hysteresis: {enter: 3,   leave: 2}',
    ]);
    expect(changed(FILE, { bandNorm: 4.5, alert: 3 })).toEqual([
      '-alert_value: 3.4',
      '+alert_value: 3',
      '-  norm: 4.2   # a little better',
      '+  norm: 4.5   # a little better',
    ]);
  });

  it('is the same where it says so already, in whatever digits', () => {
    expect(editMetric(FILE, { norm: 4, alert: 3.4, bandNorm: 4.2, enter: 2, leave: 2 })).toBe(FILE);
  });

  it('gets what it lacks behind what is there', () => {
    expect(changed(FILE, { bandAlert: 3.6 })).toEqual(['+  alert: 3.6']);
    expect(changed(`${BARE}\n`, { norm: 4, alert: 3, enter: 2, leave: 3, bandNorm: 5 })).toEqual([
      '+norm_value: 4',
      '+alert_value: 3',
      '+hysteresis: {enter: 2, leave: 3}',
      '+band: {norm: 5}',
    ]);
  });

  it.each([
    ['direction: up\nhysteresis:\n', { enter: 2 }, { direction: 'up', hysteresis: { enter: 2 } }],
    ['direction: up\nnorm_value:\nname: x\n', { norm: 3 }, { direction: 'up', norm_value: 3, name: 'x' }],
    ['direction: up', { norm: 3 }, { direction: 'up', norm_value: 3 }],
    ['direction: up\nband:\n  norm: 3', { bandAlert: 2 }, { direction: 'up', band: { norm: 3, alert: 2 } }],
    ['direction: up\r\nnorm_value: 3\r\n', { alert: 2 }, { direction: 'up', norm_value: 3, alert_value: 2 }],
  ])('also where the file is unusual: %j', (text, edit, data) => {
    expect(parse(editMetric(text, edit))).toEqual(data);
  });

  it('T02 says that a line does not exist, and writes none that was not there', () => {
    expect(changed(FILE, { alert: null })).toEqual(['-alert_value: 3.4', '+alert_value: null']);
    expect(editMetric(FILE, { bandAlert: null })).toBe(FILE);
    expect(editMetric(BARE, { norm: null, alert: null, bandNorm: null })).toBe(BARE);
  });

  it('keeps the ends of its lines', () => {
    const windows = FILE.replaceAll('\n', '\r\n');
    const edited = editMetric(windows, { bandAlert: 3.6, enter: 3 });
    expect(edited.replaceAll('\r\n', '').includes('\n')).toBe(false);
  });

  it.each(['', '- a list', 'name: x', 'a: [1', 'direction: {{'])('refuses %j', (text) => {
    expect(() => editMetric(text, { norm: 1 })).toThrow(
      expect.objectContaining({ code: 'metric_not_editable' }),
    );
  });

  it('says what was meant, in every file of the demo, and leaves all other lines', () => {
    const dir = join(import.meta.dirname, '../../packs/demo/metrics');
    const files = readdirSync(dir).filter((file) => file.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(20);
    const value = fc.integer({ min: -500, max: 500 }).map((tenths) => tenths / 10);
    const ticks = fc.integer({ min: 1, max: 9 });
    const edits = fc.record(
      { norm: value, alert: value, bandNorm: value, enter: ticks, leave: ticks },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...files), edits, (file, edit) => {
        const text = readFileSync(join(dir, file), 'utf8');
        const edited = editMetric(text, edit);
        const { norm, alert, bandNorm, enter, leave } = edit;
        const before = parse(text) as Record<string, object>;
        const hysteresis = { ...before['hysteresis'], ...(enter && { enter }), ...(leave && { leave }) };
        const band = { ...before['band'], ...(bandNorm !== undefined && { norm: bandNorm }) };
        expect(parse(edited)).toEqual({
          ...before,
          ...(norm !== undefined && { norm_value: norm }),
          ...(alert !== undefined && { alert_value: alert }),
          ...(Object.keys(hysteresis).length > 0 && { hysteresis }),
          ...(Object.keys(band).length > 0 && { band }),
        });
      }),
      { numRuns: 300 },
    );
  });
});
