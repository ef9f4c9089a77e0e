import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Files, makeFolder, METRIC, problemsOf, withLine, WORKSPACE } from './workspace-folder.ts';

const metric = (start: string, line: string | null): Files => ({
  'metrics/checkout.yaml': withLine(METRIC, start, line),
});
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

describe('a metric file that is wrong is named with its line and what to do', () => {
  it.each<[string, Files, string[]]>([
    [
      'T19 a tab',
      metric('norm_value', '\tnorm_value: 4'),
      ['metrics/checkout.yaml:6: A tab stands where spaces must. Replace tabs by spaces.'],
    ],
    [
      'T19 a tab in SQL',
      metric('  from marts.orders', '\tfrom marts.orders'),
      ['metrics/checkout.yaml:16: A tab stands where spaces must. Replace tabs by spaces.'],
    ],
    [
      'T19 a key twice',
      metric('alert_value', 'norm_value: 3.4'),
      ['metrics/checkout.yaml:7: norm_value stands twice; it is also in line 6. Remove one of them.'],
    ],
    [
      'T19 a value that is a comment',
      metric('owner', 'fmt: #,##0'),
      ['metrics/checkout.yaml:11: fmt has no value: everything after # is a comment. Quote it: "#,##0".'],
    ],
    [
      'T19 a value inside brackets that is a comment',
      { 'workspace.yaml': `${WORKSPACE}rooms:\n  - {slack: #growth, teams: [growth]}\n` },
      ['workspace.yaml:6: The { is never closed: everything after # is a comment. Quote it: "#growth".'],
    ],
    [
      'T19 text that a comment cuts off',
      metric('name', 'name: Ticket #42'),
      [
        'metrics/checkout.yaml:1: Warning: name ends before #42: everything after # is a comment. Quote the whole value, or put a space after # if it is a comment.',
      ],
    ],
    [
      'T19 a byte order mark',
      { 'metrics/checkout.yaml': Buffer.concat([BOM, Buffer.from(METRIC)]) },
      [
        'metrics/checkout.yaml:1: Warning: The file starts with a byte order mark. Save it as UTF-8 without a byte order mark.',
      ],
    ],
    [
      'T19 bytes that are not UTF-8',
      { 'metrics/checkout.yaml': Buffer.from(METRIC.replace('baskets', 'Käufe'), 'latin1') },
      ['metrics/checkout.yaml:8: This line is not UTF-8 text. Save it as UTF-8 without a byte order mark.'],
    ],
    [
      'T19 UTF-16',
      { 'metrics/checkout.yaml': Buffer.from(`\ufeff${METRIC}`, 'utf16le') },
      ['metrics/checkout.yaml:1: The file is UTF-16. Save it as UTF-8 without a byte order mark.'],
    ],
    [
      'a zero byte',
      { 'metrics/checkout.yaml': METRIC.replace('baskets', 'bask\0ets') },
      [
        'metrics/checkout.yaml:8: This line holds a zero byte, so the file is not text. Save it as UTF-8 without a byte order mark.',
      ],
    ],
    [
      'a character that no database stores',
      metric('name', 'name: "a\\0b"'),
      [
        'metrics/checkout.yaml:1: The text holds a character that cannot be stored. Remove the \\0 or \\ud… escape.',
      ],
    ],
    [
      'a file that is too large',
      { 'metrics/checkout.yaml': `${METRIC}# ${'x'.repeat(1_200_000)}\n` },
      ['metrics/checkout.yaml:1: The file has 1.1 MB; at most 1 MB is read. Make it smaller.'],
    ],
    [
      'an open quote',
      metric('name', 'name: "Checkout'),
      [
        'metrics/checkout.yaml:1: A quote is opened here and never closed. Close it, or double a quote that is part of the text.',
      ],
    ],
    [
      'an open bracket',
      metric('sources', 'sources: [marts.orders'),
      ['metrics/checkout.yaml:10: The [ is never closed. Add ].'],
    ],
    [
      'a colon inside a value',
      metric('methodology', 'methodology: Orders: paid ones'),
      [
        'metrics/checkout.yaml:9: This line is a second "key: value" inside a value, or is indented too far. Give keys of one level the same number of leading spaces. Put a value that holds ": " in quotes.',
      ],
    ],
    [
      'two documents',
      { 'metrics/checkout.yaml': `${METRIC}---\n${METRIC}` },
      ['metrics/checkout.yaml:17: A second document starts here (---). Put it in a file of its own.'],
    ],
    [
      'a tag',
      metric('name', 'name: !!js/function x'),
      ['metrics/checkout.yaml:1: The tag tag:yaml.org,2002:js/function means nothing here. Remove it.'],
    ],
    [
      'an alias of nothing',
      metric('name', 'name: *checkout'),
      [
        'metrics/checkout.yaml:1: *checkout repeats an anchor (&checkout) that is not set before it. Quote the value if it is text that starts with *.',
      ],
    ],
    [
      'an empty file',
      { 'metrics/checkout.yaml': '# later\n' },
      ['metrics/checkout.yaml:1: The file is empty. Write "key: value" on each line.'],
    ],
    [
      'a list',
      { 'metrics/checkout.yaml': '- a\n' },
      ['metrics/checkout.yaml:1: The file holds no keys. Write "key: value" on each line.'],
    ],
    [
      'an unknown key',
      metric('norm_value', 'nrom_value: 4'),
      ['metrics/checkout.yaml:6: nrom_value is not a known key. Did you mean norm_value?'],
    ],
    [
      'a short key',
      metric('norm_value', 'norm: 4'),
      ['metrics/checkout.yaml:6: norm is not a known key. Did you mean norm_value?'],
    ],
    [
      'another word',
      metric('period', 'interval: 1h'),
      [
        'metrics/checkout.yaml:1: There is neither period nor schedule. Add "period: 1h" or a cron such as schedule: "17 * * * *".',
        'metrics/checkout.yaml:4: interval is not a known key. Did you mean period?',
      ],
    ],
    [
      'an id',
      metric('domain', 'id: checkout'),
      ['metrics/checkout.yaml:2: id is not a known key. Remove the line: the file name is the id.'],
    ],
    [
      'an unknown key inside',
      metric('norm_value', 'band: {normal: 4}'),
      ['metrics/checkout.yaml:6: normal is not a known key. Did you mean norm?'],
    ],
    [
      'an unknown key like no other',
      metric('norm_value', 'hysteresis: {xyz: 4}'),
      ['metrics/checkout.yaml:6: xyz is not a known key. Known here: enter or leave.'],
    ],
    [
      'a missing key',
      metric('unit', null),
      ['metrics/checkout.yaml:1: unit is missing. Add "unit: percent" or the like.'],
    ],
    [
      'a key without a value',
      metric('unit', 'unit:'),
      ['metrics/checkout.yaml:3: unit has no value. Add "unit: percent" or the like.'],
    ],
    [
      'a missing key inside',
      metric('verified: ', 'verified: {at: 2026-11-01}'),
      ['metrics/checkout.yaml:13: verified.by is missing. E-mail of the person who verified it.'],
    ],
    [
      'a unit',
      metric('unit', 'unit: euro'),
      [
        'metrics/checkout.yaml:3: unit euro is not a unit. Use percent, count, ratio, score, currency:EUR (ISO 4217) or duration:min (ms, s, min, h, d).',
      ],
    ],
    [
      'a currency',
      metric('unit', 'unit: currency:XYZ'),
      [
        'metrics/checkout.yaml:3: unit currency:XYZ names a currency that does not exist. Use its ISO 4217 code, such as currency:EUR.',
      ],
    ],
    [
      'a period',
      metric('period', 'period: hourly'),
      [
        'metrics/checkout.yaml:4: period hourly is not a duration. Write a number and s, m, h, d or w, such as 15m.',
      ],
    ],
    [
      'a period of nothing',
      metric('period', 'period: 0h'),
      [
        'metrics/checkout.yaml:4: period 0h is not a duration. Write a number and s, m, h, d or w, such as 15m.',
      ],
    ],
    [
      'a period of years',
      metric('period', 'period: 100w'),
      [
        'metrics/checkout.yaml:4: period 100w is longer than a year. Write a number and s, m, h, d or w, such as 15m.',
      ],
    ],
    [
      'a number where a duration stands',
      metric('period', 'period: 60'),
      ['metrics/checkout.yaml:4: period 60 is not text. Put it in quotes: "60".'],
    ],
    [
      'cron',
      metric('period', 'schedule: every hour'),
      [
        'metrics/checkout.yaml:4: schedule every hour is not cron: Expected five fields. Write minute, hour, day, month, weekday: "17 * * * *" is 17 minutes past every hour.',
      ],
    ],
    [
      'a timeout',
      metric('norm_value', 'timeout: 90s'),
      [
        'metrics/checkout.yaml:6: timeout 90s is more than 60s. Give it less, and put what takes longer into a table of its own.',
      ],
    ],
    [
      'a direction',
      metric('direction', 'direction: upp'),
      ['metrics/checkout.yaml:5: direction upp is not known. Did you mean up? Use up or down.'],
    ],
    [
      'a boolean',
      metric('direction', 'direction: true'),
      ['metrics/checkout.yaml:5: direction true is not known. Use up or down.'],
    ],
    [
      'a number in quotes',
      metric('norm_value', 'norm_value: "4.0"'),
      ['metrics/checkout.yaml:6: norm_value 4.0 is not a number. Remove the quotes: 4.0.'],
    ],
    [
      'a number with a comma',
      metric('norm_value', 'norm_value: 4,5'),
      ['metrics/checkout.yaml:6: norm_value 4,5 is not a number. Write a number.'],
    ],
    [
      'T04 infinity',
      metric('norm_value', 'norm_value: .inf'),
      ['metrics/checkout.yaml:6: norm_value Infinity is not a number. Write a number.'],
    ],
    [
      'T04 not a number',
      metric('norm_value', 'norm_value: .nan'),
      ['metrics/checkout.yaml:6: norm_value NaN is not a number. Write a number.'],
    ],
    [
      'a text where a list stands',
      metric('sources', 'sources: marts.orders'),
      ['metrics/checkout.yaml:10: sources marts.orders is not a list. Write it as [marts.orders].'],
    ],
    [
      'keys where a list stands',
      metric('sources', 'sources: {a: b}'),
      ['metrics/checkout.yaml:10: sources {"a":"b"} is not a list. Write entries below it, each after "- ".'],
    ],
    [
      'a text where keys stand',
      metric('norm_value', 'band: 4'),
      [
        'metrics/checkout.yaml:6: band 4 is not keys with values. Write keys below it, indented, each with a value.',
      ],
    ],
    [
      'a number of ticks',
      metric('norm_value', 'hysteresis: {enter: 0}'),
      ['metrics/checkout.yaml:6: hysteresis.enter 0 is too small. It must be at least 1.'],
    ],
    [
      'half a tick',
      metric('norm_value', 'hysteresis: {leave: 1.5}'),
      ['metrics/checkout.yaml:6: hysteresis.leave 1.5 is not a whole number. Write a whole number.'],
    ],
    [
      'too many ticks',
      metric('norm_value', 'hysteresis: {leave: 1000}'),
      ['metrics/checkout.yaml:6: hysteresis.leave 1000 is too large. It must be at most 100.'],
    ],
    [
      'a text that says nothing',
      metric('name', 'name: "  "'),
      ['metrics/checkout.yaml:1: name "" says nothing. Write something or remove the line.'],
    ],
    [
      'alert better than norm',
      metric('alert_value', 'alert_value: 5'),
      [
        'metrics/checkout.yaml:7: alert_value 5 is better than norm_value 4, but direction is up. Swap them or set direction: down.',
      ],
    ],
    [
      'alert better than norm, down',
      metric('direction', 'direction: down'),
      [
        'metrics/checkout.yaml:7: alert_value 3.4 is better than norm_value 4, but direction is down. Swap them or set direction: up.',
      ],
    ],
    [
      'a recovery line on the wrong side',
      metric('owner', 'band: {norm: 3.9, alert: 3.6}'),
      [
        'metrics/checkout.yaml:11: band.norm 3.9 is worse than norm_value 4, so a level would be left before it is over. Set it to 4 or more.',
      ],
    ],
    [
      'a recovery line of no line',
      metric('norm_value', 'band: {norm: 4.2}'),
      ['metrics/checkout.yaml:6: band.norm is set without norm_value. Add norm_value or remove band.norm.'],
    ],
    [
      'recovery lines that cross',
      metric('owner', 'band: {norm: 4.2, alert: 4.5}'),
      [
        'metrics/checkout.yaml:11: Warning: band.alert 4.5 is better than band.norm 4.2, so red would last longer than amber. Swap them.',
      ],
    ],
    [
      'a stale time that is too short',
      metric('owner', 'stale_after: 10m'),
      [
        'metrics/checkout.yaml:11: Warning: stale_after 10m is shorter than the period 1h. It will be stale before its next value is due.',
      ],
    ],
    [
      'verified by nobody',
      metric('verified: ', null),
      [
        'metrics/checkout.yaml:12: verification_state is verified, but nobody says who verified it and when. Add verified: {by: <e-mail>, at: <date>}, or set verification_state: unverified.',
      ],
    ],
    [
      'a day that does not exist',
      metric('verified: ', 'verified: {by: ivan@shop.test, at: 2026-02-30}'),
      [
        'metrics/checkout.yaml:13: verified.at 2026-02-30 is a time that does not exist. Write it like 2026-11-01.',
      ],
    ],
    [
      'a day in words',
      metric('verified: ', 'verified: {by: ivan@shop.test, at: yesterday}'),
      [
        'metrics/checkout.yaml:13: verified.at yesterday is not a time. Write a date like 2026-11-01 or a time like 2026-11-01T09:30:00Z.',
      ],
    ],
    [
      'a target on a day that does not exist',
      metric('owner', 'target_value: 5\ntarget_due: 2026-13-01'),
      [
        'metrics/checkout.yaml:12: target_due 2026-13-01 is a day that does not exist. Write it like 2026-12-31.',
      ],
    ],
    [
      'a due date of no target',
      metric('owner', 'target_due: 2026-12-31'),
      [
        'metrics/checkout.yaml:11: Warning: target_due is set without target_value. Add target_value or remove it.',
      ],
    ],
    [
      'an e-mail',
      metric('owner', 'owner: Ivan'),
      ['metrics/checkout.yaml:11: owner Ivan is not an e-mail. Write it like ivan@shop.test.'],
    ],
    [
      'an unknown owner',
      metric('owner', 'owner: iwan@shop.test'),
      [
        'metrics/checkout.yaml:11: Warning: owner iwan@shop.test is not in owners.yaml. Did you mean ivan@shop.test? Add that person, or name another.',
      ],
    ],
    [
      'verified by a stranger',
      metric('verified: ', 'verified: {by: zoe@corp.test, at: 2026-11-01}'),
      [
        'metrics/checkout.yaml:13: Warning: verified.by zoe@corp.test is not in owners.yaml. Add that person, or name another.',
      ],
    ],
    [
      'an unknown cut',
      metric('owner', 'cuts: [{cut: by_device, role: explains}]'),
      [
        'metrics/checkout.yaml:11: Warning: There is no cut by_device. Create cuts/by_device.yaml or remove the link.',
      ],
    ],
    [
      'a role of a link',
      metric('owner', 'cuts: [{cut: by_device, role: explain}]'),
      [
        'metrics/checkout.yaml:11: cuts.role explain is not known. Did you mean explains? Use explains or drilldown.',
      ],
    ],
    [
      'no SQL',
      metric('sql', 'notes: |'),
      [
        'metrics/checkout.yaml:1: There is no sql. Add "sql: |" with one SELECT below it, or sql_file: ./<name>.sql.',
      ],
    ],
    [
      'two SQLs',
      metric('owner', 'sql_file: ./checkout.sql'),
      ['metrics/checkout.yaml:11: There are both sql and sql_file. Remove one of them.'],
    ],
    [
      'SQL that is refused, at its line in the file',
      metric('  from marts.orders', '  drop table marts.orders'),
      ['metrics/checkout.yaml:16: The statement is DROP, not SELECT. Give one SELECT.'],
    ],
    [
      'SQL on one line that is refused',
      metric('sql: |', 'sql: drop table x\nnotes: |'),
      ['metrics/checkout.yaml:14: The statement is DROP, not SELECT. Give one SELECT.'],
    ],
    [
      'a file name that is no slug',
      { 'metrics/Checkout Rate.yaml': METRIC },
      [
        'metrics/Checkout Rate.yaml:1: The file name is the id, and Checkout Rate is not a slug. Rename it to checkout_rate.yaml.',
      ],
    ],
    [
      'a file name without letters',
      { 'metrics/42.yaml': METRIC },
      [
        'metrics/42.yaml:1: The file name is the id, and 42 is not a slug. Use a-z, 0-9 and _, starting with a letter, 2 to 63 characters.',
      ],
    ],
    [
      'another extension',
      { 'metrics/other.yml': METRIC },
      ['metrics/other.yml:1: Warning: Files that end in .yml are not read. Rename it to other.yaml.'],
    ],
    [
      'a folder inside',
      { 'metrics/growth/other.yaml': METRIC },
      ['metrics/growth:1: Warning: Folders inside are not read. Move the files into metrics/ itself.'],
    ],
    [
      'a synonym that names another metric',
      {
        'metrics/other.yaml': `${withLine(METRIC, 'name', 'name: Other')}synonyms: [other, Checkout conversion]\n`,
      },
      [
        'metrics/other.yaml:17: Warning: The synonym Checkout conversion already names checkout. Choose another word.',
      ],
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected);
  });
});

