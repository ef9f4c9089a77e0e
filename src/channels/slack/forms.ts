import type { MessageRequest } from '../../delivery/index.ts';
import type { SlackMethod } from './methods.ts';
import { isContentRefused, isThreadGone } from './outcome.ts';
import type { Rendered } from './render.ts';
import type { Trouble } from './trouble.ts';

/** How a message is put; each refusal that another form can cure leads to that form. */
export type Form = { content: 'blocks' | 'plain'; hasPicture: boolean; inThread: boolean };

/** Gives the form that may pass where another was refused, or undefined when none will. */
export function nextForm(form: Form, trouble: Trouble): Form | undefined {
  if (form.inThread && isThreadGone(trouble)) return { ...form, inThread: false };
  if (!isContentRefused(trouble)) return undefined;
  if (form.hasPicture) return { ...form, hasPicture: false };
  return form.content === 'blocks' ? { ...form, content: 'plain' } : undefined;
}

type PlanInput = { request: MessageRequest; conversation: string; rendered: Rendered; form: Form };

/** Gives the one call that makes or edits the message in this form. */
export function planCall({ request, conversation, rendered, form }: PlanInput): {
  method: SlackMethod;
  args: Record<string, unknown>;
} {
  // an update that names no blocks takes them away; an empty list says so
  const content = { text: rendered.text, blocks: rendered.blocks };
  const quiet = { parse: 'none', link_names: false };
  if (request.operation === 'edit')
    return {
      method: 'chat.update',
      args: { channel: conversation, ts: request.messageId, ...content, ...quiet },
    };
  return {
    method: 'chat.postMessage',
    args: {
      channel: conversation,
      ...content,
      ...quiet,
      unfurl_links: false,
      unfurl_media: false,
      ...(form.inThread && threadOf(request)),
    },
  };
}

/** A reply that notifies stands in the channel as well. */
function threadOf({ messageId, silent }: MessageRequest) {
  return { thread_ts: messageId, ...(silent ? {} : { reply_broadcast: true }) };
}
