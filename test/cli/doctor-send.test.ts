import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toFinding } from '../../src/cli/doctor-send.ts';
import { createJobs, openDatabase, silentLog, type Db, type Jobs } from '../../src/db/index.ts';
import { createOutbox, type Outbox } from '../../src/delivery/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { fakeChannel } from '../delivery/fake-channel.ts';
import { createServerDatabase, type OwnDatabase } from '../support/database.ts';
import { createWorkspace, OPS, ROOM, type TestWorkspace } from '../support/workspace.ts';
import { heartbeat } from './run.ts';

let workspace: TestWorkspace;
let own: OwnDatabase;
let db: Db;
let jobs: Jobs;
let outbox: Outbox;
const fake = fakeChannel();

beforeAll(async () => {
  workspace = await createWorkspace();
  own = await createServerDatabase();
  db = await openDatabase(own.address);
  jobs = await createJobs(db, [{ name: 'deliver' }], silentLog);
  outbox = createOutbox({
    workspaceId: 'corner_shop',
    db,
    jobs,
    channels: [fake.channel],
    composer: {
      compose: async ({ payload }) => ({
        kind: 'send',
        thread: null,
        view: null,
        answer: { lines: [[JSON.stringify(payload)]] },
        picture: null,
        messageId: null,
        hasPicture: false,
        pictureFollows: false,
      }),
      listFallbacks: () => [],
    },
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
  await outbox.start();
}, 60_000);
afterAll(async () => {
  await outbox.stop();
  await jobs.stop();
  await db.close();
  await own.remove();
  await workspace.close();
});

it('sends to each room and the ops inbox through the running service, and fails when one refuses', async () => {
  fake.script.push(({ place }) =>
    place.channel === 'telegram' && place.chat === String(OPS)
      ? { kind: 'gone', reason: '403 kicked', statusCode: 403 }
      : undefined,
  );
  const { code, out } = await heartbeat('doctor --send', {
    HEARTBEAT_WORKSPACE: workspace.dir,
    HEARTBEAT_DATA: `${workspace.dir}/.data`,
    DATABASE_URL: own.address.databaseUrl ?? '',
  });
  expect(out).toMatch(new RegExp(`✓ send to telegram:${ROOM}: arrived after \\d+ ms`));
  expect(out).toContain(`✗ send to telegram:${OPS}: refused: 403 kicked`);
  expect(code).toBe(1);
  expect(fake.requests.map(({ answer }) => answer.lines[0]?.[0])).toEqual([
    '{"by":"heartbeat doctor","kind":"test"}',
    '{"by":"heartbeat doctor","kind":"test"}',
  ]);
  expect((await listJournal(db, { workspaceId: 'corner_shop' })).items).toMatchObject([
    {
      actor: 'cli',
      channel: 'cli',
      verb: 'test',
      after: { places: [`telegram:${OPS}`, `telegram:${ROOM}`] },
    },
  ]);
});

it('says what may be wrong when nobody sent it', () => {
  const place = { channel: 'telegram', chat: '1', topic: null } as const;
  expect(toFinding({ place, kind: 'late', waitedMs: 30_000, reason: null })).toEqual({
    check: 'send to telegram:1',
    state: 'failed',
    text: 'not within 30 s, so it was taken back: is the service running, with this channel set up?',
  });
});
