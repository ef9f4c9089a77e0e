import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { IVAN, metricFile, ROOM, STRANGER } from '../support/workspace.ts';

const TWO_SECONDS_AFTER_THE_TICK = 3_000;
const RECOVERY_MS = 6_000;

let bot: TestHeartbeat;

function alertIn(chat: number): MessageView | undefined {
  return bot.messages(chat).findLast((message) => message.from.isBot && message.replyTo === null);
}

function repliesIn(chat: number): MessageView[] {
  return bot.messages(chat).filter((message) => message.from.isBot && message.replyTo !== null);
}

async function untilText(chat: number, pattern: RegExp, timeoutMs = 6_000): Promise<MessageView> {
  return bot.api.waitFor(
    () => bot.messages(chat).findLast((message) => message.from.isBot && pattern.test(message.text)),
    timeoutMs,
  );
}

async function recover(): Promise<void> {
  await bot.signal(4.5);
  await bot.api.waitFor(() => /Recovered/.test(alertIn(IVAN)?.text ?? ''), RECOVERY_MS);
  await bot.api.waitFor(() => /Recovered/.test(alertIn(ROOM)?.text ?? ''), RECOVERY_MS);
}

/** A program of its own for each group of tests: a group's twenty calls a minute are soon spent. */
function withBot(): void {
  beforeAll(async () => {
    bot = await startTestHeartbeat();
  }, 60_000);
  afterAll(async () => {
    const refused = bot.api.calls.filter((call) => call.ok === false && call.method !== 'getUpdates');
    const log = bot.logged();
    await bot.stop();
    expect(refused.map((call) => `${call.method} ${JSON.stringify(call.params)}: ${call.error}`)).toEqual([]);
    expect(log.length).toBeGreaterThan(1_000);
    expect(log).not.toContain(bot.api.token);
    expect(log).not.toContain(API_TOKEN);
    expect(log).not.toMatch(/postgres(ql)?:\/\/\S+:\S+@/);
  });
}

describe('one alert, from the tick to the recovery', () => {
  withBot();
  it('is in the owner’s chat and the team’s room with value, line, buttons and picture; acked once; recovered once', async () => {
    await bot.signal(3.1);
    const [own, room] = await Promise.all([
      untilText(IVAN, /Checkout conversion/, TWO_SECONDS_AFTER_THE_TICK),
      untilText(ROOM, /Checkout conversion/, TWO_SECONDS_AFTER_THE_TICK),
    ]);
    for (const message of [own, room]) {
      expect(message.text).toContain('3.1');
      expect(message.text).toContain('3.4');
      expect(message.text).toMatch(/A-\d+/);
      expect(message.silent).toBe(false);
      const labels = message.keyboard.flat().map((button) => button.text);
      expect(labels.some((label) => label.includes('Ack'))).toBe(true);
      expect(labels.some((label) => label.includes('Snooze') || label.includes('💤'))).toBe(true);
      expect(labels.some((label) => label.includes('Why'))).toBe(true);
      expect((message.text.split('\n')[0] ?? '').length).toBeLessThanOrEqual(60);
    }
    await bot.api.waitFor(() => alertIn(IVAN)?.photo && alertIn(ROOM)?.photo, 5_000);

    const pressed = await bot.ann.presses(alertIn(ROOM) as MessageView, /Ack/);
    expect(pressed).toMatchObject({ answered: true, showAlert: false });
    await bot.api.waitFor(
      () => /Ann/.test(alertIn(IVAN)?.text ?? '') && /Ann/.test(alertIn(ROOM)?.text ?? ''),
      5_000,
    );

    const again = await bot.ivan.presses(alertIn(IVAN) as MessageView, {
      data: own.keyboard[0]?.[0]?.callback_data ?? '',
    });
    expect(again).toMatchObject({ answered: true });
    expect(again.answered && again.text).toMatch(/already acked by Ann/i);

    await recover();
    await bot.api.waitFor(() => repliesIn(IVAN).length === 1 && repliesIn(ROOM).length === 1, 5_000);
    expect(repliesIn(IVAN)[0]?.text).toMatch(/Recovered[\s\S]*Ann/);
    expect(bot.messages(IVAN).filter((message) => message.from.isBot)).toHaveLength(2);
    expect(alertIn(ROOM)?.text).toMatch(/Recovered/);
  });

  it('T10 a late ack changes nothing, and says when the alert ended', async () => {
    const message = alertIn(ROOM) as MessageView;
    const ack = message.edits
      .flatMap((edit) => edit.keyboard.flat())
      .find((button) => button.text.includes('Ack'));
    const late = await bot.ivan.presses(message, { data: ack?.callback_data ?? '' });
    expect(late.answered && late.text).toMatch(/A-\d+ has ended/);
    expect(alertIn(ROOM)?.text).toMatch(/Recovered/);
  });
});

