import { describe, expect, it } from 'vitest';
import { formatProblem, loadRegistry } from '../../src/registry/index.ts';
import { checks, type Files, makeFolder } from './workspace-folder.ts';

/** The files as the documentation shows them, comments included. */
const DOCUMENTED: Files = {
  'workspace.yaml': `# workspace.yaml
name: Corner Shop
timezone: Europe/Madrid
locale: en
ops_inbox: {email: ops@shop.test, telegram: -1001, slack: C0OPS}
rooms:                                   # chats the bot serves and posts to
  - {telegram: -100200, teams: [growth]} # telegram_topic: 7 for a forum topic
  - {slack: C0GROWTH, teams: [growth]}
policies:                                # all optional; these are the defaults
  storm: {more_than: 5, within: 60s}
  escalate_after: 15m
  ack_timeout: 4h
  escalation: [owner, rooms, ops]
maintenance:
  - {name: Warehouse upgrade, from: 2026-12-01T22:00, to: 2026-12-02T02:00, domains: [growth]}   # or cron + for, metrics, sources
`,
  'owners.yaml': `# owners.yaml
- email: ivan@shop.test
  name: Ivan
  role: approver          # viewer < operator < approver < admin
  teams: [growth]
  telegram_id: 1001       # or  telegram: handle  (bound when that person links the account)
  slack_id: U0IVAN        # or looked up by e-mail
  locale: ru
  timezone: Europe/Belgrade
  quiet_hours: {from: "22:00", to: "07:00"}
`,
  'metrics/checkout_conversion.yaml': `# metrics/checkout_conversion.yaml      (domains and pages are slugs too; a metric without one is in "general")
name: Checkout conversion
domain: growth            # cockpit group and docs page
teams: [growth]
unit: percent             # percent | count | ratio | score | currency:<ISO 4217> | duration:<ms|s|min|h|d>
period: 1h                # how often a value is due: <n>(s|m|h|d|w)
schedule: "17 * * * *"    # optional cron (5 or 6 fields) instead of every period
direction: up             # up = higher is better; worse than a line is strict (equal is not worse)
norm_value: 4.0           # worse → amber
alert_value: 3.4          # worse → red
target_value: 5
target_due: 2026-12-31
hysteresis: {enter: 2, leave: 2}   # consecutive ticks; defaults 1 and 1
band: {norm: 4.2, alert: 3.6}      # optional recovery lines: to leave a level, be better than these
timeout: 10s                       # of its SQL, at most 60s
tags: [money]
stale_after: 3h           # default 2 × period
how_to_read: Share of sessions with a basket that end in a paid order. Below 3.4 % the payment page is usually broken.
methodology: Paid orders divided by sessions with a basket, last full hour, bots excluded.
sources: [marts.orders, marts.sessions]
notes: …
synonyms: [cr, checkout]
runbook: https://…
owner: ivan@shop.test
verification_state: verified            # unverified | verified
verified: {by: ivan@shop.test, at: 2026-11-01}
cuts: [{cut: conversion_by_device, role: explains}, {cut: lost_baskets, role: drilldown}]
sql: |
  select date_trunc('hour', s.started_at) as as_of, 100.0 * count(o.id) / nullif(count(*), 0) as value
  from marts.sessions s left join marts.orders o on o.session_id = s.id
  where s.had_basket and s.started_at >= :from and s.started_at < :to
  group by 1
`,
  'cuts/conversion_by_device.yaml': `# cuts/conversion_by_device.yaml
title: Conversion by device
page: checkout            # its audit page, /audit/checkout#conversion_by_device
chart: bars               # series | stacked | bars | table | heatmap | funnel | cohort | histogram
window: 7d                # shown first; windows: [1d, 7d, 28d, 90d]
prose: Phones convert lower; a drop on one platform alone is usually a release.
how_to_read: Longer is better. Compare a device with itself last week.
min_group: 5              # slices with a smaller \`weight\` are folded into "other"
owner: ivan@shop.test
verification_state: verified
verified: {by: ivan@shop.test, at: 2026-11-01}
feeds: [{metric: checkout_conversion, role: explains}]   # the same link may stand in either file
sql: |
  select device as dim, 100.0 * sum(paid) / sum(baskets) as value, sum(baskets) as weight
  from marts.sessions_daily where day >= :from and day < :to group by 1
`,
};

describe('the documented files', () => {
  it('are good, but for the one cut that they name and do not show', async () => {
    const registry = await loadRegistry(makeFolder(DOCUMENTED), checks);
    expect(registry.problems.map(formatProblem)).toEqual([
      'metrics/checkout_conversion.yaml:27: Warning: There is no cut lost_baskets. Create cuts/lost_baskets.yaml or remove the link.',
    ]);
    expect(registry.metrics.get('checkout_conversion')).toMatchObject({
      norm: 4,
      hysteresis: { enter: 2, leave: 2 },
      band: { norm: 4.2, alert: 3.6 },
      cuts: [{ cut: 'conversion_by_device', role: 'explains' }],
    });
    expect(registry.cuts.get('conversion_by_device')).toMatchObject({
      minGroup: 5,
      windows: ['1d', '7d', '28d', '90d'],
    });
  });
});
