import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { definitionHashOf, loadRegistry, type Metric, type Registry } from '../../src/registry/index.ts';
import {
  checks,
  CUT,
  type Files,
  FILES,
  makeFolder,
  METRIC,
  withLine,
  WORKSPACE,
} from './workspace-folder.ts';
import { NO_HOOKS, NO_PHONE } from '../support/registry-parts.ts';

const HOUR_MS = 3_600_000;

function load(files: Files = {}): Promise<Registry> {
  return loadRegistry(makeFolder({ ...FILES, ...files }), checks);
}

function getMetric(registry: Registry, id = 'checkout'): Metric {
  const metric = registry.metrics.get(id);
  if (!metric) throw new Error(`There is no metric ${id}.`);
  return metric;
}

const FULL_METRIC = `name: Checkout conversion
domain: growth
teams: [growth, growth]
unit: duration:min
period: 1d
schedule: "17 * * * *"
direction: down
norm_value: 4
alert_value: 5.5
target_value: 3
target_due: 2026-12-31
hysteresis: {enter: 2}
band: {norm: 3.8, alert: null}
timeout: 45s
correction: 7d
stale_after: 3d
tags: [money]
how_to_read: |
  Longer is worse.
methodology: Mean of all orders.
sources: [marts.orders]
notes: "Ticket #42"
synonyms: [cr, " paid "]
runbook: https://wiki.shop.test/cr
owner: Ivan@Shop.test
verification_state: verified
verified: {by: IVAN@shop.test, at: "2026-11-01 10:30:00 +02:00"}
cuts: [{cut: by_device, role: explains}]
sql_file: ./shared.sql
`;

const BARE_METRIC = `name: Orders
unit: count
period: 1h
direction: up
alert_value: null
how_to_read: More is better.
methodology: Paid orders.
sources: []
verification_state: unverified
sql: select 1 as value
`;

