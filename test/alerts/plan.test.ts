import { describe, expect, it } from 'vitest';
import { ReplyPayload } from '../../src/alerts/plan-reply.ts';
import { planDeliveries, type PlanRequest } from '../../src/alerts/plan.ts';
import type { Edge } from '../../src/alerts/types.ts';
import { placeKey, PRIORITY, type Place } from '../../src/delivery/index.ts';
import { MINUTE } from '../../src/lib/time.ts';

const OWNER: Place = { channel: 'telegram', chat: '1001', topic: null };
const ROOM: Place = { channel: 'telegram', chat: '-100200', topic: 7 };
const OWNER_KEY = 'telegram:1001';
const ROOM_KEY = 'telegram:-100200:7';
const NOW = new Date('2026-11-20T10:00:00.000Z');
const AT = NOW.toISOString();
const ACK = { by: 'Ann', at: '2026-11-20T09:20:00.000Z', level: 'red' as const, timedOut: false };

const RED: Edge = { kind: 'entered_red', from: 'amber', brokeSnooze: true };
const RESOLVED: Edge = { kind: 'resolved', durationMs: 47 * MINUTE, worstValue: 2.1, ack: ACK, snooze: null };

function plan(edges: Edge[], changes: Partial<PlanRequest> = {}) {
  return planDeliveries({
    alert: {
      id: 'a1',
      metricId: 'conversion',
      number: 1042,
      version: 3,
      level: 'red',
      worstLevel: 'red',
      value: 2.5,
    },
    edges,
    audienceOf: () => [OWNER, ROOM],
    postedPlaces: new Set(),
    now: NOW,
    ...changes,
  });
}

/** `post red loud` and so on, of one place. */
function shapes(edges: Edge[], changes: Partial<PlanRequest> = {}): string[] {
  const names = new Map<number, string>(Object.entries(PRIORITY).map(([name, value]) => [value, name]));
  return plan(edges, { audienceOf: () => [OWNER], ...changes }).map(
    ({ operation, priority, silent }) => `${operation} ${names.get(priority)} ${silent ? 'silent' : 'loud'}`,
  );
}

const TOLD = { postedPlaces: new Set([OWNER_KEY]) };
const AT_AMBER = {
  alert: {
    id: 'a1',
    metricId: 'conversion',
    number: 1042,
    version: 3,
    level: 'amber',
    worstLevel: 'amber',
    value: 3.5,
  },
} as const;

describe('rows of the edge table', () => {
  const edit = ['edit rest silent'];
  /** edge, changes, where there is no message, where there is one */
  const rows: [string, Edge, Partial<PlanRequest>, string[], string[]][] = [
    ['amber is one quiet post', { kind: 'entered_amber' }, AT_AMBER, ['post rest silent'], edit],
    [
      'red is a push, or an edit and a reply that notifies',
      RED,
      {},
      ['post red loud'],
      ['edit red silent', 'reply red loud'],
    ],
    ['improving', { kind: 'improving' }, AT_AMBER, [], edit],
    ['recovering', { kind: 'recovering' }, {}, [], edit],
    ['relapsed', { kind: 'relapsed' }, {}, [], edit],
    ['resolved is an edit and one reply', RESOLVED, {}, [], ['edit rest silent', 'reply rest loud']],
    ['acked', { kind: 'acked', by: 'Ann' }, {}, [], ['edit press silent']],
    ['unacked', { kind: 'unacked', by: 'Ann' }, {}, [], ['edit press silent']],
    ['snoozed', { kind: 'snoozed', by: 'Ann', until: AT }, {}, [], ['edit press silent']],
    [
      'a snooze that ended at red is a push',
      { kind: 'snooze_ended', by: 'Ann' },
      {},
      ['post red loud'],
      ['edit red silent', 'reply red loud'],
    ],
    [
      'a snooze that ended at amber is a push that jumps no queue',
      { kind: 'snooze_ended', by: 'Ann' },
      AT_AMBER,
      ['post rest loud'],
      ['edit rest silent', 'reply rest loud'],
    ],
    ['flapping_started', { kind: 'flapping_started' }, {}, [], edit],
    ['flapping_ended', { kind: 'flapping_ended' }, {}, [], edit],
    ['a value', { kind: 'value_changed' }, {}, [], ['edit value silent']],
    [
      'withdrawn',
      { kind: 'withdrawn', reason: 'retired' },
      {},
      [],
      ['edit rest silent', 'reply rest silent'],
    ],
  ];

  it.each(rows)('%s', (...[, edge, changes, untold, told]) => {
    expect(shapes([edge], changes)).toEqual(untold);
    expect(shapes([edge], { ...changes, ...TOLD })).toEqual(told);
  });

  it('no edge, no message', () => {
    expect(plan([], { postedPlaces: new Set([OWNER_KEY]) })).toEqual([]);
  });
});

