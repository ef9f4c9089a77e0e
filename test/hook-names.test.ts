import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { listUnmatchedNames } from '../src/hook-names.ts';
import { listOpenChannels } from '../src/open-channels.ts';
import type { Hooks, Workspace } from '../src/registry/index.ts';
import { NO_HOOKS } from './support/registry-parts.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

function workspaceWith(
  room: Partial<Hooks>,
  inbox: Partial<Hooks> = {},
): Pick<Workspace, 'rooms' | 'opsInbox'> {
  const none = { telegram: null, slack: null };
  return {
    rooms: [{ ...none, telegramTopic: null, teams: ['growth'], hooks: { ...NO_HOOKS, ...room } }],
    opsInbox: { ...none, email: null, hooks: { ...NO_HOOKS, ...inbox } },
  };
}

describe('names of web hooks', () => {
  const { channels } = readConfig({
    WEBHOOKS: `pager=https://pager.test/in|${secret}`,
    DISCORD_WEBHOOKS: 'ops=https://discord.test/1,team=https://discord.test/2',
  });

  it('that stand on both sides are no news', () => {
    expect(
      listUnmatchedNames(workspaceWith({ webhook: 'pager', discord: 'team' }, { discord: 'ops' }), channels),
    ).toEqual([]);
  });

  it('that stand on one side only are named once, with what to do', () => {
    const found = listUnmatchedNames(
      workspaceWith({ webhook: 'page', msteams: 'team' }, { msteams: 'team', discord: 'ops' }),
      channels,
    );
    expect(found).toEqual([
      {
        channel: 'webhook',
        name: 'page',
        reason:
          'workspace.yaml posts to webhook: page, and WEBHOOKS has no such name. Add page=https://… to it.',
      },
      {
        channel: 'webhook',
        name: 'pager',
        reason:
          'WEBHOOKS has pager, and no room of workspace.yaml posts to it. Add webhook: pager to a room or to ops_inbox, or take it out.',
      },
      {
        channel: 'msteams',
        name: 'team',
        reason:
          'workspace.yaml posts to msteams: team, and MSTEAMS_WEBHOOKS has no such name. Add team=https://… to it.',
      },
      {
        channel: 'discord',
        name: 'team',
        reason: expect.stringContaining('DISCORD_WEBHOOKS has team, and no room'),
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/discord\.test|whsec_/);
  });
});

describe('channels that only send', () => {
  it('are open when the settings have an address of them', () => {
    expect(listOpenChannels(readConfig({}))).toEqual([]);
    const all = readConfig({
      WEBHOOKS: `pager=https://pager.test/in|${secret}`,
      DISCORD_WEBHOOKS: 'ops=https://discord.test/1',
      MSTEAMS_WEBHOOKS: 'ops=https://teams.test/1',
      TWILIO_URL: 'https://AC1:token@api.twilio.com',
      SMS_FROM: '+34600111222',
    });
    expect(listOpenChannels(all)).toEqual(['webhook', 'discord', 'msteams', 'sms']);
  });
});
