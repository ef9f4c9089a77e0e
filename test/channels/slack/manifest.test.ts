import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderManifest } from '../../../src/channels/slack/index.ts';
import { EVENTS, METHODS, SCOPES } from '../../../src/channels/slack/methods.ts';
import { commands } from '../../../src/commands/index.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ROOM = join(ROOT, 'src/channels/slack');

type Manifest = {
  features: { slash_commands: { command: string; url?: string; description: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { request_url?: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url?: string };
    socket_mode_enabled: boolean;
  };
};

function readManifest(mode: 'socket' | 'http'): Manifest {
  return parse(readFileSync(join(ROOT, `slack/manifest.${mode}.yaml`), 'utf8')) as Manifest;
}

const CODE = readdirSync(ROOM)
  .filter((file) => file !== 'methods.ts')
  .map((file) => readFileSync(join(ROOM, file), 'utf8'))
  .join('\n');

describe.each(['socket', 'http'] as const)('the manifest for %s', (mode) => {
  const manifest = readManifest(mode);

  it('asks for exactly the scopes that a method, an event or a command takes', () => {
    const needed = new Set<string>(['commands']);
    for (const { scope } of Object.values(METHODS)) if (scope) needed.add(scope);
    for (const scope of Object.values(EVENTS)) if (scope) needed.add(scope);
    // the e-mail of a person comes with users.info, for those who may read it
    needed.add('users:read.email');
    expect(manifest.oauth_config.scopes.bot).toEqual([...needed].toSorted());
    expect(Object.keys(SCOPES).toSorted()).toEqual([...needed].toSorted());
  });

  it('lists the commands of the table by their own names, and the umbrella for those Slack keeps', () => {
    const names = manifest.features.slash_commands.map(({ command }) => command);
    expect(names[0]).toBe('/heartbeat');
    const missing = commands.map(({ name }) => `/${name}`).filter((name) => !names.includes(name));
    expect(missing.filter((name) => name !== '/star')).toEqual(['/help', '/cancel']);
    expect(names).not.toContain('/status');
    expect(names.length).toBeLessThanOrEqual(50);
    expect(new Set(names).size).toBe(names.length);
  });

  it('sends everything one way', () => {
    const { settings, features } = manifest;
    const url = mode === 'http' ? 'https://heartbeat.example.com/slack/events' : undefined;
    expect(settings.socket_mode_enabled).toBe(mode === 'socket');
    expect(settings.event_subscriptions.request_url).toBe(url);
    expect(settings.interactivity).toMatchObject({ is_enabled: true });
    expect(settings.interactivity.request_url).toBe(url);
    expect(new Set(features.slash_commands.map((command) => command.url))).toEqual(new Set([url]));
    expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(EVENTS).toSorted());
  });
});

describe('the page about Slack', () => {
  it('explains each scope in the words of the table', () => {
    const page = readFileSync(join(ROOT, 'docs/slack.md'), 'utf8');
    for (const [scope, why] of Object.entries(SCOPES)) expect(page).toContain(`| \`${scope}\` | ${why} |`);
  });
});

describe('the table of methods', () => {
  it('holds each method that the code calls, and no other', () => {
    const called = [...CODE.matchAll(/'((?:auth|chat|conversations|files|pins|users|views)\.[A-Za-z]+)'/g)];
    const names = new Set(called.map((match) => match[1] ?? ''));
    expect([...names].toSorted()).toEqual(Object.keys(METHODS).toSorted());
  });

  it('is what a manifest of other commands is made of as well', () => {
    const text = renderManifest('socket', [{ name: 'x', summary: 'does x', args: ['a', 'b'] }]);
    expect(parse(text)).toMatchObject({
      features: {
        slash_commands: [
          { command: '/heartbeat' },
          { command: '/x', description: 'does x', usage_hint: '[a] [b]', should_escape: false },
        ],
      },
    });
  });
});