describe('a place with threads', () => {
  const SLACK: Place = { channel: 'slack', conversation: 'C0GROWTH' };
  const inSlack = { audienceOf: () => [SLACK], postedPlaces: new Set([placeKey(SLACK)]) };
  const edit = ['edit rest silent'];
  const note = 'reply rest silent';
  const rows: [string, Edge, Partial<PlanRequest>, string[]][] = [
    ['an ack', { kind: 'acked', by: 'Ann' }, {}, ['edit press silent', note]],
    ['an un-ack', { kind: 'unacked', by: 'Ann' }, {}, ['edit press silent', note]],
    ['a snooze', { kind: 'snoozed', by: 'Ann', until: AT }, {}, ['edit press silent', note]],
    ['amber again', { kind: 'entered_amber' }, AT_AMBER, [...edit, note]],
    ['what only edits', { kind: 'improving' }, AT_AMBER, edit],
    ['a value', { kind: 'value_changed' }, {}, ['edit value silent']],
    ['the end of red', RESOLVED, {}, [...edit, 'reply rest loud']],
    ['the end of amber', RESOLVED, AT_AMBER, [...edit, note]],
    ['a rung elsewhere', { kind: 'escalated', step: 1 }, { audienceOf: () => [] }, ['edit red silent', note]],
    ['a rung here', { kind: 'escalated', step: 1 }, {}, ['edit red silent', 'reply red loud']],
  ];

  it.each(rows)(
    'notes each edge that matters, and leaves the thread for red alone: %s',
    (...[, edge, changes, told]) => {
      expect(shapes([edge], { ...inSlack, ...changes })).toEqual(told);
    },
  );
});

describe('places', () => {
  it('posts go where there is no message, edits and replies where there is', () => {
    const drafts = plan([RED], { postedPlaces: new Set([ROOM_KEY]) });
    expect(drafts.map(({ place, operation }) => [place, operation])).toEqual([
      [OWNER, 'post'],
      [ROOM, 'edit'],
      [ROOM, 'reply'],
    ]);
  });

  it('a place that the alert no longer goes to keeps a true message and is not interrupted', () => {
    const elsewhere = { audienceOf: () => [], postedPlaces: new Set([ROOM_KEY]) };
    expect(plan([RED], elsewhere).map(({ operation }) => operation)).toEqual(['edit']);
    expect(plan([{ kind: 'snooze_ended', by: 'Ann' }], elsewhere).map(({ operation }) => operation)).toEqual([
      'edit',
    ]);
  });

  it('T20 whoever has the message is told that it is over, also when the metric is gone', () => {
    const elsewhere = { audienceOf: () => [], postedPlaces: new Set([ROOM_KEY]) };
    expect(plan([RESOLVED], elsewhere).map(({ operation }) => operation)).toEqual(['edit', 'reply']);
    const withdrawn: Edge = { kind: 'withdrawn', reason: 'retired' };
    expect(plan([withdrawn], elsewhere).map(({ operation }) => operation)).toEqual(['edit', 'reply']);
  });
});

