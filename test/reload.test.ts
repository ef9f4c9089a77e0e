/** Files that change what is silent: what an old silence kept back goes, or waits for what is silent now. */
import { afterEach, describe, expect, it } from 'vitest';
import { sql } from '../src/db/index.ts';
import { changeSetting, followPeople, type PeopleFollower } from '../src/people/index.ts';
import { listOpenWindows } from '../src/pulse/index.ts';
import { holdRegistry, type Person, type Registry } from '../src/registry/index.ts';
import { applyPeople, applyRegistry, withdrawOrphans, type ReloadDeps } from '../src/reload.ts';
import { HOUR } from '../src/lib/time.ts';
import { openStage, someMetrics, type Stage } from './alerts/stage.ts';
import { describeOnBothDatabases, type TestDatabase } from './support/database.ts';
import { aCaller, aRegistry, ivan, quietJobs } from './support/deps.ts';

const OWN = 'telegram:1001';
const ROOM = 'telegram:-100200';
const SOON = { timeout: 5_000 };
const METRICS = someMetrics(2);
const { workspace } = aRegistry([]);
const patient = { ...workspace, policies: { ...workspace.policies, escalateAfterMs: 24 * HOUR } };
const NOT_QUIET: Person = { ...ivan, quietHours: null };
const SIESTA: Person = { ...ivan, quietHours: { from: '10:00', to: '18:00' } };

const windowOf = (to: string, metrics: string[] = []) => ({
  name: 'Upgrade',
  from: '2026-11-20T10:00Z',
  to,
  cron: null,
  for: null,
  metrics,
  domains: [],
  sources: [],
});
const LONG = windowOf('2026-11-20T20:00Z');

const registryOf = (
  maintenance: (typeof LONG)[],
  person = NOT_QUIET,
  timezone = workspace.timezone,
): Registry => aRegistry(METRICS, { workspace: { ...patient, maintenance, timezone }, people: [person] });