describe('amber', () => {
  withBot();
  it('is one quiet post, and nothing more while it lasts (T06)', async () => {
    await bot.signal(3.8);
    const room = await untilText(ROOM, /🟡|3\.8/);
    expect(room.silent).toBe(true);
    const before = bot.messages(ROOM).length;
    const ticks = await ticksSoFar();
    await expect.poll(ticksSoFar, { timeout: 10_000 }).toBeGreaterThanOrEqual(ticks + 4);
    expect(bot.messages(ROOM)).toHaveLength(before);
    await recover();
  });

  async function ticksSoFar(): Promise<number> {
    const response = await fetch(`${bot.running.url}/api/metrics/conversion/history?limit=500`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    const { items } = (await response.json()) as { items: unknown[] };
    return items.length;
  }
});

describe('who may press', () => {
  withBot();
  beforeAll(async () => {
    await bot.signal(2);
    await bot.api.waitFor(
      () => /🔴/.test(alertIn(ROOM)?.text ?? '') && /🔴/.test(alertIn(IVAN)?.text ?? ''),
      6_000,
    );
  });

  it('T16 a stranger’s press is answered, refused, and changes nothing', async () => {
    const pressed = await bot.stranger.presses(alertIn(ROOM) as MessageView, /Ack/);
    expect(pressed).toMatchObject({ answered: true, showAlert: true });
    expect(alertIn(ROOM)?.text).toMatch(/🔴/);
  });

  it('a viewer may look, not act', async () => {
    const pressed = await bot.vera.presses(alertIn(ROOM) as MessageView, /Ack/);
    expect(pressed.answered && pressed.text).toMatch(/operator/i);
    expect(alertIn(ROOM)?.text).toMatch(/🔴/);
  });

  it('Why explains from what is stored', async () => {
    await bot.ivan.presses(alertIn(IVAN) as MessageView, /Why/);
    const why = await bot.api.waitFor(() =>
      bot
        .messages(IVAN)
        .findLast((message) => message.replyTo === alertIn(IVAN)?.id && /3\.4/.test(message.text)),
    );
    expect(why.text).toMatch(/Growth|Telegram -100200/);
  });

  it('a stranger learns only how to ask for access', async () => {
    bot.stranger.sends(STRANGER, '/metric conversion');
    const answer = await bot.api.waitFor(() => bot.messages(STRANGER).find((message) => message.from.isBot));
    expect(answer.text).toContain(String(STRANGER));
    expect(answer.text).not.toMatch(/conversion|Corner Shop|Ivan/i);
  });
});

describe('files', () => {
  withBot();
  beforeEach(() => bot.workspace.write('metrics/conversion.yaml', metricFile()));

  it('T19 a broken file is harmless: the last good definition runs, and the owner is told', async () => {
    await bot.workspace.write(
      'metrics/conversion.yaml',
      metricFile().replace('alert_value: 3.4', 'alert_value: 9'),
    );
    await untilText(IVAN, /metrics\/conversion\.yaml/, 6_000);
    await bot.signal(1);
    const red = await bot.api.waitFor(() => /🔴/.test(alertIn(ROOM)?.text ?? '') && alertIn(ROOM), 6_000);
    expect(red.text).toContain('3.4');
    await recoverInRoom();
  });

  it('T21 a verified metric whose SQL changes stops alerting and says so, until verified again', async () => {
    const changed = { sql: "select value::numeric + 0 as value from marts.signal where name = 'conversion'" };
    await bot.workspace.write('metrics/conversion.yaml', metricFile(changed));
    await untilText(IVAN, /no longer alerts/, 6_000);
    const before = bot.messages(ROOM).length;
    await bot.signal(1);
    await expect.poll(() => levelNow(), { timeout: 6_000 }).toBe('red');
    expect(bot.messages(ROOM)).toHaveLength(before);
    await bot.workspace.write(
      'metrics/conversion.yaml',
      metricFile({ ...changed, verified: '{by: ivan@shop.test, at: 2026-11-02}' }),
    );
    await bot.api.waitFor(() => bot.messages(ROOM).length > before, 8_000);
    expect(alertIn(ROOM)?.text).toMatch(/🔴/);
    await recoverInRoom();
  });

  it('T20 a deleted metric closes its open alert with a word and keeps its history', async () => {
    await bot.signal(1);
    await bot.api.waitFor(() => /🔴/.test(alertIn(ROOM)?.text ?? ''), 8_000);
    await bot.workspace.remove('metrics/conversion.yaml');
    await bot.api.waitFor(() => !/🔴/.test(alertIn(ROOM)?.text ?? ''), 6_000);
    expect(
      alertIn(ROOM)
        ?.keyboard.flat()
        .some((button) => button.text.includes('Ack')),
    ).toBe(false);
    await bot.signal(4.5);
  });

  async function recoverInRoom(): Promise<void> {
    await bot.signal(4.5);
    await bot.api.waitFor(() => /Recovered/.test(alertIn(ROOM)?.text ?? ''), RECOVERY_MS);
  }

  async function levelNow(): Promise<string> {
    const response = await fetch(`${bot.running.url}/api/metrics/conversion`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    return ((await response.json()) as { level: string }).level;
  }
});
