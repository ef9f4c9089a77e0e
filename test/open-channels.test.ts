import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../src/delivery/index.ts';
import { openChannels } from '../src/open-channels.ts';
import { readConfig } from '../src/config.ts';
import { startWorkflow } from './channels/msteams/workflow.ts';
import { requestTo, VIEW } from './channels/requests.ts';
import { startDiscord } from './channels/discord/discord-api.ts';
import { ACCOUNT, SENDER, startTwilio, TOKEN } from './channels/sms/twilio.ts';
import { aShop, ann, createWorld, TOKENS, type World } from './http/world.ts';
import { withEmbeddedDatabase } from './support/database.ts';

const PUBLIC_URL = 'https://hb.shop.test';
const database = withEmbeddedDatabase();
let world: World;

beforeEach(async () => {
  world = await createWorld({
    db: database.db,
    tokens: TOKENS,
    publicUrl: PUBLIC_URL,
    registry: aShop({ people: [{ ...ann, locale: 'ru', phone: '+34600999888' }] }),
  });
});
afterEach(() => world.close());

function open(name: Channel['name'], settings: Record<string, string>, publicUrl = PUBLIC_URL): Channel {
  const { channels } = readConfig(settings);
  const config = { ...world.deps.config, channels };
  const channel = openChannels({ ...world.deps, config, publicUrl: () => publicUrl }).find(
    (one) => one.name === name,
  );
  if (!channel) throw new Error(`${name} is not open`);
  return channel;
}

const view = { ...VIEW, metric: { ...VIEW.metric, id: 'conversion' } };

describe('channels that only send, as the program opens them', () => {
  it('none without an address', () => {
    expect(openChannels(world.deps)).toEqual([]);
  });

  it('Teams gets a picture’s address that opens without a token, and stops after a week', async () => {
    const api = await startWorkflow();
    const teams = open('msteams', { MSTEAMS_WEBHOOKS: `ops=${api.hook}` });
    await teams.send(requestTo({ channel: 'msteams', name: 'ops' }, { view }));
    const image = api.cards[0]?.body.find((part) => part.type === 'Image');
    const url = image?.type === 'Image' ? image.url : '';
    expect(url).toMatch(/^https:\/\/hb\.shop\.test\/metric\/conversion\.png\?exp=\d+&sig=/);
    const path = url.slice(PUBLIC_URL.length);
    expect((await world.ask('/metric/conversion.png')).status).toBe(401);
    expect((await world.ask(path)).status).toBe(200);
    world.clock.add(8 * 24 * 3_600_000);
    expect((await world.ask(path)).status).not.toBe(200);
  });

  it('Teams gets no picture where Teams could not load it', async () => {
    const api = await startWorkflow();
    const teams = open('msteams', { MSTEAMS_WEBHOOKS: `ops=${api.hook}` }, 'http://hb.shop.test');
    await teams.send(requestTo({ channel: 'msteams', name: 'ops' }, { view }));
    expect(api.cards[0]?.body.some(({ type }) => type === 'Image')).toBe(false);
  });

  it('Discord’s readers are sent to the chat that is there, or to the API', async () => {
    const api = await startDiscord();
    const settings = { DISCORD_WEBHOOKS: `ops=${api.hook}` };
    const request = requestTo({ channel: 'discord', name: 'ops' });
    await open('discord', settings).send(request);
    world.deps.channels = new Set(['discord']);
    await open('discord', settings).send(request);
    const texts = api.messages().map(({ embeds }) => embeds?.[0]?.description ?? '');
    expect(texts[0]).toContain('/ack A-1042');
    expect(texts[1]).toContain('POST https://hb.shop.test/api/alerts/A-1042/ack');
  });

  it('SMS speaks the language of whose number it is', async () => {
    const api = await startTwilio();
    const url = api.url.replace('http://', `http://${ACCOUNT}:${TOKEN}@`);
    const sms = open('sms', { TWILIO_URL: url, SMS_FROM: SENDER });
    for (const number of ['+34600999888', '+34600999777'])
      await sms.send(requestTo({ channel: 'sms', number }, { maybeSent: true }));
    expect(api.sent.map(({ body }) => /возможно/.test(body))).toEqual([true, false]);
  });
});
