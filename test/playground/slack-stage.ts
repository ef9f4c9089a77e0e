/** A playground with two people in Slack, and an app of few lines that is connected to it. */
import { WebSocket } from 'ws';
import { onTestFinished } from 'vitest';
import { person, registry, room, startStage, workspace, IVAN, ANN, ROOM, type Stage } from './stage.ts';

export const SLACK_ROOM = 'C0SHOP';
export const U_IVAN = 'U0IVAN';
export const U_ANN = 'U0ANN';

export type SlackRequest = { type: string; payload: Record<string, unknown> };

export type SlackStage = Stage & {
  /** calls a method of the Web API; throws Slack's refusal */
  ask<Result = { ts: string }>(method: string, params?: object): Promise<Result>;
  /** what the app was sent, oldest first */
  requests: SlackRequest[];
  /** what the app answers next, instead of nothing */
  answerWith(body: unknown): void;
};

const FILES = registry({
  workspace: workspace({ rooms: [room(ROOM), room(null, { slack: SLACK_ROOM })] }),
  people: [
    { ...person('Ivan', IVAN, 'en'), slackId: U_IVAN },
    { ...person('Ann', ANN, 'ru'), slackId: U_ANN },
  ],
});

/** Starts one with the app connected; all is closed when the test is over. */
export async function startSlackStage(): Promise<SlackStage> {
  const stage = await startStage({ registry: { current: () => FILES } });
  const { token, appToken, apiUrl } = stage.slack;
  const call = async <Result>(method: string, params: object, bearer: string): Promise<Result> => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    const response = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(params),
    });
    const answer = (await response.json()) as Result & { ok: boolean; error?: string };
    if (!answer.ok) throw new Error(answer.error);
    return answer;
  };
  const requests: SlackRequest[] = [];
  let body: unknown;
  const { url } = await call<{ url: string }>('apps.connections.open', {}, appToken);
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  socket.on('message', (data: Buffer) => {
    const request = JSON.parse(data.toString()) as SlackRequest & { envelope_id?: string };
    if (request.envelope_id === undefined) return;
    requests.push(request);
    socket.send(
      JSON.stringify({ envelope_id: request.envelope_id, ...(body === undefined ? {} : { payload: body }) }),
    );
  });
  await new Promise((resolve) => socket.once('message', resolve));
  return {
    ...stage,
    requests,
    ask: (method, params = {}) => call(method, params, token),
    answerWith: (next) => {
      body = next;
    },
  };
}

export const mrkdwn = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });

export function buttons(...labels: [label: string, value: string][]): object {
  const elements = labels.map(([text, value], index) => ({
    type: 'button',
    action_id: `b${index}`,
    text: { type: 'plain_text', text },
    value,
  }));
  return { type: 'actions', elements };
}
