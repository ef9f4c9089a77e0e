import { beforeEach, expect, it } from 'vitest';
import { askByModal } from '../../../src/channels/slack/ask.ts';
import { withEmbeddedDatabase } from '../../support/database.ts';
import { startTalk } from './talk.ts';

const database = withEmbeddedDatabase();
beforeEach(() => database.clear());

it('a modal whose id is not told is changed by the name that it was given', async () => {
  const { slack, options, actor, insertAlerts } = await startTalk(database.db);
  await insertAlerts(1, () => 'conversion');
  for (const method of ['views.open', 'views.update'])
    slack.fail({ method, with: { status: 200, body: '{"ok":true}' } });
  expect(await askByModal(options, { actor, data: '1:sq:1:1', triggerId: 't' })).toBeNull();
  const [opened, updated] = slack.calls.map(({ method, params }) => ({ method, ...params }));
  expect(opened).toMatchObject({
    method: 'views.open',
    view: { external_id: expect.stringMatching(/.{30}/) },
  });
  expect(updated).toMatchObject({
    method: 'views.update',
    external_id: (opened as unknown as { view: { external_id: string } }).view.external_id,
  });
});
