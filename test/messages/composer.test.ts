import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAlerts } from '../../src/alerts/index.ts';
import { createJobs, silentLog, sql, type Jobs } from '../../src/db/index.ts';
import { hashAnswer, PRIORITY, type ClaimedDelivery, type Composed } from '../../src/delivery/index.ts';
import { createComposer } from '../../src/messages/index.ts';
import type { Picture, PictureSpec } from '../../src/pictures/index.ts';
import { createPulse } from '../../src/pulse/index.ts';
import { withServerDatabase } from '../support/database.ts';
import {
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  single,
  stoppedClock,
  WORKSPACE,
  type TestDeps,
} from '../support/deps.ts';

const PLACE = { channel: 'telegram', chat: '1001', topic: null } as const;
const picture: Picture = { png: new Uint8Array([1]), contentHash: 'drawn', width: 1, height: 1 };

describe('composing what an alert says', () => {
  const database = withServerDatabase();
  const clock = stoppedClock('2026-11-20T10:00:00.000Z');
  let jobs: Jobs;
  let deps: TestDeps;
  let alertId: string;
  let value: number;
  let drawn: PictureSpec[];
  let render: () => Promise<Picture>;

  beforeEach(async () => {
    await database.clear();
    clock.to('2026-11-20T10:00:00.000Z');
    value = 3.1;
    drawn = [];
    render = () => Promise.resolve(picture);
    jobs = await createJobs(database.db, [{ name: 'deliver' }], silentLog);
    const { warehouse } = fakeWarehouse(() => single(value));
    deps = await createDeps({ db: database.db, jobs, clock, warehouse, registry: aRegistry([aMetric()]) });
    deps.pictures.render = (spec) => {
      drawn.push(spec);
      return render();
    };
    await compute();
    alertId = (await listAlerts(deps.db, WORKSPACE))[0]?.id ?? '';
  });
  afterEach(() => jobs.stop());

  async function compute(): Promise<void> {
    const pulse = createPulse(deps);
    await pulse.reschedule();
    await pulse.refresh('conversion');
  }

  async function showMessage(over: { has_picture?: boolean; content_hash?: string } = {}): Promise<void> {
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id, has_picture, content_hash)
      values (${WORKSPACE}, ${alertId}::uuid, 'telegram:1001', '7', ${over.has_picture ?? false}, ${over.content_hash ?? null})`);
  }

  async function sentAs({ maybeSent }: { maybeSent: boolean }): Promise<void> {
    await database.db.prisma.$executeRaw(sql`
      update heartbeat.delivery set status = 'sent', message_id = '7', maybe_sent = ${maybeSent}
      where alert_id = ${alertId}::uuid and place = 'telegram:1001' and operation = 'post'`);
  }

  function compose(over: Partial<ClaimedDelivery> = {}): Promise<Composed> {
    return createComposer(deps).compose({
      id: 'd1',
      alertId,
      edge: 'entered_red',
      place: PLACE,
      lane: 'telegram:1001',
      operation: 'post',
      silent: false,
      priority: PRIORITY.red,
      attempts: 1,
      maybeSent: false,
      payload: {},
      createdAt: clock.now(),
      dueAt: new Date(),
      wasHeld: false,
      ...over,
    });
  }

  const textOf = (composed: Composed): string =>
    composed.kind === 'send' ? JSON.stringify(composed.answer.lines) : composed.reason;

  it('a post goes out without its picture, which an edit brings', async () => {
    const post = await compose();
    expect(post).toMatchObject({ kind: 'send', picture: null, messageId: null, pictureFollows: true });
    expect(textOf(post)).toContain('3.1');
    expect(drawn).toEqual([]);
  });

  it('says nothing to a reader who leaves while it is made', async () => {
    await showMessage();
    const late = Promise.withResolvers<Picture>();
    render = () => late.promise;
    const edit = compose({ operation: 'edit', edge: 'picture' });
    deps.use({ ...aRegistry([aMetric()]), people: [] });
    late.resolve(picture);
    expect(await edit).toEqual({ kind: 'skip', reason: 'its reader has left' });
  });

  it('the edit that brings the picture waits for it, once', async () => {
    await showMessage();
    const late = Promise.withResolvers<Picture>();
    render = () => late.promise;
    const edit = compose({ operation: 'edit', edge: 'picture' });
    setTimeout(() => late.resolve(picture), 400);
    expect(await edit).toMatchObject({
      kind: 'send',
      picture: { contentHash: 'drawn' },
      messageId: '7',
      pictureFollows: false,
    });
    const { content_hash: shown } = await showNow();
    await database.db.prisma.$executeRaw(sql`
      update heartbeat.alert_message set has_picture = true, content_hash = ${shown}`);
    expect(await compose({ operation: 'edit', edge: 'picture' })).toMatchObject({ kind: 'skip' });
    expect(drawn).toHaveLength(1);
  });

  it('an edit by a press leaves the picture alone, since a person waits', async () => {
    await showMessage({ has_picture: true });
    const edit = await compose({ operation: 'edit', edge: 'acked' });
    expect(edit).toMatchObject({ kind: 'send', picture: null, hasPicture: true, messageId: '7' });
    expect(drawn).toEqual([]);
  });

  it('an edit of the value draws the picture anew, and goes without one that takes long', async () => {
    await showMessage({ has_picture: true });
    expect(await compose({ operation: 'edit', edge: 'value_changed' })).toMatchObject({
      picture: { contentHash: 'drawn' },
    });
    render = () => new Promise(() => {});
    expect(await compose({ operation: 'edit', edge: 'value_changed' })).toMatchObject({
      kind: 'send',
      picture: null,
    });
    render = () => Promise.reject(new Error('no memory'));
    expect(await compose({ operation: 'edit', edge: 'value_changed' })).toMatchObject({
      kind: 'send',
      picture: null,
    });
  });

  it('an edit that would change nothing, or has no message, is left out', async () => {
    expect(await compose({ operation: 'edit', edge: 'acked' })).toEqual({
      kind: 'skip',
      reason: 'there is no message to edit',
    });
    const { content_hash: shown } = await showNow();
    await showMessage({ has_picture: true, content_hash: shown });
    expect(await compose({ operation: 'edit', edge: 'acked' })).toMatchObject({ kind: 'skip' });
    expect(await compose({ operation: 'edit', edge: 'redraw' })).toMatchObject({ kind: 'send' });
  });

  it('an edit keeps the mark of a message that may be a repeat', async () => {
    await showMessage();
    await sentAs({ maybeSent: false });
    expect(textOf(await compose({ operation: 'edit', edge: 'picture' }))).not.toContain('may be a repeat');
    await sentAs({ maybeSent: true });
    expect(textOf(await compose({ operation: 'edit', edge: 'picture' }))).toContain('may be a repeat');
    expect(textOf(await compose({ operation: 'post', wasHeld: true }))).not.toContain('may be a repeat');
  });

  it('a reply says what was true at its edge', async () => {
    await showMessage();
    value = 2.2;
    clock.add(60_000);
    await compute();
    const payload = {
      kind: 'entered_red',
      number: 1001,
      level: 'red',
      value: 3.1,
      at: clock.now().toISOString(),
      from: 'green',
      brokeSnooze: false,
    };
    const reply = await compose({ operation: 'reply', payload });
    expect(reply).toMatchObject({ kind: 'send', picture: null, messageId: '7', pictureFollows: false });
    expect(textOf(reply)).toContain('3.1');
    expect(textOf(reply)).not.toContain('2.2');
  });

  it('an alert of a retired metric has no picture to follow', async () => {
    deps.use(aRegistry([]));
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_registry
        (workspace_id, id, name, domain, unit, direction, file, definition, definition_hash, verification_state)
      values (${WORKSPACE}, 'conversion', 'Checkout conversion', 'growth', 'percent', 'up', 'f',
              ${JSON.stringify(aMetric())}::jsonb, 'h', 'verified')`);
    expect(await compose()).toMatchObject({ kind: 'send', pictureFollows: false });
    expect(await compose({ alertId: crypto.randomUUID() })).toEqual({
      kind: 'skip',
      reason: 'the alert is not stored',
    });
  });

  /** The hash of what the alert's message says now. */
  async function showNow(): Promise<{ content_hash: string }> {
    const composed = await compose();
    if (composed.kind !== 'send') throw new Error(composed.reason);
    return { content_hash: hashAnswer(composed.answer) };
  }
});
