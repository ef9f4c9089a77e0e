import { beforeEach, expect, it } from 'vitest';
import { showHome } from '../../../src/channels/slack/home.ts';
import { unfurlLinks } from '../../../src/channels/slack/unfurl.ts';
import { sql } from '../../../src/db/index.ts';
import { withEmbeddedDatabase } from '../../support/database.ts';
import { aMetric } from '../../support/deps.ts';
import { inSlack, startTalk } from './talk.ts';

const database = withEmbeddedDatabase();
beforeEach(() => database.clear());

const HOMES = 30;

it('looking around spends no commands: after many openings and links a press and a note still work', async () => {
  const { world, options, actor, insertAlerts } = await startTalk(database.db);
  await insertAlerts(1, () => 'conversion');
  const url = `${world.deps.publicUrl()}/metric/conversion.png`;
  for (let opened = 0; opened < HOMES; opened += 1) {
    await showHome(options, actor);
    await unfurlLinks(options, { kind: 'links', actor, ts: '1.1', urls: [url] } as never);
  }
  const { toast } = await world.press(inSlack, '1:a:1:1');
  expect(toast).not.toMatch(/commands in a minute/);
  await world.say(inSlack, '/note A-1 a release');
  const notes = await database.db.prisma.$queryRaw(sql`select text from heartbeat.alert_note`);
  expect(notes).toEqual([{ text: 'a release' }]);
});

it('shows the open alerts of my own metrics and those I took, however many newer ones are open', async () => {
  const others = aMetric({ id: 'other', name: 'Another', owner: 'ann@shop.test', teams: [] });
  const taken = aMetric({ id: 'taken', name: 'Taken over', owner: 'ann@shop.test', teams: [] });
  const { slack, options, actor, insertAlerts } = await startTalk(database.db, [
    aMetric({ owner: inSlack.email }),
    others,
    taken,
  ]);
  await insertAlerts(1, () => 'conversion');
  await insertAlerts(1, () => 'taken');
  await insertAlerts(150, () => 'other');
  await database.db.prisma.$executeRaw(sql`
    update heartbeat.alerts set state = 'acked', acked_by = ${inSlack.email}, acked_at = opened_at where number = 2`);
  await showHome(options, actor);
  const shown = JSON.stringify(slack.home('U0IVAN')?.view);
  expect(shown).toMatch(/Checkout conversion[\s\S]*Taken over/);
  expect(shown).not.toContain('Another');
});
