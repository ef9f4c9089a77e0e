import type { Logger } from 'pino';
import { callHttp } from '../../lib/http-call.ts';
import type { DialogueOptions } from './context.ts';
import { whisper } from './direct.ts';
import type { Actor } from './inbound.ts';
import type { Rendered } from './render.ts';

/** Where an answer to a command or press goes: only the person sees it. */
export interface Responder {
  /** Says something; false when Slack did not take it. Never throws. */
  say(rendered: Rendered): Promise<boolean>;
  /** Puts something in place of what was said before, where Slack allows that; else says it. */
  replace(rendered: Rendered): Promise<boolean>;
}

export type ResponderOptions = {
  /** null where the request names none */
  responseUrl: string | null;
  threadTs: string | null;
  /** what was said can be replaced: true for commands, not for presses, where the pressed message would be */
  canReplace: boolean;
  log: Logger;
  /** says it without the address, where that is missing or refused */
  otherwise?: (rendered: Rendered) => Promise<boolean>;
};

type Asked = { actor: Actor; responseUrl: string | null; threadTs: string | null };

/** Makes the responder of a request: where its address takes nothing, its person hears in the conversation. */
export function respondTo(
  options: Pick<DialogueOptions, 'deps' | 'channel'>,
  { actor, responseUrl, threadTs }: Asked,
  { canReplace }: Pick<ResponderOptions, 'canReplace'>,
): Responder {
  const otherwise = (rendered: Rendered): Promise<boolean> => whisper(options, { actor, threadTs, rendered });
  return createResponder({ responseUrl, threadTs, canReplace, log: options.deps.log, otherwise });
}

/** Makes the responder of one request of Slack: its address takes five answers within half an hour. */
export function createResponder(options: ResponderOptions): Responder {
  const { responseUrl, threadTs, canReplace, log, otherwise = async () => false } = options;
  let hasSaid = false;
  const post = async (rendered: Rendered, replaces: boolean): Promise<boolean> => {
    if (responseUrl === null) return otherwise(rendered);
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
    if (isTaken(result)) {
      hasSaid = true;
      return true;
    }
    log.warn({ reason: reasonOf(result) }, 'Slack did not take an answer');
    return isRefused(result) && otherwise(rendered);
  };
  return {
    say: (rendered) => post(rendered, false),
    replace: (rendered) => post(rendered, canReplace && hasSaid),
  };
}

type Result = Awaited<ReturnType<typeof callHttp>>;

function isTaken(result: Result): boolean {
  return result.kind === 'answered' && result.status >= 200 && result.status < 300;
}

/** The address is used up, too old or none: another call of it changes nothing. */
function isRefused(result: Result): boolean {
  return result.kind === 'answered' && [403, 404, 405, 410].includes(result.status);
}

function reasonOf(result: Result): string {
  return result.kind === 'failed' ? result.reason : `${result.status} ${result.text.slice(0, 200)}`;
}