describe('a metric', () => {
  it('has all that its file says', async () => {
    const registry = await load({
      'metrics/full.yaml': FULL_METRIC,
      'metrics/shared.sql': 'select 1 as value\n',
      'cuts/by_device.yaml': CUT,
    });
    expect(registry.problems).toEqual([]);
    expect(getMetric(registry, 'full')).toEqual({
      id: 'full',
      file: 'metrics/full.yaml',
      name: 'Checkout conversion',
      domain: 'growth',
      teams: ['growth'],
      unit: { kind: 'duration', of: 'min' },
      period: { text: '1d', count: 1, unit: 'd', ms: 24 * HOUR_MS },
      schedule: '17 * * * *',
      scheduleOnly: false,
      direction: 'down',
      norm: 4,
      alert: 5.5,
      target: 3,
      targetDue: '2026-12-31',
      hysteresis: { enter: 2, leave: 1 },
      band: { norm: 3.8, alert: null },
      timeoutMs: 45_000,
      staleAfterMs: 72 * HOUR_MS,
      correctionMs: 168 * HOUR_MS,
      tags: ['money'],
      howToRead: 'Longer is worse.',
      methodology: 'Mean of all orders.',
      sources: ['marts.orders'],
      notes: 'Ticket #42',
      synonyms: ['cr', 'paid'],
      runbook: 'https://wiki.shop.test/cr',
      owner: 'ivan@shop.test',
      declared: 'verified',
      verified: { by: 'ivan@shop.test', at: '2026-11-01T08:30:00.000Z' },
      cuts: [{ cut: 'by_device', role: 'explains' }],
      sql: 'select 1 as value\n',
      definitionHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('T02 gets defaults, and no line where none is given', async () => {
    const registry = await load({ 'metrics/bare.yaml': BARE_METRIC });
    expect(registry.problems).toEqual([]);
    expect(getMetric(registry, 'bare')).toMatchObject({
      domain: 'general',
      teams: [],
      norm: null,
      alert: null,
      target: null,
      targetDue: null,
      hysteresis: { enter: 1, leave: 1 },
      band: { norm: null, alert: null },
      timeoutMs: 10_000,
      staleAfterMs: 2 * HOUR_MS,
      correctionMs: 0,
      owner: null,
      declared: 'unverified',
      verified: null,
      cuts: [],
    });
  });

  it.each([
    ['17 * * * *', { text: '1h', count: 1, unit: 'h', ms: HOUR_MS }],
    ['0 9 * * 1-5', { text: '3d', count: 3, unit: 'd', ms: 72 * HOUR_MS }],
  ])('with only the schedule %s has the longest gap as its period', async (cron, period) => {
    const registry = await load({
      'metrics/checkout.yaml': withLine(METRIC, 'period', `schedule: "${cron}"`),
    });
    expect(getMetric(registry)).toMatchObject({ period, schedule: cron, staleAfterMs: 2 * period.ms });
  });

  it('keeps an empty optional key as if it were not there', async () => {
    const registry = await load({
      'metrics/checkout.yaml': withLine(METRIC, 'owner', 'owner:\ntags: ~\nband: {norm: }'),
    });
    expect(registry.problems).toEqual([]);
    expect(getMetric(registry)).toMatchObject({ owner: null, tags: [], band: { norm: null, alert: null } });
  });

  it.each([
    ['2026-11-01', '2026-11-01'],
    ['2026-11-01T10:30:00Z', '2026-11-01T10:30:00.000Z'],
    ['2026-11-01T10:30:00.5+01:00', '2026-11-01T09:30:00.500Z'],
    ['2026-11-01 10:30', '2026-11-01T10:30:00'],
  ])('is verified at %s, kept as %s', async (written, kept) => {
    const registry = await load({
      'metrics/checkout.yaml': withLine(
        METRIC,
        'verified: ',
        `verified: {by: ivan@shop.test, at: ${written}}`,
      ),
    });
    expect(getMetric(registry).verified).toEqual({ by: 'ivan@shop.test', at: kept });
  });
});

describe('the definition hash', () => {
  const hashOf = async (text: string): Promise<string> =>
    definitionHashOf(getMetric(await load({ 'metrics/checkout.yaml': text })));

  it('stays when only space at line ends, the name or the owner changes', async () => {
    const hash = await hashOf(METRIC);
    expect(await hashOf(METRIC.replace('as value\n', 'as value  \t\n'))).toBe(hash);
    expect(await hashOf(METRIC.replace('sql: |\n', 'sql: |+\n').concat('\n\n'))).toBe(hash);
    expect(await hashOf(METRIC.replaceAll('\n', '\r\n'))).toBe(hash);
    expect(await hashOf(withLine(withLine(METRIC, 'name', 'name: Else'), 'owner', null))).toBe(hash);
    expect(
      await hashOf(withLine(METRIC, 'verified: ', 'verified: {by: ann@shop.test, at: 2026-12-01}')),
    ).toBe(hash);
  });

  it.each([
    ['sql', 'select 1 as value', 'select 2 as value'],
    ['indentation of the SQL', '  from', '    from'],
    [
      'direction',
      'direction: up\nnorm_value: 4.0\nalert_value: 3.4',
      'direction: down\nnorm_value: 3.4\nalert_value: 4.0',
    ],
    ['unit', 'unit: percent', 'unit: ratio'],
    ['norm', 'norm_value: 4.0', 'norm_value: 4.1'],
    ['alert', 'alert_value: 3.4', 'alert_value: 3.3'],
    ['a line that goes', 'norm_value: 4.0\n', ''],
    ['band', 'owner', 'band: {norm: 4.2}\nowner'],
    ['methodology', 'Paid orders', 'All orders'],
  ])('changes with %s', async (_name, from, to) => {
    expect(METRIC).toContain(from);
    expect(await hashOf(METRIC.replace(from, to))).not.toBe(await hashOf(METRIC));
  });
});

describe('T19 one bad file', () => {
  it('leaves out that metric, cut or person alone', async () => {
    const registry = await load({
      'owners.yaml': '- email: ivan@shop.test\n- email: Zoe@shop.test\n  role: boss\n- role: admin\n',
      'metrics/bad.yaml': 'name: [',
      'metrics/worse.yaml': Buffer.from([0xff, 0xfe, 0x00]),
      'cuts/bad_cut.yaml': 'title: x',
      'cuts/by_device.yaml': CUT,
    });
    expect([...registry.metrics.keys()]).toEqual(['checkout']);
    expect([...registry.cuts.keys()]).toEqual(['by_device']);
    expect(registry.people.map(({ email }) => email)).toEqual(['ivan@shop.test']);
    expect(registry.broken).toEqual({
      metrics: ['bad', 'worse'],
      cuts: ['bad_cut'],
      people: ['zoe@shop.test'],
      ownersFile: false,
    });
  });

  it('is one metric also when a check itself fails', async () => {
    const registry = await loadRegistry(
      makeFolder({ ...FILES, 'metrics/other.yaml': METRIC.replace('select 1', 'select 666') }),
      {
        ...checks,
        checkSql: (sql) => {
          if (sql.includes('666')) throw new Error('the parser broke');
          return [];
        },
      },
    );
    expect([...registry.metrics.keys()]).toEqual(['checkout']);
    expect(registry.problems).toMatchObject([
      { file: 'metrics/other.yaml', reason: 'The file could not be checked: the parser broke' },
    ]);
  });

  it('that breaks owners.yaml as a whole is said once, not for each metric', async () => {
    const registry = await load({ 'owners.yaml': '- email: "' });
    expect(registry.problems.map(({ file }) => file)).toEqual(['owners.yaml']);
    expect(registry).toMatchObject({ people: [], broken: { ownersFile: true } });
  });

  it('lets warnings of the SQL check pass, and awaits slow checks', async () => {
    const registry = await loadRegistry(makeFolder(FILES), {
      ...checks,
      checkSql: async (sql, sources) => {
        await Promise.resolve();
        return [
          { reason: `reads ${sql.length} characters of ${sources?.join()}`, hint: null, severity: 'warning' },
        ];
      },
    });
    expect([...registry.metrics.keys()]).toEqual(['checkout']);
    expect(registry.problems).toMatchObject([
      { line: 14, severity: 'warning', reason: 'Reads 36 characters of marts.orders.', hint: null },
    ]);
  });
});

describe('links', () => {
  it('may stand in either file or in both, and are known to both', async () => {
    const registry = await load({
      'metrics/checkout.yaml': `${METRIC}cuts: [{cut: by_device, role: explains}, {cut: gone, role: drilldown}]\n`,
      'cuts/by_device.yaml': `${CUT}feeds: [{metric: checkout, role: explains}]\n`,
      'cuts/by_page.yaml': `${CUT}feeds: [{metric: checkout, role: drilldown}, {metric: gone, role: explains}]\n`,
    });
    expect(getMetric(registry).cuts).toEqual([
      { cut: 'by_device', role: 'explains' },
      { cut: 'by_page', role: 'drilldown' },
    ]);
    expect([...registry.cuts.values()].map(({ feeds }) => feeds)).toEqual([
      [{ metric: 'checkout', role: 'explains' }],
      [{ metric: 'checkout', role: 'drilldown' }],
    ]);
    expect(registry.problems.map(({ reason }) => reason)).toEqual([
      'There is no metric gone.',
      'There is no cut gone.',
    ]);
  });

  it('to a cut whose file is broken are not called unknown', async () => {
    const registry = await load({
      'metrics/checkout.yaml': `${METRIC}cuts: [{cut: by_device, role: explains}]\n`,
      'cuts/by_device.yaml': 'title: [',
    });
    expect(registry.problems).toMatchObject([{ file: 'cuts/by_device.yaml', severity: 'error' }]);
  });
});

describe('a cut', () => {
  it('gets defaults', async () => {
    const registry = await load({ 'cuts/by_device.yaml': CUT });
    expect(registry.cuts.get('by_device')).toEqual({
      id: 'by_device',
      file: 'cuts/by_device.yaml',
      title: 'Conversion by device',
      page: 'checkout',
      chart: 'bars',
      window: '7d',
      windows: ['1d', '7d', '28d', '90d'],
      prose: '',
      howToRead: '',
      minGroup: 0,
      owner: null,
      declared: 'unverified',
      verified: null,
      feeds: [],
      sql: 'select device as dim, 1 as value from marts.orders\n',
      definitionHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('offers its first window among the others, shortest first', async () => {
    const registry = await load({ 'cuts/by_device.yaml': `${CUT}window: 36h\nwindows: [4w, 1d]\n` });
    expect(registry.cuts.get('by_device')?.windows).toEqual(['1d', '36h', '4w']);
  });
});

describe('people', () => {
  it('have all that the file says', async () => {
    const registry = await load({
      'owners.yaml': `- email: Ivan@Shop.test
  name: Ivan
  role: approver
  teams: [growth]
  telegram_id: 1001
  telegram: "@Ivan_S"
  slack_id: U0IVAN
  locale: ru
  timezone: Europe/Belgrade
  quiet_hours: {from: "22:00", to: "07:00"}
- email: ann@shop.test
`,
    });
    expect(registry.problems).toEqual([]);
    expect(registry.people).toEqual([
      {
        email: 'ivan@shop.test',
        name: 'Ivan',
        role: 'approver',
        teams: ['growth'],
        telegramId: 1001,
        telegramHandle: 'ivan_s',
        slackId: 'U0IVAN',
        locale: 'ru',
        timezone: 'Europe/Belgrade',
        quietHours: { from: '22:00', to: '07:00' },
        ...NO_PHONE,
      },
      {
        email: 'ann@shop.test',
        name: 'ann',
        role: 'viewer',
        teams: [],
        telegramId: null,
        telegramHandle: null,
        slackId: null,
        locale: null,
        timezone: null,
        quietHours: null,
        ...NO_PHONE,
      },
    ]);
  });
});

describe('the workspace', () => {
  it('has all that the file says', async () => {
    const registry = await load({
      'workspace.yaml': `name: Corner Shop
id: shop
timezone: Europe/Madrid
locale: ru
ops_inbox: {email: Ops@shop.test, telegram: -1001, slack: C0OPS}
rooms:
  - {telegram: -100200, telegram_topic: 7, teams: [growth]}
  - {slack: C0GROWTH}
policies:
  storm: {more_than: 3, within: 30s}
  escalate_after: 5m
  ack_timeout: 1h
  escalation: [owner, ops]
  inline: true
  self_watch: true
maintenance:
  - {name: Upgrade, from: 2026-12-01T22:00, to: 2026-12-02T02:00, domains: [growth]}
  - {name: Weekly, cron: 0 1 * * 7, for: 2h, metrics: [checkout], sources: [marts.orders]}
`,
    });
    expect(registry.problems).toEqual([]);
    expect(registry.workspace).toEqual({
      id: 'shop',
      name: 'Corner Shop',
      timezone: 'Europe/Madrid',
      locale: 'ru',
      opsInbox: { email: 'ops@shop.test', telegram: -1001, slack: 'C0OPS', hooks: NO_HOOKS },
      rooms: [
        { telegram: -100200, telegramTopic: 7, slack: null, hooks: NO_HOOKS, teams: ['growth'] },
        { telegram: null, telegramTopic: null, slack: 'C0GROWTH', hooks: NO_HOOKS, teams: [] },
      ],
      policies: {
        storm: { moreThan: 3, withinMs: 30_000 },
        escalateAfterMs: 300_000,
        ackTimeoutMs: HOUR_MS,
        escalation: ['owner', 'ops'],
        inline: true,
        selfWatch: true,
      },
      maintenance: [
        {
          name: 'Upgrade',
          from: '2026-12-01T22:00:00',
          to: '2026-12-02T02:00:00',
          cron: null,
          for: null,
          metrics: [],
          domains: ['growth'],
          sources: [],
        },
        {
          name: 'Weekly',
          from: null,
          to: null,
          cron: '0 1 * * 7',
          for: '2h',
          metrics: ['checkout'],
          domains: [],
          sources: ['marts.orders'],
        },
      ],
    });
  });

  it('gets defaults, and its id from its name', async () => {
    const { workspace } = await load({ 'workspace.yaml': 'name: Corner Shop\n' });
    expect(workspace).toEqual({
      id: 'corner_shop',
      name: 'Corner Shop',
      timezone: 'UTC',
      locale: 'en',
      opsInbox: { email: null, telegram: null, slack: null, hooks: NO_HOOKS },
      rooms: [],
      policies: {
        storm: { moreThan: 5, withinMs: 60_000 },
        escalateAfterMs: 15 * 60_000,
        ackTimeoutMs: 4 * HOUR_MS,
        escalation: ['owner', 'rooms', 'ops'],
        inline: false,
        selfWatch: false,
      },
      maintenance: [],
    });
  });

  it.each([
    ['Лавка на углу', 'lavka_na_uglu'],
    ['Café Zürich & Co.', 'cafe_zurich_co'],
    ['7 Eleven', 'eleven'],
  ])('called %s has the id %s', async (name, id) => {
    expect((await load({ 'workspace.yaml': `name: ${name}\n` })).workspace.id).toBe(id);
  });

  it('that is missing says how to make one', async () => {
    const dir = makeFolder({ 'owners.yaml': '' });
    const loading = loadRegistry(dir, checks);
    await expect(loading).rejects.toBeInstanceOf(InputError);
    await expect(loading).rejects.toMatchObject({
      code: 'workspace_missing',
      message: `There is no workspace.yaml in ${dir}. Create one with at least "name: My shop" and "timezone: Europe/Madrid", or name the folder that has one.`,
      details: { dir },
    });
    await expect(loadRegistry(join(dir, 'not there'), checks)).rejects.toMatchObject({
      code: 'workspace_missing',
    });
  });

  it('that is wrong stops everything with every reason', async () => {
    const dir = makeFolder({
      ...FILES,
      'workspace.yaml': withLine(WORKSPACE, 'locale', 'locale: de\nlanguage: en'),
    });
    await expect(loadRegistry(dir, checks)).rejects.toMatchObject({
      code: 'workspace_invalid',
      message:
        'workspace.yaml:3: locale de is not known. Use en or ru.\nworkspace.yaml:4: language is not a known key. Did you mean locale?',
      details: { dir, file: 'workspace.yaml', line: 3, reason: 'locale de is not known.' },
    });
  });
});

describe('pages', () => {
  it('are read by name, with their heading as title', async () => {
    const registry = await load({
      'docs/On-Call.md': 'Some words.\n\n# Being on call\n\nText.\n',
      'docs/how_we_count.md': 'No heading.\n',
      'docs/bad name!.md': '# x\n',
      'docs/notes.txt': 'no page',
      'docs/latin.md': Buffer.from([0xe4]),
    });
    expect([...registry.pages].map(([slug, { title }]) => [slug, title])).toEqual([
      ['on-call', 'Being on call'],
      ['how_we_count', 'How we count'],
    ]);
    expect(registry.problems.map(({ file, severity }) => [file, severity])).toEqual([
      ['docs/bad name!.md', 'warning'],
      ['docs/latin.md', 'error'],
    ]);
  });
});

describe('the folder', () => {
  it('may be a symbolic link itself', async () => {
    const dir = makeFolder({});
    symlinkSync(makeFolder(FILES), join(dir, 'linked'));
    expect((await loadRegistry(join(dir, 'linked'), checks)).metrics.size).toBe(1);
  });

  it('must hold its files: a page that leads outside is not shown', async () => {
    const dir = makeFolder({ ...FILES, 'docs/a.md': '' });
    symlinkSync('/etc/hostname', join(dir, 'docs/hostname.md'));
    const registry = await loadRegistry(dir, checks);
    expect([...registry.pages.keys()]).toEqual(['a']);
    expect(registry.problems).toMatchObject([
      { file: 'docs/hostname.md', reason: 'The file leads outside the workspace folder.' },
    ]);
  });

  it('may lack folders, and hold other things', async () => {
    const dir = makeFolder({
      'workspace.yaml': WORKSPACE,
      'owners.yaml': '',
      'metrics/README.md': '',
      'metrics/.swp.yaml': 'x',
    });
    mkdirSync(join(dir, 'metrics/dir.yaml'));
    expect((await loadRegistry(dir, checks)).problems.map(({ file }) => file)).toEqual([
      'metrics/dir.yaml',
      'owners.yaml',
    ]);
  });

  it('that cannot be read is not an empty one', async () => {
    const dir = makeFolder({ 'workspace.yaml': WORKSPACE });
    symlinkSync('metrics', join(dir, 'metrics'));
    await expect(loadRegistry(dir, checks)).rejects.toMatchObject({ code: 'workspace_unreadable' });
  });

  it('may hold a file that cannot be read', async () => {
    const dir = makeFolder(FILES);
    symlinkSync('loop.yaml', join(dir, 'metrics/loop.yaml'));
    const registry = await loadRegistry(dir, checks);
    expect(registry.problems).toMatchObject([
      { file: 'metrics/loop.yaml', reason: 'The file could not be read (ELOOP).', severity: 'error' },
    ]);
    expect([...registry.metrics.keys()]).toEqual(['checkout']);
  });

  it.skipIf(process.getuid?.() === 0)('may hold a file that others own', async () => {
    const dir = makeFolder(FILES);
    chmodSync(join(dir, 'metrics/checkout.yaml'), 0);
    expect((await loadRegistry(dir, checks)).problems).toMatchObject([
      { reason: 'The file may not be read.' },
    ]);
  });
});
