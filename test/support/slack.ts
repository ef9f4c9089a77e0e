/** A Slack with the people of the test workspace, and the files that name them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  startSlackApi,
  type MessageView,
  type Person,
  type SlackApi,
  type SlackApiOptions,
} from '../../src/playground/slack-api/index.ts';
import { ANN, IVAN, OPS, ROOM, VERA } from './workspace.ts';

export const SLACK_ROOM = 'C0GROWTH';
export const SLACK_OPS = 'C0OPS';

export type TestSlack = {
  slack: SlackApi;
  ivan: Person;
  ann: Person;
  vera: Person;
  /** in the channel, not in owners.yaml */
  mallory: Person;
  /** environment of a program that Slack calls */
  http: Record<string, string>;
  /** environment of a program that connects to Slack */
  socket: Record<string, string>;
};

/** Ivan and Vera by their ids, Ann by e-mail. */
export const SLACK_FILES = {
  'workspace.yaml': `name: Corner Shop
timezone: Europe/Madrid
locale: en
ops_inbox: {telegram: ${OPS}, slack: ${SLACK_OPS}}
rooms:
  - {telegram: ${ROOM}, teams: [growth]}
  - {slack: ${SLACK_ROOM}, teams: [growth]}
`,
  'owners.yaml': `- {email: ivan@shop.test, name: Ivan, role: approver, teams: [growth], telegram_id: ${IVAN}, slack_id: U0IVAN}
- {email: ann@shop.test, name: Ann, role: operator, teams: [growth], telegram_id: ${ANN}, locale: ru}
- {email: vera@shop.test, name: Vera, role: viewer, telegram_id: ${VERA}, slack_id: U0VERA}
`,
};

/** What the app that ships may do. */
export function manifestScopes(): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../slack/manifest.http.yaml'), 'utf8');
  const manifest = parse(text) as { oauth_config: { scopes: { bot: string[] } } };
  return manifest.oauth_config.scopes.bot;
}

/** Starts it, with no more rights than the manifest asks for; the caller closes it. */
export async function startTestSlack(options: SlackApiOptions = {}): Promise<TestSlack> {
  const slack = await startSlackApi({ scopes: manifestScopes(), ...options });
  const ivan = slack.user({ id: 'U0IVAN', name: 'Ivan', email: 'ivan.private@shop.test' });
  const ann = slack.user({ id: 'U0ANN', name: 'Ann', email: 'Ann@shop.test', locale: 'ru-RU' });
  const vera = slack.user({ id: 'U0VERA', name: 'Vera', email: 'vera@shop.test' });
  const mallory = slack.user({ id: 'U0MALLORY', name: 'Ivan', email: 'mallory@evil.test' });
  slack.channel({ id: SLACK_ROOM, name: 'growth', members: [ivan, ann, vera, mallory] });
  slack.channel({ id: SLACK_OPS, name: 'ops', members: [ivan, ann] });
  const common = { SLACK_BOT_TOKEN: slack.token, SLACK_API_URL: slack.url };
  return {
    slack,
    ivan,
    ann,
    vera,
    mallory,
    http: { ...common, SLACK_SIGNING_SECRET: slack.signingSecret },
    socket: { ...common, SLACK_APP_TOKEN: slack.appToken },
  };
}

/** Gives all that a message shows, as text. */
export function shownText({ text, blocks }: Pick<MessageView, 'text' | 'blocks'>): string {
  return [text, JSON.stringify(blocks)].join('\n');
}
