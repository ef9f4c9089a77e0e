import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJobs, silentLog, sql } from '../../src/db/index.ts';
import { DELIVER_QUEUE, type Place } from '../../src/delivery/index.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import type { Jobs } from '../../src/db/index.ts';
import {
  changeSchedule,
  createSchedule,
  listSchedules,
  mendTimes,
  postDue,
} from '../../src/schedules/index.ts';
import { createCommandWorld, vera, type CommandWorld } from '../commands/world.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { ivan } from '../support/deps.ts';

const ROOM: Place = { channel: 'telegram', chat: '-100200', topic: null };
const WEEKDAYS = {
  place: ROOM,
  what: 'cockpit',
  argument: '',
  by: 'ivan@shop.test',
  cron: '30 8 * * 1-5',
  timezone: 'Europe/Madrid',
} as const;

describeOnBothDatabases('schedules', (database) => {
  let world: CommandWorld;
  let jobs: Jobs;

  beforeEach(async () => {
    await database.clear();
    world = await createCommandWorld(database.db);
    jobs = await createJobs(database.db, [{ name: DELIVER_QUEUE }], silentLog);
    Object.assign(world.deps, { jobs });
  });
  afterEach(() => jobs.stop());

  const create = (over: object = {}) =>
    createSchedule(world.deps, world.callerOf(ivan), { ...WEEKDAYS, ...over });
  const keys = async () =>
    (
      await database.db.prisma.$queryRaw<{ key: string }[]>(
        sql`select key from heartbeat.delivery where edge = 'scheduled' order by seq`,
      )
    ).map(({ key }) => key);
  const due = (now: Date) => postDue(world.deps, now);

  it('are planned by operators, listed by chat, each once, twenty at most', async () => {
    const made = await create();
    expect(made).toMatchObject({
      number: 1,
      place: 'telegram:-100200',
      nextAt: new Date('2026-11-23T07:30:00Z'),
    });
    await expect(create()).rejects.toMatchObject({ code: 'schedule_known', details: { number: '1' } });
    await expect(createSchedule(world.deps, world.callerOf(vera), WEEKDAYS)).rejects.toMatchObject({
      code: 'role_too_low',
    });
    await create({ place: { ...ROOM, topic: 7 } });
    expect((await listSchedules(world.deps, ROOM)).map(({ number }) => number)).toEqual([1]);
    for (let minute = 0; minute < 19; minute += 1) await create({ cron: `${minute} 9 * * *` });
    await expect(create({ cron: '59 9 * * *' })).rejects.toMatchObject({ code: 'schedules_too_many' });
  });

  it('T13 go on where a group gets another id', async () => {
    await create({ place: { ...ROOM, topic: 7 } });
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.place (workspace_id, key, channel, is_group, moved_to)
      values ('shop', 'telegram:-100200', 'telegram', true, 'telegram:-100999')`);
    const moved: Place = { channel: 'telegram', chat: '-100999', topic: 7 };
    expect(await listSchedules(world.deps, moved)).toHaveLength(1);
    await due(new Date('2026-11-23T07:30:00Z'));
    const rows = await database.db.prisma.$queryRaw(
      sql`select place from heartbeat.delivery where edge = 'scheduled'`,
    );
    expect(rows).toEqual([{ place: 'telegram:-100999:7' }]);
  });

  it('T05 post each time once, over processes that look at the same moment and a clock that jumps back', async () => {
    await create();
    await create({ argument: 'growth' });
    const at = new Date('2026-11-23T07:30:00Z');
    expect(await due(new Date(at.getTime() - 1))).toBe(0);
    const looked = await Promise.all([due(at), due(at), due(new Date(at.getTime() + 2_000)), due(at)]);
    expect(looked.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await keys()).toEqual([
      'schedule:1:2026-11-23T07:30:00.000Z',
      'schedule:2:2026-11-23T07:30:00.000Z',
    ]);
    const before = new Date(at.getTime() - HOUR);
    await mendTimes(world.deps, before);
    expect((await listSchedules(world.deps, ROOM)).map(({ nextAt }) => nextAt)).toEqual([at, at]);
    expect(await due(at)).toBe(2);
    expect(await keys(), 'their keys are known').toHaveLength(2);
    expect((await listSchedules(world.deps, ROOM))[0]?.nextAt).toEqual(new Date('2026-11-24T07:30:00Z'));
  });

  it('make up for what was missed once', async () => {
    await create();
    await due(new Date('2026-11-27T20:00:00Z'));
    await due(new Date('2026-11-27T20:00:01Z'));
    expect(await keys()).toEqual(['schedule:1:2026-11-27T07:30:00.000Z']);
  });

  it('rest while they are paused, without making up for it, and end when removed', async () => {
    await create();
    const change = (what: 'pause' | 'resume' | 'remove') =>
      changeSchedule(world.deps, world.callerOf(ivan), { number: 1, change: what });
    await change('pause');
    await change('pause');
    await due(new Date('2026-11-24T09:00:00Z'));
    world.clock.to('2026-11-24T09:00:00Z');
    expect(await change('resume')).toMatchObject({
      nextAt: new Date('2026-11-25T07:30:00Z'),
      pausedAt: null,
    });
    expect(await keys()).toEqual([]);
    await change('remove');
    await expect(change('remove')).rejects.toMatchObject({ code: 'schedule_unknown' });
    await expect(
      changeSchedule(world.deps, world.callerOf(vera), { number: 1, change: 'remove' }),
    ).rejects.toMatchObject({ code: 'role_too_low' });
    const journal = await database.db.prisma.$queryRaw<{ verb: string }[]>(
      sql`select verb from heartbeat.journal order by id`,
    );
    expect(journal.map(({ verb }) => verb)).toEqual([
      'schedule.create',
      'schedule.pause',
      'schedule.resume',
      'schedule.remove',
    ]);
  });

  it('go on when one of them cannot be followed, which is paused', async () => {
    await create();
    await create({ what: 'metric', argument: 'conversion' });
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.schedule set timezone = 'Mars/Base' where number = 1`,
    );
    await due(new Date('2026-11-23T07:30:00Z'));
    expect(await keys()).toEqual(['schedule:2:2026-11-23T07:30:00.000Z']);
    expect((await listSchedules(world.deps, ROOM)).map(({ pausedAt }) => pausedAt !== null)).toEqual([
      true,
      false,
    ]);
  });

  it('T05 are early for nobody: a clock set far ahead and back again posts at the right time', async () => {
    await create();
    await due(new Date('2027-03-01T12:00:00Z'));
    const now = new Date('2026-11-22T12:00:00Z');
    await mendTimes(world.deps, now);
    expect((await listSchedules(world.deps, ROOM))[0]?.nextAt).toEqual(new Date('2026-11-23T07:30:00Z'));
    await mendTimes(world.deps, new Date(now.getTime() + MINUTE));
    expect(await due(new Date('2026-11-23T07:30:00Z'))).toBe(1);
  });
});
