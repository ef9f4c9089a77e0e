import { describe, expect, it } from 'vitest';
import {
  CUT,
  FILES,
  METRIC,
  OWNERS,
  WORKSPACE,
  checks,
  makeFolder,
  problemsOf,
  withLine,
} from './workspace-folder.ts';
import { checkWorkspace, formatProblem } from '../../src/registry/index.ts';

describe('a cut file that is wrong', () => {
  it.each<[string, string, string[]]>([
    [
      'a chart',
      withLine(CUT, 'chart', 'chart: bar'),
      [
        'cuts/by_device.yaml:3: chart bar is not known. Did you mean bars? Use series, stacked, bars, table, heatmap, funnel, cohort, histogram, waterfall, scatter, pareto, multiples or gauge.',
      ],
    ],
    [
      'a title',
      withLine(CUT, 'title', 'name: By device'),
      [
        'cuts/by_device.yaml:1: name is not a known key. Known here: title, page, chart, window, windows, prose, how_to_read, min_group, owner, verification_state, verified, feeds, sql or sql_file.',
        'cuts/by_device.yaml:1: title is missing. Add "title: Conversion by device" or the like.',
      ],
    ],
    [
      'no windows',
      withLine(CUT, 'page', 'page: checkout\nwindows: []'),
      ['cuts/by_device.yaml:3: windows is an empty list. Add an entry or remove the line.'],
    ],
    [
      'a metric that is not there',
      `${CUT}feeds: [{metric: chekout, role: explains}]\n`,
      [
        'cuts/by_device.yaml:6: Warning: There is no metric chekout. Did you mean checkout? Create metrics/chekout.yaml or remove the link.',
      ],
    ],
    [
      'verified by nobody',
      `${CUT}verification_state: verified\n`,
      [
        'cuts/by_device.yaml:6: verification_state is verified, but nobody says who verified it and when. Add verified: {by: <e-mail>, at: <date>}, or set verification_state: unverified.',
      ],
    ],
    [
      'no keys',
      'just words',
      ['cuts/by_device.yaml:1: The file holds no keys. Write "key: value" on each line.'],
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await problemsOf({ 'cuts/by_device.yaml': text })).toEqual(expected);
  });
});

describe('owners.yaml that is wrong', () => {
  it.each<[string, string, string[]]>([
    [
      'a role',
      withLine(OWNERS, '  role: operator', '  role: aprover'),
      [
        'owners.yaml:6: role aprover is not known. Did you mean approver? Use viewer, operator, approver or admin.',
      ],
    ],
    [
      'no e-mail',
      `${OWNERS}- name: Zoe\n`,
      ['owners.yaml:7: email is missing. Add "email: ivan@shop.test" or the like.'],
    ],
    [
      'an account of two people',
      `${OWNERS}  telegram_id: 1001\n`,
      [
        'owners.yaml:7: telegram_id 1001 is already that of ivan@shop.test. Each person needs their own; this entry is left out.',
      ],
    ],
    [
      'a person twice',
      `${OWNERS}- email: IVAN@shop.test\n`,
      [
        'owners.yaml:7: email ivan@shop.test is already that of ivan@shop.test. Each person needs their own; this entry is left out.',
      ],
    ],
    [
      'a Telegram id in quotes',
      withLine(OWNERS, '  telegram_id', '  telegram_id: "1001"'),
      ['owners.yaml:4: telegram_id 1001 is not a number. Remove the quotes: 1001.'],
    ],
    [
      'a time zone',
      `${OWNERS}  timezone: Europe/Madird\n`,
      ['owners.yaml:7: timezone Europe/Madird does not exist. Did you mean Europe/Madrid?'],
    ],
    [
      'a city',
      `${OWNERS}  timezone: Belgrade\n`,
      ['owners.yaml:7: timezone Belgrade does not exist. Did you mean Europe/Belgrade?'],
    ],
    [
      'an offset',
      `${OWNERS}  timezone: "+03:00"\n`,
      ['owners.yaml:7: timezone +03:00 does not exist. Use an IANA name such as Europe/Madrid.'],
    ],
    [
      'quiet hours',
      `${OWNERS}  quiet_hours: {from: 7pm, to: "07:00"}\n`,
      ['owners.yaml:7: quiet_hours.from 7pm is not a time of day. Write it like "22:00".'],
    ],
    [
      'quiet hours of nothing',
      `${OWNERS}  quiet_hours: {from: "07:00", to: "07:00"}\n`,
      ['owners.yaml:7: quiet_hours start and end at the same time. Change one of them or remove the line.'],
    ],
    [
      'an entry that is no person',
      `${OWNERS}- zoe@shop.test\n`,
      [
        'owners.yaml:7: zoe@shop.test is not keys with values. Write keys below it, indented, each with a value.',
      ],
    ],
    [
      'keys instead of a list',
      'people: []\n',
      ['owners.yaml:1: The file is not a list of people. Start each person with "- email: …".'],
    ],
  ])('%s', async (_name, text, expected) => {
    const problems = await problemsOf({
      'owners.yaml': text,
      'metrics/checkout.yaml': withLine(
        withLine(METRIC, 'owner', null),
        'verified: ',
        'verified: {by: ann@shop.test, at: 2026-11-01}',
      ),
    });
    expect(problems).toEqual(expected);
  });

  it('is said when it is empty or missing', async () => {
    const { 'owners.yaml': _, ...rest } = FILES;
    const anonymous = withLine(
      withLine(withLine(METRIC, 'owner', null), 'verified: ', null),
      'verification_state',
      'verification_state: unverified',
    );
    const missing = await checkWorkspace(makeFolder({ ...rest, 'metrics/checkout.yaml': anonymous }), checks);
    expect(missing.problems.map(formatProblem)).toEqual([
      'owners.yaml:1: Warning: There is no owners.yaml, so nobody may use the bot. Create it with an entry such as "- email: ivan@shop.test".',
    ]);
    expect(await problemsOf({ 'owners.yaml': '', 'metrics/checkout.yaml': anonymous })).toEqual([
      'owners.yaml:1: Warning: Nobody is listed. Add an entry such as "- email: ivan@shop.test".',
    ]);
  });
});

