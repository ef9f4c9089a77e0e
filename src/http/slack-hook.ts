import type { Hono } from 'hono';
import type { AppEnv } from './env.ts';

/** What takes Slack's requests; it checks who signed them. */
export type SlackHook = {
  handle(request: {
    timestamp: string | undefined;
    signature: string | undefined;
    contentType: string;
    /** as it came: the signature is over these characters */
    body: string;
  }): Promise<{ status: number; body: Record<string, unknown> | null }>;
};

/** Takes requests at `POST /slack/events`: events, slash commands, presses and modals alike. */
export function addSlackHook(app: Hono<AppEnv>, hook: SlackHook): void {
  app.post('/slack/events', async (c) => {
    const { status, body } = await hook.handle({
      timestamp: c.req.header('x-slack-request-timestamp'),
      signature: c.req.header('x-slack-signature'),
      contentType: c.req.header('content-type') ?? '',
      body: await c.req.text(),
    });
    return new Response(body === null ? null : JSON.stringify(body), {
      status,
      headers: body === null ? {} : { 'content-type': 'application/json' },
    });
  });
}
