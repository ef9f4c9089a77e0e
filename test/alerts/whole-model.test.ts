/** Random lives of one metric, from its readings to what each place heard: whatever happens, nothing is lost and nothing said twice. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { listAudience } from '../../src/alerts/route.ts';
import type { JudgeInput, JudgePolicy } from '../../src/alerts/types.ts';
import { placeKey } from '../../src/delivery/index.ts';
import { MINUTE } from '../../src/lib/time.ts';
import { tell } from './judge-model.ts';
import { anyPolicy, type Moment } from './judge-steps.ts';
import { anyLife, createWholeStepper, type WholeStep } from './whole-steps.ts';
import {
  expectEnds,
  expectHeard,
  expectOneOfEach,
  expectSilence,
  LADDER,
  type Push,
} from './whole-checks.ts';
import { emptyWorld, flush, live, releaseDue, ROUTE, type World } from './whole-world.ts';

const STEPS_PER_LIFE = 50;
const LIVES = 1_500;
const PUSHES: ReadonlySet<string> = new Set(['entered_red', 'snooze_ended', 'escalated', 'ack_timed_out']);

it(
  'T08 T09 over 20,000 random steps each push is heard, once, in no silence, and each end by whoever heard of it',
  { timeout: 60_000 },
  () => {
    const seen = new Set<string>();
    let count = 0;
    const lives = fc.property(anyPolicy, anyLife(STEPS_PER_LIFE), (policy, steps) => {
      count += liveThrough(policy, steps, seen);
    });
    fc.assert(lives, { numRuns: LIVES });
    expect(count).toBeGreaterThanOrEqual(20_000);
    // a run that never met one of these would prove little
    for (const met of ['held', 'let go', 'dropped', 'sent late', 'resolved', 'escalated', 'ack_timed_out'])
      expect(seen).toContain(met);
  },
);

function liveThrough(policy: JudgePolicy, steps: readonly WholeStep[], seen: Set<string>): number {
  const next = createWholeStepper();
  const history: Moment[] = [];
  let world = emptyWorld();
  let pushes: Push[] = [];
  for (const step of steps) {
    const { now, input } = next(step);
    world = change(world, step, now);
    const before = world.messages.length;
    const released = releaseDue(world, now);
    expectOneOfEach(released);
    for (const one of inputsAt(world, policy, { input, now })) {
      const from = world.messages.length;
      const judgement = live(world, { input: one, policy, now });
      history.push({ input: one, now });
      const expected = tell(history, policy);
      expect([judgement.edges, judgement.state.level]).toEqual([expected.edges, expected.level]);
      pushes = [...pushes, ...listPushes(world, judgement.edges, from)];
    }
    expectSilence(world, [...released, ...world.messages.slice(before)], now);
    flush(world);
    if (world.away) note(world, seen, 'sent late');
    expectHeard(world, pushes);
    expectEnds(world);
    note(world, seen);
  }
  return steps.length;
}

/** What time brings about comes first, as the loop does it. */
function inputsAt(
  { state: { episode } }: World,
  policy: JudgePolicy,
  { input, now }: { input: JudgeInput | null; now: Date },
): JudgeInput[] {
  const wakes = episode !== null && isDue(episode, policy, now);
  return [...(wakes ? [{ kind: 'time' } as const] : []), ...(input ? [input] : [])];
}

function isDue(
  { snooze, ack, unattendedSince }: NonNullable<World['state']['episode']>,
  { ackTimeoutMs, escalateAfterMs }: JudgePolicy,
  now: Date,
): boolean {
  const due = [
    snooze && Date.parse(snooze.until),
    ack && Date.parse(ack.at) + ackTimeoutMs,
    unattendedSince && Date.parse(unattendedSince) + escalateAfterMs,
  ];
  return due.some((at) => typeof at === 'number' && at <= now.getTime());
}

function change(world: World, { action }: WholeStep, now: Date): World {
  switch (action.kind) {
    case 'restart':
      return JSON.parse(JSON.stringify(world)) as World;
    case 'open_window': {
      const until = new Date(now.getTime() + action.forMinutes * MINUTE).toISOString();
      const window = { name: 'Upgrade', until, metrics: ['conversion'], domains: [], sources: [] };
      return { ...world, windows: [...world.windows, window] };
    }
    case 'end_windows': {
      for (const held of world.messages)
        if (held.status === 'held')
          held.heldUntil = new Date(Math.min(now.getTime(), Date.parse(held.heldUntil ?? ''))).toISOString();
      return { ...world, windows: [] };
    }
    case 'network':
      return { ...world, away: action.away };
    default:
      return world;
  }
}

function listPushes(world: World, edges: ReturnType<typeof live>['edges'], from: number): Push[] {
  const alert = world.alerts.at(-1);
  if (!alert || alert.state === 'resolved') return [];
  return edges
    .filter(({ kind }) => PUSHES.has(kind))
    .map((edge) => ({
      alert: alert.id,
      version: alert.version,
      state: alert.state,
      places: listAudience(ROUTE, edge, LADDER).map(placeKey),
      from,
    }));
}

function note(world: World, seen: Set<string>, late?: string): void {
  if (late && world.messages.some(({ status }) => status === 'pending')) seen.add(late);
  for (const { status, letGo, heldUntil, edge } of world.messages.slice(-12)) {
    seen.add(status);
    seen.add(edge);
    if (letGo !== null && heldUntil !== null) seen.add('let go');
  }
}