describe('several edges at once', () => {
  it('are one edit in each place', () => {
    const edges: Edge[] = [{ kind: 'improving' }, { kind: 'recovering' }];
    expect(shapes(edges, TOLD)).toEqual(['edit rest silent']);
  });

  it('keep the reply, and the priority of the most urgent', () => {
    const edges: Edge[] = [{ kind: 'relapsed' }, { kind: 'snooze_ended', by: 'Ann' }];
    expect(shapes(edges, TOLD)).toEqual(['edit red silent', 'reply red loud']);
    expect(shapes(edges)).toEqual(['post red loud']);
  });
});

describe('keys', () => {
  it('name alert, version, edge, place and operation', () => {
    const drafts = plan([RED], { postedPlaces: new Set([ROOM_KEY]) });
    expect(drafts.map(({ key }) => key)).toEqual([
      'a1:3:entered_red:telegram:1001:post',
      'a1:3:entered_red:telegram:-100200:7:edit',
      'a1:3:entered_red:telegram:-100200:7:reply',
    ]);
    expect(drafts[0]).toMatchObject({
      alertId: 'a1',
      edge: 'entered_red',
      hold: null,
      payload: { metric: 'conversion' },
    });
  });

  it('of value edits are one for each alert and place, so that they coalesce', () => {
    const drafts = plan([{ kind: 'value_changed' }], { postedPlaces: new Set([ROOM_KEY]) });
    expect(drafts).toMatchObject([{ key: 'a1:value:telegram:-100200:7', edge: 'value_changed' }]);
  });

  it('differ when a version recovers and relapses again and again', () => {
    const keys = [0, 1, 2].flatMap((minutes) =>
      (['recovering', 'relapsed'] as const).flatMap((kind) =>
        plan([{ kind }], { ...TOLD, now: new Date(NOW.getTime() + minutes * MINUTE) }).map(({ key }) => key),
      ),
    );
    expect(new Set(keys).size).toBe(6);
  });

  it('are the same when the same judgement is planned again', () => {
    expect(plan([RED], TOLD)).toEqual(plan([RED], TOLD));
  });
});

describe('frozen facts of a reply', () => {
  /** A reply's payload, as the database gives it back. */
  function payloadOf(edge: Edge, changes: Partial<PlanRequest> = {}): unknown {
    const reply = plan([edge], { ...TOLD, ...changes }).find(({ operation }) => operation === 'reply');
    return JSON.parse(JSON.stringify(reply?.payload));
  }

  const facts = { number: 1042, level: 'red', value: 2.5, at: AT };

  it.each<[Edge, object]>([
    [RED, { ...facts, kind: 'entered_red', from: 'amber', brokeSnooze: true }],
    [
      { kind: 'snooze_ended', by: 'Ann' },
      { ...facts, kind: 'snooze_ended', by: 'Ann' },
    ],
    [
      RESOLVED,
      {
        ...facts,
        kind: 'resolved',
        durationMs: 47 * MINUTE,
        worstValue: 2.1,
        ack: { by: 'Ann', at: ACK.at },
        snooze: null,
      },
    ],
    [
      { ...RESOLVED, ack: null, snooze: { by: 'Bob', at: AT, until: AT, level: 'red' } },
      {
        ...facts,
        kind: 'resolved',
        durationMs: 47 * MINUTE,
        worstValue: 2.1,
        ack: null,
        snooze: { by: 'Bob', at: AT, until: AT },
      },
    ],
    [
      { kind: 'withdrawn', reason: 'retired' },
      { ...facts, kind: 'withdrawn', reason: 'retired' },
    ],
  ])('of $kind', (edge, expected) => {
    const payload = payloadOf(edge);
    expect(payload).toEqual(expected);
    expect(ReplyPayload.parse(payload).kind).toBe(edge.kind);
  });

  it('is nothing that another text could pass for', () => {
    expect(ReplyPayload.safeParse({ kind: 'resolved' }).success).toBe(false);
    expect(ReplyPayload.safeParse({ kind: 'acked', ...facts }).success).toBe(false);
  });
});