describeOnBothDatabases('a change of what is silent', (database: TestDatabase) => {
  let stage: Stage;
  let deps: ReloadDeps;
  afterEach(() => stage.close());

  async function open(initial: Registry, value = 3): Promise<void> {
    stage = await openStage(database, METRICS, initial);
    const files = holdRegistry(initial, new Map());
    const verification = () => 'verified' as const;
    stage.deps.registry = { current: () => files.current(), verification };
    stage.deps.maintenanceAt = (now) => listOpenWindows(files.current().workspace, now);
    deps = { ...stage.deps, jobs: quietJobs, registry: { ...files, verification } };
    stage.set('m_1', value);
    stage.set('m_2', value);
    await stage.tick();
  }

  async function change(next: Registry): Promise<void> {
    stage.clock.add(1);
    await applyRegistry(deps, { reschedule: async () => {}, kick: () => stage.pulse.kick() }, next);
  }

  const posts = async () =>
    (await stage.sent())
      .filter(({ operation }) => operation === 'post')
      .map(({ place, payload, status, reason }) =>
        `${String(payload['metric'])} ${place} ${status} ${reason ?? ''}`.trim(),
      )
      .toSorted();
  const untils = async () =>
    (
      await database.db.prisma.$queryRaw<{ until: Date }[]>(
        sql`select distinct held_until as until from heartbeat.delivery where status = 'held'`,
      )
    ).map(({ until }) => until.toISOString());
  const everywhere = (what: string): string[] =>
    ['m_1', 'm_2'].flatMap((id) => [`${id} ${ROOM} ${what}`, `${id} ${OWN} ${what}`]);
  const HELD = everywhere('held maintenance: Upgrade');
  const LET_GO = everywhere('pending maintenance: Upgrade');

  it('lets go what a window kept back that was removed', async () => {
    await open(registryOf([LONG]));
    expect(await posts()).toEqual(HELD);
    await change(registryOf([]));
    await expect.poll(posts, SOON).toEqual(LET_GO);
  });

  it('lets go what a window no longer names, and keeps the rest', async () => {
    await open(registryOf([LONG]));
    await change(registryOf([windowOf('2026-11-20T20:00Z', ['m_2'])]));
    await expect.poll(posts, SOON).toEqual([...LET_GO.slice(0, 2), ...HELD.slice(2)]);
  });

  it('ends what was kept back when a window that became shorter does', async () => {
    await open(registryOf([LONG]));
    await change(registryOf([windowOf('2026-11-20T11:00Z')]));
    await expect.poll(untils, SOON).toEqual(['2026-11-20T11:00:00.000Z']);
    expect(await posts()).toEqual(HELD);
    await stage.wait(HOUR);
    await expect.poll(posts, SOON).toEqual(LET_GO);
  });

  it('keeps amber for a person’s quiet hours, and lets the room have it', async () => {
    await open(registryOf([LONG], SIESTA), 3.6);
    await change(registryOf([], SIESTA));
    await expect
      .poll(posts, SOON)
      .toEqual(
        ['m_1', 'm_2'].flatMap((id) => [
          `${id} ${ROOM} pending maintenance: Upgrade`,
          `${id} ${OWN} held quiet hours of Ivan`,
        ]),
      );
  });

  it.each([
    ['quiet hours that the file takes back', registryOf([], NOT_QUIET)],
    ['quiet hours in another zone of the person', registryOf([], { ...SIESTA, timezone: 'Asia/Tokyo' })],
    ['quiet hours in another zone of the workspace', registryOf([], SIESTA, 'Asia/Tokyo')],
  ])('lets go what was kept back by %s', async (_what, next) => {
    await open(registryOf([], SIESTA), 3.6);
    expect((await posts()).filter((one) => one.includes('held'))).toHaveLength(2);
    await change(next);
    await expect.poll(async () => (await posts()).filter((one) => one.includes('held')), SOON).toEqual([]);
  });

  describe('by people themselves', () => {
    type Setting = Parameters<typeof changeSetting>[2];
    const kept = async () => (await posts()).filter((one) => one.includes('held'));
    const followers: PeopleFollower[] = [];
    afterEach(async () => {
      for (const one of followers.splice(0)) await one.stop();
    });

    /** A process that follows people, and does what follows from a change of them; one elsewhere has files of its own. */
    async function follow(isElsewhere = false): Promise<PeopleFollower> {
      const { registry } = deps;
      const people = await followPeople({
        ...deps,
        put: (change) => {
          if (!isElsewhere) registry.changePeople(change);
        },
      });
      people.start(() => applyPeople({ ...deps, people }));
      followers.push(people);
      return people;
    }

    const set = (people: PeopleFollower, change: Setting) =>
      changeSetting({ ...deps, people }, aCaller(SIESTA), change);

    it.each<Setting>([
      { name: 'quiet', value: 'off' },
      { name: 'timezone', value: 'Asia/Tokyo' },
    ])('lets go what their quiet hours kept back: $name', async (change) => {
      await open(registryOf([], SIESTA), 3.6);
      const people = await follow();
      expect(await kept()).toHaveLength(2);
      await set(people, { name: 'quiet', value: '10:00-18:00' });
      await stage.wait(1);
      await expect.poll(untils, SOON).toEqual(['2026-11-20T17:00:00.000Z']);
      expect(await kept()).toHaveLength(2);
      await set(people, change);
      await stage.wait(1);
      await expect.poll(kept, SOON).toEqual([]);
    });

    it('counts over one that did not know of it yet', async () => {
      await open(registryOf([], SIESTA), 3.6);
      await follow();
      const elsewhere = await follow(true);
      await set(elsewhere, { name: 'quiet', value: 'off' });
      await stage.wait(1);
      await expect.poll(kept, SOON).toEqual([]);
    });
  });

  it('counts when it was made while no process ran', async () => {
    await open(registryOf([LONG]));
    stage.deps.maintenanceAt = () => [];
    await withdrawOrphans(stage.deps);
    await stage.wait(1);
    await expect.poll(posts, SOON).toEqual(LET_GO);
  });
});
