import { afterEach, beforeEach, expect, it } from 'vitest';
import { findHold } from '../../src/alerts/silence.ts';
import { sql } from '../../src/db/index.ts';
import { changeSetting, loadOrigins } from '../../src/people/index.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { aMetric, ivan } from '../support/deps.ts';
import { createPeopleStage, NOW, type PeopleStage } from './stage.ts';

const inFile = { ...ivan, locale: 'en', quietHours: { from: '22:00', to: '07:00' } } as const;

describeOnBothDatabases('settings of one’s own', (database) => {
  let stage: PeopleStage;

  beforeEach(async () => {
    await database.clear();
    stage = await createPeopleStage(database.db, [inFile]);
  });
  afterEach(() => stage.stop());

  const me = () => {
    const { person } = stage.callerOf('1001');
    if (!person) throw new Error('Ivan is in the file.');
    return person;
  };
  const set = (change: Parameters<typeof changeSetting>[2]) =>
    changeSetting(stage.deps, stage.callerOf('1001'), change);

  it('override the file at once, one by one, and say where they come from', async () => {
    expect(await loadOrigins(stage.deps, me())).toEqual({
      locale: 'file',
      timezone: 'workspace',
      quiet: 'file',
      linked: { telegram: null, slack: null },
    });
    await set({ name: 'locale', value: 'ru' });
    await set({ name: 'timezone', value: 'Asia/Tokyo' });
    await set({ name: 'quiet', value: 'off' });
    expect(me()).toEqual({ ...inFile, locale: 'ru', timezone: 'Asia/Tokyo', quietHours: null });
    expect(await loadOrigins(stage.deps, me())).toMatchObject({
      locale: 'chat',
      timezone: 'chat',
      quiet: 'chat',
    });
  });

  it('go back to the file, and stand in the journal', async () => {
    await set({ name: 'locale', value: 'ru' });
    await set({ name: 'quiet', value: '09:00-17:00' });
    await set({ name: 'quiet', value: null });
    expect(me()).toEqual({ ...inFile, locale: 'ru' });
    const journal = await stage.deps.db.prisma.$queryRaw(
      sql`select verb, before, after from heartbeat.journal order by id desc limit 2`,
    );
    expect(journal).toEqual([
      { verb: 'people.quiet', before: { quiet: '09:00-17:00' }, after: { quiet: null } },
      { verb: 'people.quiet', before: { quiet: null }, after: { quiet: '09:00-17:00' } },
    ]);
  });

  it('keep amber back in the hours and the zone that were said', async () => {
    const holdAt = (now: string) =>
      findHold(
        {
          operation: 'post',
          edge: 'entered_amber',
          place: { channel: 'telegram', chat: '1001', topic: null },
        },
        {
          metric: aMetric(),
          level: 'amber',
          windows: [],
          people: stage.deps.registry.current().people,
          timezone: 'Europe/Madrid',
          now: new Date(now),
        },
      );
    expect(holdAt(NOW)).toBeNull();
    await set({ name: 'quiet', value: '21:00-23:00' });
    await set({ name: 'timezone', value: 'Asia/Tokyo' });
    // 13:00 UTC is 22:00 in Tokyo
    expect(holdAt(NOW)).toEqual({ until: new Date('2026-11-20T14:00:00Z'), reason: 'quiet hours of Ivan' });
  });

  it('T16 are nobody’s without a person', async () => {
    const stranger = stage.callerOf('666');
    await expect(changeSetting(stage.deps, stranger, { name: 'locale', value: 'ru' })).rejects.toMatchObject({
      code: 'not_a_member',
    });
  });
});
