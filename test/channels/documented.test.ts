import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebhookAlert, WebhookEvent, WebhookNotice } from '../../src/channels/webhook/index.ts';
import { signEvent } from '../../src/channels/webhook/sign.ts';
import { readConfig } from '../../src/config.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/channels.md'), 'utf8');
const BLOCKS = [...PAGE.matchAll(/^```\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
const blockWith = (word: string): string => BLOCKS.find((block) => block.includes(word)) ?? '';

type Check = (headers: Record<string, string>, body: string, secret: string) => boolean;

const SECRETS = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`);
const [NEW = '', OLD = '', OTHER = ''] = SECRETS;

describe('the page about channels', () => {
  it('shows settings that can be used', () => {
    const lines = blockWith('WEBHOOKS=').split('\n').slice(1, -1);
    const environment = Object.fromEntries(
      lines.map((line): [string, string] => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1).replace('<account sid>:<auth token>', 'AC1:token')];
      }),
    );
    const { channels } = readConfig(environment);
    expect([...channels.webhooks.keys(), ...channels.discord.keys(), ...channels.msteams.keys()]).toEqual([
      'pager',
      'growth',
      'growth',
    ]);
    expect(channels.sms?.from).toBe('+34600111222');
  });

  it('shows an event of the schema, and explains each field', () => {
    const event: unknown = JSON.parse(blockWith('"alert.entered_red"'));
    expect(WebhookEvent.parse(event)).toEqual(event);
    const rows = PAGE.split('\n').filter((line) => line.startsWith('| `'));
    const explained = new Set(
      rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1])),
    );
    const fields = [
      ...Object.keys(WebhookAlert.shape),
      ...Object.keys(WebhookNotice.shape),
      'type',
      'timestamp',
    ];
    expect(fields.filter((field) => !explained.has(field))).toEqual([]);
  });

  it('shows a check that takes what is signed, with the old secret or the new one, and nothing else', async () => {
    const source = blockWith('isFromHeartbeat');
    const { isFromHeartbeat } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
      isFromHeartbeat: Check;
    };
    const body = '{"type":"alert.acked"}';
    const signed = { ...signEvent(body, { id: 'd1', at: new Date(), secrets: [NEW, OLD] }) };
    const stale = { ...signEvent(body, { id: 'd1', at: new Date(Date.now() - 301_000), secrets: [NEW] }) };
    expect(isFromHeartbeat(signed, body, NEW)).toBe(true);
    expect(isFromHeartbeat(signed, body, OLD)).toBe(true);
    expect(isFromHeartbeat(signed, body, OTHER)).toBe(false);
    expect(isFromHeartbeat(signed, `${body} `, NEW)).toBe(false);
    expect(isFromHeartbeat({ ...signed, 'webhook-id': 'd2' }, body, NEW)).toBe(false);
    expect(isFromHeartbeat(stale, body, NEW)).toBe(false);
  });
});
