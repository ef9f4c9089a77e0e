import { describe, expect, it } from 'vitest';
import { createProfiles } from '../../../src/channels/slack/profiles.ts';
import { createSelf } from '../../../src/channels/slack/self.ts';
import { identifySlack } from '../../../src/people/index.ts';
import type { SlackApiOptions } from '../../../src/playground/slack-api/index.ts';
import { IVAN } from '../../answers/facts.ts';
import { manifestScopes } from '../../support/slack.ts';
import { startSlack } from './slack.ts';

async function startProfiles(world: SlackApiOptions = {}) {
  const slack = await startSlack({ world });
  const { client } = slack.channel;
  return { ...slack, profiles: createProfiles({ client, self: createSelf(client), log: slack.log }) };
}

describe('what Slack tells of people', () => {
  it('is the confirmed e-mail and the language, asked once an hour', async () => {
    const { slack, profiles } = await startProfiles();
    const ann = { email: 'Ann@shop.test', locale: 'ru', name: 'Ann' };
    expect([await profiles.find('U0ANN'), await profiles.find('U0ANN')]).toEqual([ann, ann]);
    expect(slack.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  it('T16 is no e-mail of another company’s account, nor of a bot', async () => {
    const { slack, profiles } = await startProfiles();
    slack.user({ id: 'U0OTHER', name: 'Ann', email: 'ann@shop.test', team: 'T0OTHER' });
    slack.user({ id: 'U0BOT', name: 'Ann', email: 'ann@shop.test', isBot: true });
    expect(await profiles.find('U0OTHER')).toMatchObject({ email: null });
    expect(await profiles.find('U0BOT')).toMatchObject({ email: null });
  });

  it('is nothing while Slack cannot be asked, and is asked again afterwards', async () => {
    const { slack, profiles } = await startProfiles();
    slack.fail({ method: 'users.info', times: 3, with: { error: 'internal_error' } });
    expect(await profiles.find('U0ANN')).toEqual({ email: null, locale: null, name: null });
    expect(await profiles.find('U0NOBODY')).toMatchObject({ email: null });
    await expect.poll(async () => (await profiles.find('U0ANN')).email).toBe('Ann@shop.test');
  });

  it('is less without the right to read e-mails', async () => {
    const scopes = manifestScopes().filter((scope) => scope !== 'users:read.email');
    const { profiles } = await startProfiles({ scopes });
    expect(await profiles.find('U0ANN')).toEqual({ email: null, locale: 'ru', name: 'Ann' });
  });
});

describe('who somebody is', () => {
  const ivan = { ...IVAN, slackId: 'U0IVAN' };
  const ann = { ...IVAN, email: 'ann@shop.test', name: 'Ann' };
  const registry = { people: [ivan, ann] };

  it('T16 is told by the id of the file, else by the e-mail; the file’s account is that person’s alone', () => {
    const who = (userId: string, email: string | null) =>
      identifySlack(registry, { userId, email })?.name ?? null;
    expect(who('U0IVAN', null)).toBe('Ivan');
    expect(who('U0IVAN', 'ann@shop.test')).toBe('Ivan');
    expect(who('U0ANN', 'ANN@shop.test')).toBe('Ann');
    expect(who('U0EVIL', 'ivan@shop.test')).toBeNull();
    expect(who('U0EVIL', null)).toBeNull();
  });
});
