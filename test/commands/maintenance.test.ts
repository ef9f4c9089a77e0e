import { afterEach, beforeEach, expect, it } from 'vitest';
import { endWindow, listWindows } from '../../src/alerts/index.ts';
import { answerPress, answerText, type CommandRequest } from '../../src/commands/index.ts';
import { lineText } from '../../src/answers/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { WORKSPACE } from '../support/deps.ts';
import { CALLER, openStage, someMetrics, type Stage } from '../alerts/stage.ts';

describeOnBothDatabases('/maintenance', (database: TestDatabase) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(database, someMetrics(2));
  });
  afterEach(() => stage.close());

  function request(): Omit<CommandRequest, 'text'> {
    return {
      deps: stage.deps,
      caller: CALLER,
      words: stage.deps.wordsFor('en', 'Europe/Madrid'),
      place: null,
      botName: 'bot',
      isPrivate: true,
    };
  }

  async function say(text: string, over: Partial<CommandRequest> = {}): Promise<string> {
    const texts: string[] = [];
    for await (const answer of answerText({ ...request(), ...over, text }))
      texts.push(answer.lines.map(lineText).join('\n'));
    return texts.join('\n');
  }

  const windows = () => listWindows(database.db, WORKSPACE, stage.clock.now());

  it('opens a window of everything, a domain, a source or a metric, and lists them', async () => {
    expect(await say('/maintenance')).toMatch(/No maintenance window is open/);
    expect(await say('/maintenance all 2h Warehouse upgrade')).toMatch(
      /Warehouse upgrade · everything · until/,
    );
    await say('/maintenance growth 90m');
    await say('/maintenance marts.orders 30m');
    await say('/maintenance m_1 1d');
    expect(await windows()).toMatchObject([
      { name: 'marts.orders', sources: ['marts.orders'] },
      { name: 'growth', domains: ['growth'], createdBy: 'ivan@shop.test' },
      { name: 'Warehouse upgrade', metrics: [], domains: [], sources: [] },
      { name: 'm_1', metrics: ['m_1'] },
    ]);
    expect(await say('/maintenance')).toMatch(/4 maintenance windows/);
  });

  it('takes a name of several words, with or without quotes', async () => {
    const [metric] = stage.deps.registry.current().metrics.values();
    await say(`/maintenance ${metric?.name} 2h New bank`);
    await say(`/maintenance "${metric?.name}" 1 hour`);
    expect(metric?.name).toMatch(/ /);
    expect(await say('/maintenance')).toContain(`New bank · ${metric?.name} · until`);
    expect(await windows()).toMatchObject([
      { name: metric?.name, metrics: [metric?.id] },
      { name: 'New bank', metrics: [metric?.id] },
    ]);
  });

  it.each([
    ['/maintenance all', /Say what and how long/],
    ['/maintenance all soon', /Say what and how long/],
    ['/maintenance all 40d', /from a minute to 30 days/],
    ['/maintenance nothing_like_this 2h', /no metric, domain or source/],
  ])('says what is wrong with %s', async (text, sentence) => {
    expect(await say(text)).toMatch(sentence);
    expect(await windows()).toEqual([]);
  });

  it('is for approvers', async () => {
    const operator = { ...CALLER, role: 'operator' as const };
    expect(await say('/maintenance all 2h', { caller: operator })).toMatch(/takes the role/);
    expect(await windows()).toEqual([]);
  });

  it('is ended by its button: what it keeps back goes then, once', async () => {
    await say('/maintenance all 2h Upgrade');
    stage.set('m_1', 3);
    await stage.tick();
    const statuses = async () =>
      (await stage.sent()).filter(({ operation }) => operation === 'post').map(({ status }) => status);
    expect(await statuses()).toEqual(['held', 'held']);
    const [window] = await windows();
    const pressed = await answerPress(request(), `1:me:${window?.number}`);
    expect(pressed.toast.toast).toMatch(/It is over/);
    await stage.wait(1);
    await expect.poll(statuses, { timeout: 5_000 }).toEqual(['pending', 'pending']);
    await expect(endWindow(stage.deps, CALLER, window?.number ?? 0)).rejects.toMatchObject({
      code: 'maintenance_over',
    });
    await expect(endWindow(stage.deps, CALLER, 999_999)).rejects.toMatchObject({
      code: 'maintenance_unknown',
    });
  });
});
