import { describe, expect, it } from 'vitest';
import { checkWorkspace, formatReport } from '../../src/registry/index.ts';
import { checks, CUT, FILES, makeFolder, METRIC, withLine } from './workspace-folder.ts';

describe('heartbeat check', () => {
  it('of a good folder counts what there is and is ok', async () => {
    const dir = makeFolder({ ...FILES, 'cuts/by_device.yaml': CUT, 'docs/a.md': '', 'docs/b.md': '' });
    const report = await checkWorkspace(dir, checks);
    expect(report).toEqual({
      dir,
      ok: true,
      counts: { metrics: 1, cuts: 1, people: 2, pages: 2, errors: 0, warnings: 0 },
      problems: [],
    });
    expect(formatReport(report)).toBe('0 errors, 0 warnings. Usable: 1 metric, 1 cut, 2 people, 2 pages.');
  });

  it('of a folder with warnings is ok', async () => {
    const report = await checkWorkspace(
      makeFolder({ ...FILES, 'metrics/checkout.yaml': withLine(METRIC, 'owner', 'owner: zoe@corp.test') }),
      checks,
    );
    expect(report.ok).toBe(true);
    expect(formatReport(report)).toBe(
      'metrics/checkout.yaml:11: Warning: owner zoe@corp.test is not in owners.yaml. Add that person, or name another.\n' +
        '0 errors, 1 warning. Usable: 1 metric, 0 cuts, 2 people, 0 pages.',
    );
  });

  it('of a bad folder lists every problem in the order of files and lines and is not ok', async () => {
    const dir = makeFolder({
      'workspace.yaml': 'name: [',
      'owners.yaml': '- role: boss\n  email: zoe@shop.test\n',
      'metrics/checkout.yaml': withLine(METRIC, 'unit', 'unit: x'),
      'metrics/other.yaml': withLine(METRIC, 'alert_value', 'alert_value: 5'),
    });
    const report = await checkWorkspace(dir, checks);
    expect(report.ok).toBe(false);
    expect(report.counts).toEqual({ metrics: 0, cuts: 0, people: 0, pages: 0, errors: 4, warnings: 0 });
    expect(formatReport(report).split('\n')).toEqual([
      'metrics/checkout.yaml:3: unit x is not a unit. Use percent, count, ratio, score, currency:EUR (ISO 4217) or duration:min (ms, s, min, h, d).',
      'metrics/other.yaml:7: alert_value 5 is better than norm_value 4, but direction is up. Swap them or set direction: down.',
      'owners.yaml:1: role boss is not known. Use viewer, operator, approver or admin.',
      'workspace.yaml:1: The [ is never closed. Add ].',
      '4 errors, 0 warnings. Usable: 0 metrics, 0 cuts, 0 people, 0 pages.',
    ]);
  });

  it('of a folder that is not there says so and is not ok', async () => {
    const report = await checkWorkspace('/nowhere/at/all', checks);
    expect(report.ok).toBe(false);
    expect(report.problems).toMatchObject([
      { file: 'owners.yaml', severity: 'warning' },
      { file: 'workspace.yaml', reason: 'There is no workspace.yaml.' },
    ]);
  });
});
