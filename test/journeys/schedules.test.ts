import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { sql } from '../../src/db/index.ts';
import { createMovableClock } from '../../src/lib/clock.ts';
import { HOUR, MINUTE, SECOND } from '../../src/lib/time.ts';
import { startHeartbeat, type Running } from '../../src/main.ts';
import type { MessageView, Person } from '../../src/playground/bot-api/index.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { ANN, IVAN, OPS, ROOM } from '../support/workspace.ts';

/** A Monday, 08:00 in Madrid. */
const START = '2026-11-23T07:00:00Z';

const clock = createMovableClock(new Date(START));
let bot: TestHeartbeat;
let second: Running;
let dataDir: string;

beforeAll(async () => {
  bot = await startTestHeartbeat({ clock });
  dataDir = await mkdtemp(join(tmpdir(), 'hb-second-'));
  second = await startHeartbeat(readConfig({ ...bot.environment, HEARTBEAT_DATA: dataDir }), { clock });
}, 60_000);
afterAll(async () => {
  await second.stop();
  await bot.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const until = <T>(find: () => T | undefined | null | false): Promise<T> => bot.api.waitFor(find, 20_000);

/** What the bot says after somebody's words; messages that the clock brings meanwhile are not it. */
async function answerTo(person: Person, chat: number, text: string, pattern: RegExp): Promise<MessageView> {
  const before = bot.messages(chat).length;
  person.sends(chat, text);
  return until(() =>
    bot
      .messages(chat)
      .slice(before)
      .find((message) => message.from.isBot && pattern.test(message.text)),
  );
}

const posts = (chat: number, pattern: RegExp): MessageView[] =>
  bot.messages(chat).filter((message) => message.from.isBot && pattern.test(message.text));

function skipTo(instant: string): void {
  clock.skip(new Date(instant).getTime() - clock.now().getTime());
}

/** Nothing more of the clock is on its way. */
async function settled(): Promise<void> {
  await expect
    .poll(
      async () => {
        const rows = await bot.running.deps.db.prisma.$queryRaw<{ n: number }[]>(sql`
          select count(*)::int as n from heartbeat.delivery
          where edge in ('scheduled', 'pinned') and status in ('pending', 'sending')`);
        return rows[0]?.n;
      },
      { timeout: 20_000 },
    )
    .toBe(0);
}

describe('posts by the clock', () => {
  it('are planned in words, in a room, by operators; a viewer may look', async () => {
    const planned = await answerTo(bot.ann, ROOM, '/schedule сводка по будням 8:30', /^✅/);
    expect(planned.text).toMatch(
      /^✅ Запланировано под номером 1\n1\. Сводка · по будням в 08:30 · дальше .* · Ann\nВремя — по часам Europe\/Madrid\.$/,
    );
    const metric = await answerTo(bot.ivan, ROOM, '/schedule metric cr 7d monday 9:00', /^✅/);
    expect(metric.text).toMatch(/2\. Metric Checkout conversion 7d · Mon at 09:00/);
    await answerTo(bot.vera, ROOM, '/schedule cockpit daily 10:00', /takes the role operator/);
    const list = await answerTo(bot.vera, ROOM, '/schedule', /^🗓️/);
    expect(list.text).toMatch(/^🗓️ 2 posts are planned here\n/);
    expect(list.keyboard.map((row) => row.map(({ text }) => text))).toEqual([
      ['Pause 1', '✖️ Remove 1'],
      ['Pause 2', '✖️ Remove 2'],
    ]);
    await answerTo(bot.ivan, IVAN, '/schedule', /^Nothing is planned in this chat/);
    await answerTo(bot.ivan, IVAN, '/schedule metric nonsense daily 9:00', /No metric is called “nonsense”/);
    await answerTo(bot.ivan, IVAN, '/schedule cockpit', /Say when at the end/);
  });

  it('come at their time, once over two processes, as the command answers, with the picture', async () => {
    const asked = await answerTo(bot.ivan, ROOM, '/cockpit', /^🟢 Corner Shop/);
    skipTo('2026-11-23T07:30:00Z');
    const [post] = await until(() => {
      const found = posts(ROOM, /^🟢 Corner Shop/).filter(({ id }) => id !== asked.id);
      return found.length > 0 && found;
    });
    expect(post?.text).toBe(asked.text);
    expect(post?.photo).not.toBeNull();
    expect(post?.silent).toBe(false);
    skipTo('2026-11-23T08:00:00Z');
    const card = await until(() => posts(ROOM, /^🟢 Checkout conversion/)[0]);
    expect(card.photo).not.toBeNull();
    expect(card.text).not.toMatch(/posted late/);
    await settled();
    expect(posts(ROOM, /^🟢 Corner Shop/)).toHaveLength(2);
    expect(posts(ROOM, /^🟢 Checkout conversion/)).toHaveLength(1);
  });

  it('rest while they are paused, by a button, and go on', async () => {
    const list = await answerTo(bot.ivan, ROOM, '/schedule', /^🗓️/);
    const paused = await bot.ann.presses(list, /Pause 1/);
    expect(paused).toMatchObject({ answered: true, text: 'На паузе.' });
    await until(() =>
      bot.api.message({ chat: ROOM, id: list.id })?.keyboard[0]?.[0]?.text.includes('Продолжить 1'),
    );
    expect(await bot.vera.presses(list, { data: '1:hx:1' })).toMatchObject({
      answered: true,
      showAlert: true,
    });
    skipTo('2026-11-24T07:31:00Z');
    clock.skip(5 * SECOND);
    await settled();
    expect(posts(ROOM, /^🟢 Corner Shop/)).toHaveLength(2);
    expect(await bot.ivan.presses(list, { data: '1:hr:1' })).toMatchObject({ text: 'It goes on.' });
    expect(await bot.ivan.presses(list, { data: '1:hx:2' })).toMatchObject({ text: 'Removed.' });
    await answerTo(bot.ivan, ROOM, '/schedule', /One post is planned here/);
  });

  it('are paused, go on and are removed by words too, of this chat, by operators', async () => {
    await answerTo(bot.ivan, IVAN, '/schedule metric cr daily 23:00', /^✅ Planned as number 3/);
    await answerTo(bot.vera, ROOM, '/schedule pause 3', /takes the role operator/);
    await answerTo(bot.ann, ANN, '/schedule пауза 3', /В этом чате нет номера 3/);
    await answerTo(bot.ivan, IVAN, '/schedule pause', /Say its number/);
    const paused = await answerTo(bot.ivan, IVAN, '/schedule pause 3', /^✅ Number 3 is paused/);
    expect(paused.keyboard.flat().map(({ text }) => text)).toContain('Go on with 3');
    await answerTo(bot.ivan, IVAN, '/schedule resume 3', /^✅ Number 3 goes on\n[\s\S]*at 23:00 · next/);
    await answerTo(bot.ivan, IVAN, '/schedule list', /^🗓️ One post is planned here/);
    await answerTo(bot.ivan, IVAN, '/schedule remove 3', /^✅ Number 3 is removed\nNothing is planned/);
  });

  it('T05 that were missed come once, late, with a word', async () => {
    await second.stop();
    await bot.running.stop();
    skipTo('2026-11-27T10:00:00Z');
    bot.running = await startHeartbeat(readConfig(bot.environment), { clock });
    second = await startHeartbeat(readConfig({ ...bot.environment, HEARTBEAT_DATA: dataDir }), { clock });
    const late = await until(() => posts(ROOM, /Planned for .*08:30, posted late\./)[0]);
    expect(late.text).toMatch(/^\S+ Corner Shop/);
    clock.skip(MINUTE);
    await settled();
    expect(posts(ROOM, /posted late/)).toHaveLength(1);
  }, 60_000);

  it('say what is wrong when what they show is gone, and how to end that', async () => {
    await answerTo(bot.ivan, IVAN, '/watchlist create "Slow things" cr', /Slow things is there/);
    const planned = await answerTo(bot.ivan, IVAN, '/schedule watchlist slow daily 12:00', /^✅/);
    expect(planned.text).toMatch(/Watchlist Slow things · every day at 12:00/);
    await bot.running.deps.db.prisma.$executeRaw(
      sql`update heartbeat.watchlist set deleted_at = now(), live_key = null`,
    );
    skipTo('2026-11-27T11:00:00Z');
    const broken = await until(() => posts(IVAN, /This is number \d of \/schedule/)[0]);
    expect(broken.keyboard.flat().map(({ text }) => text)).toEqual(['✖️ Remove 4']);
  });

  it('stop in the chat of a person who left the file', async () => {
    await answerTo(bot.ann, ANN, '/schedule cockpit daily 13:00', /^✅/);
    const countOf = ({ deps }: Running): number => deps.registry.current().people.length;
    const owners = countOf(bot.running);
    await bot.workspace.write(
      'owners.yaml',
      `- {email: ivan@shop.test, name: Ivan, role: approver, teams: [growth], telegram_id: ${IVAN}}\n`,
    );
    for (const process of [bot.running, second])
      await expect.poll(() => countOf(process), { timeout: 10_000 }).toBeLessThan(owners);
    const before = bot.messages(ANN).length;
    skipTo('2026-11-27T12:00:01Z');
    await expect
      .poll(
        async () =>
          bot.running.deps.db.prisma.$queryRaw(sql`
            select status, reason from heartbeat.delivery where edge = 'scheduled' and place = ${`telegram:${ANN}`}`),
        { timeout: 10_000 },
      )
      .toEqual([{ status: 'superseded', reason: 'its reader has left' }]);
    expect(bot.messages(ANN)).toHaveLength(before);
  });
});

describe('a pinned cockpit', () => {
  let pinned: MessageView;
  const shown = () => bot.api.message({ chat: OPS, id: pinned.id });
  const run = (query: ReturnType<typeof sql>) => bot.running.deps.db.prisma.$executeRaw(query);

  /** As if the last look, and the last redrawing, had been an hour ago. */
  async function anHourLater(): Promise<void> {
    await run(sql`update heartbeat.alert_message set edited_at = edited_at - interval '1 hour'`);
    await run(sql`update heartbeat.delivery set next_attempt_at = now() where key like 'pinned:%:edit'`);
    await run(sql`update heartbeat.pinned_cockpit set checked_at = null`);
  }

  it('comes with its picture, and is pinned', async () => {
    bot.ivan.sends(OPS, '/pin');
    await until(() => posts(OPS, /^📌 The cockpit is coming\.\n/)[0]);
    pinned = await until(() => posts(OPS, /Kept up to date · /)[0]);
    expect(pinned).toMatchObject({ silent: true, photo: expect.anything() });
    await until(() => shown()?.isPinned);
    const before = bot.messages(OPS).length;
    bot.ivan.replies(pinned, 'nice');
    await answerTo(bot.ivan, OPS, '/whoami', /Ivan/);
    expect(
      bot
        .messages(OPS)
        .slice(before)
        .filter(({ from }) => from.isBot),
    ).toHaveLength(1);
  });

  it('is redrawn when something changes, once over two processes, and not for its age', async () => {
    await anHourLater();
    clock.skip(HOUR);
    await expect
      .poll(
        async () =>
          (
            await bot.running.deps.db.prisma.$queryRaw<unknown[]>(sql`
        select 1 from heartbeat.pinned_cockpit where checked_at is not null`)
          ).length,
        { timeout: 10_000 },
      )
      .toBe(1);
    expect(shown()?.edits).toHaveLength(0);
    // from here on nothing may be redrawn until an hour has passed: what is seen then is one edit
    await run(sql`update heartbeat.alert_message set edited_at = now()`);
    await bot.signal(3.1);
    await until(() => posts(ROOM, /🔴 Checkout conversion/)[0]);
    await anHourLater();
    await until(() => /🔴/.test(shown()?.text ?? ''));
    await settled();
    expect(shown()?.edits).toHaveLength(1);
  });

  it('is redrawn once a minute at most', async () => {
    await bot.reading(3.2);
    await run(sql`update heartbeat.pinned_cockpit set checked_at = null`);
    await expect
      .poll(
        async () =>
          (
            await bot.running.deps.db.prisma.$queryRaw<{ ms: number }[]>(sql`
              select (extract(epoch from d.next_attempt_at - m.edited_at) * 1000)::float8 as ms
              from heartbeat.delivery d join heartbeat.alert_message m on m.alert_id = d.alert_id
              where d.key like 'pinned:%:edit' and d.status = 'pending'`)
          ).map(({ ms }) => ms >= 59_000),
        { timeout: 20_000 },
      )
      .toEqual([true]);
    expect(shown()?.edits).toHaveLength(1);
  });

  it('is replaced by another, which is pinned in its place, and left alone after /unpin', async () => {
    const before = pinned;
    await answerTo(bot.ivan, OPS, '/pin growth', /^📌/);
    pinned = await until(() => posts(OPS, /Kept up to date · /).find(({ id }) => id !== before.id));
    await until(() => shown()?.isPinned && bot.api.message({ chat: OPS, id: before.id })?.isPinned === false);
    await answerTo(bot.ivan, OPS, '/unpin', /^📌 It is left as it is\./);
    await until(() => shown()?.isPinned === false);
    await answerTo(bot.ivan, IVAN, '/unpin', /^No cockpit is pinned here/);
    const edits = shown()?.edits.length;
    await bot.signal(2.5);
    await anHourLater();
    await settled();
    expect(shown()?.edits).toHaveLength(edits ?? 0);
  });
});
