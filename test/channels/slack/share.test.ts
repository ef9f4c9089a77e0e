import { expect, it } from 'vitest';
import { parseShare, shareAnswer, shareButton, type Origin } from '../../../src/channels/slack/share.ts';
import { sql } from '../../../src/db/index.ts';
import { WORDS } from '../../answers/facts.ts';
import { withEmbeddedDatabase } from '../../support/database.ts';
import { shownText, SLACK_ROOM } from '../../support/slack.ts';
import { startTalk } from './talk.ts';

const database = withEmbeddedDatabase();
const actor = { id: '1', userId: 'U0IVAN', teamId: null, channel: SLACK_ROOM };
const said = (text: string): Origin => ({ kind: 'text', text });
const pressed = (data: string): Origin => ({ kind: 'press', data });

it.each([
  '/metric cr',
  '/cockpit',
  '/start',
  '/star',
  '/watchlist',
  '/watchlist compliance',
  '/watchlist "delete"',
  '/schedule',
  '/maintenance',
])('%s merely tells: its answer can be shared', (text) => {
  expect(shareButton(said(text), actor, WORDS.en)).toMatchObject({ label: 'Share here' });
});

it.each([
  '/note A-1 a release',
  '/test',
  '/ack A-1',
  '/snooze 1h',
  '/refresh cr',
  '/star cr',
  '/unstar cr',
  '/link',
  '/unlink',
  '/pin',
  '/lang ru',
  '/maintenance growth 2h',
  '/watchlist create mine',
  '/watchlist delete mine',
  '/watchlist share mine',
  '/watchlist_create mine',
  '/schedule cockpit every weekday 08:30',
  '/nothing',
])('%s acts, or says nothing: no button', (text) => {
  expect(shareButton(said(text), actor, WORDS.en)).toBeNull();
});

it('a press that shows can be shared, one that acts cannot', () => {
  expect(shareButton(pressed('1:i'), actor, WORDS.en)).not.toBeNull();
  for (const data of ['1:a:1:1', 'nonsense']) expect(shareButton(pressed(data), actor, WORDS.en)).toBeNull();
});

it('an old button of something that acts does nothing, and says so; one that tells is shown', async () => {
  const { slack, options, insertAlerts } = await startTalk(database.db);
  await insertAlerts(1, () => 'conversion');
  const notes = () => database.db.prisma.$queryRaw(sql`select text from heartbeat.alert_note`);
  for (const value of ['share:t:/note A-1 twice', 'share:p:1:a:1:1']) {
    const origin = parseShare(value);
    expect(origin && (await shareAnswer(options, actor, origin))).toMatch(/would act a second time/);
  }
  expect(await notes()).toEqual([]);
  expect(slack.messages(SLACK_ROOM)).toEqual([]);
  expect(await shareAnswer(options, actor, said('/metric conversion'))).toBe('Posted here.');
  expect(slack.messages(SLACK_ROOM).map(shownText).join()).toMatch(
    /Checkout conversion[\s\S]*Shared by Ivan/,
  );
});
