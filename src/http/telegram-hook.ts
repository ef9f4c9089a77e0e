import type { Hono } from 'hono';
import type { AppEnv } from './env.ts';
import { createProblem, problemResponse } from './problem.ts';

/** What takes Telegram's updates by web hook. */
export type TelegramHook = {
  /** compares in constant time */
  isSecret(header: string | undefined): boolean;
  handle(update: unknown): Promise<void>;
};

const WRONG_SECRET = createProblem(401, {
  code: 'webhook_secret_wrong',
  detail: 'The header X-Telegram-Bot-Api-Secret-Token does not hold the secret of this web hook.',
});
const NO_JSON = createProblem(400, {
  code: 'body_unreadable',
  detail: 'The body is not JSON. Telegram sends one update as a JSON object.',
});

/** Takes updates at `POST /telegram` from whoever knows the secret. */
export function addTelegramHook(app: Hono<AppEnv>, hook: TelegramHook): void {
  app.post('/telegram', async (c) => {
    if (!hook.isSecret(c.req.header('x-telegram-bot-api-secret-token'))) return problemResponse(WRONG_SECRET);
    const update: unknown = await c.req.json().catch(() => undefined);
    if (update === undefined) return problemResponse(NO_JSON);
    await hook.handle(update);
    return c.json({ ok: true });
  });
}