describe('sql_file', () => {
  const withFile = (path: string): Files => ({
    'metrics/checkout.yaml': METRIC.slice(0, METRIC.indexOf('sql: |')) + `sql_file: ${path}\n`,
  });

  it('is checked with its own lines', async () => {
    const files = { ...withFile('./checkout.sql'), 'metrics/checkout.sql': 'select 1\n  ; drop table x\n' };
    expect(await problemsOf(files)).toEqual([
      'metrics/checkout.sql:2: The statement is DROP, not SELECT. Give one SELECT.',
    ]);
  });

  it('must exist', async () => {
    expect(await problemsOf(withFile('./checkout.sql'))).toEqual([
      'metrics/checkout.yaml:14: sql_file ./checkout.sql does not exist. Create metrics/checkout.sql, or write the SQL here under "sql: |".',
    ]);
  });

  it.each(['../../etc/passwd', '/etc/passwd', '..\\..\\secret.sql'])(
    'must not lead outside: %s',
    async (path) => {
      expect(await problemsOf(withFile(`'${path}'`))).toEqual([
        `metrics/checkout.yaml:14: sql_file ${path} leads outside the workspace folder. Give a path inside it, such as ./name.sql.`,
      ]);
    },
  );

  it('must not lead outside by a symbolic link', async () => {
    const outside = makeFolder({ 'secret.sql': 'select 1' });
    const problems = await problemsOf(withFile('./link.sql'), (dir) =>
      symlinkSync(join(outside, 'secret.sql'), join(dir, 'metrics/link.sql')),
    );
    expect(problems).toEqual([
      'metrics/link.sql:1: The file leads outside the workspace folder. Move it into the folder.',
    ]);
  });

  it('may be linked within the folder', async () => {
    const files = { ...withFile('./link.sql'), 'shared/checkout.sql': 'select 1 as value' };
    expect(
      await problemsOf(files, (dir) => symlinkSync('../shared/checkout.sql', join(dir, 'metrics/link.sql'))),
    ).toEqual([]);
  });

  it('must be a plain file in UTF-8', async () => {
    expect(await problemsOf({ ...withFile('./sub'), 'metrics/sub/x.sql': '' })).toContain(
      'metrics/sub:1: This is not a plain file. Put a text file in its place.',
    );
    expect(
      await problemsOf({ ...withFile('./a.sql'), 'metrics/a.sql': Buffer.from([0x61, 0x0a, 0xff]) }),
    ).toEqual(['metrics/a.sql:2: This line is not UTF-8 text. Save it as UTF-8 without a byte order mark.']);
  });
});
