import type { Logger } from 'pino';
import { callHttp } from '../../lib/http-call.ts';
import type { Rendered } from './render.ts';

/** Where an answer to a command or press goes: only the person sees it. */
export interface Responder {
  /** Says something; false when Slack did not take it. Never throws. */
  say(rendered: Rendered): Promise<boolean>;
  /** Puts something in place of what was said before, where Slack allows that; else says it. */
  replace(rendered: Rendered): Promise<boolean>;
}

export type ResponderOptions = {
  responseUrl: string;
  threadTs: string | null;
  /** what was said can be replaced: true for commands, not for presses, where the pressed message would be */
  canReplace: boolean;
  log: Logger;
};

/** Makes the responder of one request of Slack: its address takes five answers within half an hour. */
export function createResponder({ responseUrl, threadTs, canReplace, log }: ResponderOptions): Responder {
  let hasSaid = false;
  const post = async (rendered: Rendered, replaces: boolean): Promise<boolean> => {
    const body = {
      response_type: 'ephemeral',
      replace_original: replaces,
      ...(threadTs === null ? {} : { thread_ts: threadTs }),
      ...rendered,
    };
    const result = await callHttp({
      url: responseUrl,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const isTaken = result.kind === 'answered' && result.status === 200;
    if (isTaken) hasSaid = true;
    else log.warn({ reason: reasonOf(result) }, 'Slack did not take an answer');
    return isTaken;
  };
  return {
    say: (rendered) => post(rendered, false),
    replace: (rendered) => post(rendered, canReplace && hasSaid),
  };
}

function reasonOf(result: Awaited<ReturnType<typeof callHttp>>): string {
  return result.kind === 'failed' ? result.reason : `${result.status} ${result.text.slice(0, 200)}`;
}