describe('workspace.yaml that is wrong', () => {
  it.each<[string, string, string[]]>([
    [
      'a name',
      withLine(WORKSPACE, 'name', 'title: Corner Shop'),
      [
        'workspace.yaml:1: name is missing. Add "name: Corner Shop" or the like.',
        'workspace.yaml:1: title is not a known key. Did you mean name?',
      ],
    ],
    [
      'a locale',
      withLine(WORKSPACE, 'locale', 'locale: de'),
      ['workspace.yaml:3: locale de is not known. Use en or ru.'],
    ],
    [
      'a time zone',
      withLine(WORKSPACE, 'timezone', 'timezone: Madrid'),
      ['workspace.yaml:2: timezone Madrid does not exist. Did you mean Europe/Madrid?'],
    ],
    [
      'no inbox',
      withLine(WORKSPACE, 'ops_inbox', null),
      [
        'workspace.yaml:1: Warning: There is no ops_inbox, so alerts of metrics without an owner reach nobody. Add ops_inbox: {email: …} or {telegram: …}.',
      ],
    ],
    [
      'a room of no chat',
      `${WORKSPACE}rooms:\n  - {teams: [growth]}\n`,
      ['workspace.yaml:6: This room has no address. Add the chat it stands for: telegram, slack, …'],
    ],
    [
      'a topic of no chat',
      `${WORKSPACE}rooms:\n  - {slack: C0GROWTH, telegram_topic: 7}\n`,
      ['workspace.yaml:6: telegram_topic is set without telegram. Add the number of the group.'],
    ],
    [
      'a channel by name',
      `${WORKSPACE}rooms:\n  - {slack: growth}\n`,
      [
        "workspace.yaml:6: rooms.slack growth is not a Slack channel id. Copy it from the channel's details; it starts with C.",
      ],
    ],
    [
      'a policy',
      `${WORKSPACE}policies:\n  escalate_after: soon\n`,
      [
        'workspace.yaml:6: policies.escalate_after soon is not a duration. Write a number and s, m, h, d or w, such as 15m.',
      ],
    ],
    [
      'maintenance of no time',
      `${WORKSPACE}maintenance:\n  - {name: Upgrade, from: 2026-12-01T22:00}\n`,
      ['workspace.yaml:6: maintenance Upgrade has no clear time. Give from and to, or cron and for.'],
    ],
    [
      'maintenance backwards',
      `${WORKSPACE}maintenance:\n  - {name: Upgrade, from: 2026-12-02T02:00, to: 2026-12-01T22:00}\n`,
      ['workspace.yaml:6: maintenance Upgrade ends before it starts. Swap from and to.'],
    ],
    [
      'maintenance on a day that does not exist',
      `${WORKSPACE}maintenance:\n  - {name: Upgrade, from: 2026-02-30, to: 2026-03-01}\n`,
      ['workspace.yaml:6: from 2026-02-30 is a time that does not exist. Write it like 2026-12-01T22:00.'],
    ],
    [
      'maintenance by cron',
      `${WORKSPACE}maintenance:\n  - {name: Upgrade, cron: nightly, for: 1h}\n`,
      [
        'workspace.yaml:6: cron nightly is not cron: Expected five fields. Write minute, hour, day, month, weekday: "17 * * * *" is 17 minutes past every hour.',
      ],
    ],
    [
      'maintenance of what is not there',
      `${WORKSPACE}maintenance:\n  - {name: Upgrade, cron: 0 1 * * 7, for: 1h, metrics: [chekout], domains: [finance]}\n`,
      [
        'workspace.yaml:6: Warning: maintenance Upgrade names domain finance, which does not exist. Correct the name or remove it.',
        'workspace.yaml:6: Warning: maintenance Upgrade names metric chekout, which does not exist. Did you mean checkout? Correct the name or remove it.',
      ],
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await problemsOf({ 'workspace.yaml': text })).toEqual(expected);
  });
});
