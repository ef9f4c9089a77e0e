import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/index.ts';
import { answerDirectly, whisper } from '../../../src/channels/slack/direct.ts';
import type { DialogueOptions } from '../../../src/channels/slack/context.ts';
import { createResponder } from '../../../src/channels/slack/respond.ts';
import { say } from '../../../src/channels/slack/say.ts';
import { cockpitSpec } from '../../../src/answers/index.ts';
import { NOW, status, WORDS } from '../../answers/facts.ts';
import { shownText, SLACK_ROOM } from '../../support/slack.ts';
import { pictureOf } from '../requests.ts';
import { startSlack } from './slack.ts';

const PICTURED: Answer = {
  lines: [['the cockpit']],
  picture: {
    spec: cockpitSpec([status()], { title: 'x', words: WORDS.en, theme: 'light', now: NOW }),
    alt: 'tiles',
  },
};

async function* each(...answers: Answer[]): AsyncGenerator<Answer> {
  yield* answers;
}

type Render = () => Promise<{ png: Uint8Array; contentHash: string }>;

async function startAnswers(render: Render) {
  const world = await startSlack();
  const { slack, channel, log } = world;
  const reserved: string[] = [];
  const options = {
    deps: { log, pictures: { render } },
    channel,
    reserve: async ({ conversation }: { conversation: string }) => void reserved.push(conversation),
  } as unknown as DialogueOptions;
  slack.deliverBy(async () => ({ status: 200, body: null }));
  await world.ivan.commands('/x', SLACK_ROOM);
  const responseUrl = String(slack.sent.at(-1)?.payload['response_url']);
  const responder = createResponder({ responseUrl, threadTs: null, canReplace: true, log });
  const saying = { deps: options.deps, pictures: channel.pictures, responder, words: WORDS.en, extra: null };
  return { ...world, options, saying, reserved };
}

const drawn: Render = async () => pictureOf();

describe('an answer that only its person sees', () => {
  it('shows its picture, or stands alone when that cannot be drawn or brought', async () => {
    const good = await startAnswers(drawn);
    await say(each(PICTURED), good.saying);
    expect(good.slack.ephemerals('U0IVAN').map(shownText).join()).toMatch(/slack_file.*tiles/);
    const undrawn = await startAnswers(() => Promise.reject(new Error('no picture')));
    await say(each(PICTURED), undrawn.saying);
    const refused = await startAnswers(drawn);
    refused.slack.fail({ method: 'upload', with: 'cut_before' });
    await say(each(PICTURED), refused.saying);
    for (const { slack, lines } of [undrawn, refused]) {
      expect(slack.ephemerals('U0IVAN').map(shownText).join()).not.toMatch(/slack_file/);
      expect(slack.ephemerals('U0IVAN')).toHaveLength(1);
      expect(lines.join('')).toMatch(/the text stands alone/);
    }
  });

  it('of several parts stands in one message', async () => {
    const { slack, saying } = await startAnswers(drawn);
    await say(each({ lines: [['running']] }, { lines: [['done']] }), saying);
    expect(slack.ephemerals('U0IVAN')).toMatchObject([{ text: 'done', edits: [{ text: 'running' }] }]);
  });

  it('that Slack does not take is logged, and no more', async () => {
    const { slack, saying, lines } = await startAnswers(drawn);
    slack.fail({ method: 'response_url', with: { status: 500, body: 'sorry' } });
    slack.fail({ method: 'response_url', with: 'cut_before' });
    await say(each({ lines: [['one']] }, { lines: [['two']] }), saying);
    expect(lines.join('')).toMatch(/500 sorry[\s\S]*the connection failed/);
  });
});

describe('an answer in direct messages', () => {
  const place = { channel: 'slack', conversation: 'U0IVAN' } as const;

  it('is one message, redrawn, and keeps to the pacing', async () => {
    const { slack, options, reserved } = await startAnswers(drawn);
    const answers = each({ lines: [['running']] }, PICTURED);
    await answerDirectly(options, { context: {} as never, answers, place });
    expect(slack.messages('U0IVAN')).toMatchObject([{ text: 'the cockpit', edits: [{ text: 'running' }] }]);
    expect(slack.messages('U0IVAN').map(shownText).join()).toMatch(/slack_file/);
    expect(reserved).toEqual(['U0IVAN', 'U0IVAN']);
  });

  it('that cannot be sent is logged; so is a word for one person', async () => {
    const { slack, options, lines } = await startAnswers(drawn);
    slack.fail({ method: 'chat.postMessage', with: { error: 'internal_error' } });
    await answerDirectly(options, { context: {} as never, answers: each({ lines: [['x']] }), place });
    slack.fail({ method: 'chat.postEphemeral', with: { error: 'user_not_in_channel' } });
    const actor = { id: '1', userId: 'U0IVAN', teamId: null, channel: SLACK_ROOM };
    await whisper(options, { actor, threadTs: null, rendered: { text: 'x', blocks: [] } });
    expect(lines.join('')).toMatch(/an answer was not sent[\s\S]*a word for one person was not sent/);
  });
});
