import { onTestFinished } from 'vitest';
import { startBotApi, type BotApi, type BotApiOptions } from '../../../src/playground/bot-api/index.ts';

export type ApiAnswer = {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: Record<string, number>;
};

/** Starts a Bot API with Ivan (1001), Ann (1002), a group (-1001) and a forum (-100200, topic 7); ends with the test. */
export async function startWorld(options: BotApiOptions = {}) {
  const api = await startBotApi({ limits: false, ...options });
  onTestFinished(() => api.close());
  const ivan = api.user({ id: 1001, first_name: 'Ivan', username: 'ivan', language_code: 'ru' });
  const ann = api.user({ id: 1002, first_name: 'Ann', last_name: 'Lee', language_code: 'en' });
  api.privateChat(ivan);
  const group = api.group({ id: -1001, title: 'Ops', members: [ivan, ann] });
  const forum = api.group({ id: -100200, title: 'Growth', members: [ivan, ann], topics: [7] });
  return { api, ivan, ann, group, forum };
}

/** Calls a method as a bot does, and gives the answer. */
export async function call(
  api: BotApi,
  method: string,
  params: object = {},
  token = api.token,
): Promise<ApiAnswer> {
  const response = await fetch(`${api.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  return (await response.json()) as ApiAnswer;
}

/** Calls a method with a file, as browsers and grammY upload. */
export async function upload(
  api: BotApi,
  method: string,
  params: Record<string, string>,
  files: Record<string, Buffer>,
): Promise<ApiAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(params)) form.append(name, value);
  for (const [name, bytes] of Object.entries(files))
    form.append(name, new Blob([new Uint8Array(bytes)]), 'photo.png');
  const response = await fetch(`${api.root}/bot${api.token}/${method}`, { method: 'POST', body: form });
  return (await response.json()) as ApiAnswer;
}
