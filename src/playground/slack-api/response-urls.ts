import { SlackFailure } from './failure.ts';
import type { Json } from './json.ts';
import { POST_TEXT_MAX } from './limits.ts';
import { readContent } from './methods/chat.ts';
import { addMessage, editMessage, getChannel, type Message, type World } from './world.ts';

/** An address is good for so many answers. */
const USES_MAX = 5;

/** Opens an address at which the app may answer an interaction. */
export function openResponseUrl(
  world: World,
  of: { channel: string; user: string; message: Message | null },
): string {
  const id = world.nextId('R');
  world.responses.set(id, { ...of, left: USES_MAX });
  return `${world.root}/response/${id}`;
}

/** Takes an answer at such an address: a new message, or one in place of what is there. Throws as Slack refuses it. */
export function respondAt(world: World, id: string, params: Json): void {
  const target = world.responses.get(id);
  if (target === undefined) throw new SlackFailure('unknown_url');
  if (target.left === 0) throw new SlackFailure('used_url');
  target.left -= 1;
  if (params['delete_original'] === true && target.message) {
    target.message.isDeleted = true;
    world.changes.emit();
    return;
  }
  const content = readContent(world, params, POST_TEXT_MAX);
  if (params['replace_original'] === true && target.message) {
    editMessage(world, target.message, content);
    return;
  }
  const isPublic = params['response_type'] === 'in_channel';
  const made = addMessage(world, getChannel(world, target.channel), {
    user: world.botUser,
    isBot: true,
    content,
    ephemeralFor: isPublic ? null : target.user,
  });
  // the address of a press stays that of the pressed message
  target.message ??= made;
}
