import { createMailChannel, type MailChannel } from './channels/mail/index.ts';
import { answerPress, type CommandDeps } from './commands/index.ts';
import type { Config } from './config.ts';
import { createMailLinks, type MailHook, type ReadyPart } from './http/index.ts';

/** Tells whether mail is sent: the playground's people have no mailboxes, and its clock is not the world's. */
export function isMailOpen({ channels, playground }: Config): boolean {
  return channels.mail !== null && !playground;
}

/** Opens mail; null where it is not set up. Throws InputError `dkim_key_unreadable`. */
export function openMail(deps: CommandDeps): MailChannel | null {
  const { mail } = deps.config.channels;
  if (mail === null || !isMailOpen(deps.config)) return null;
  return createMailChannel({ deps, config: mail, links: createMailLinks(deps) });
}

/** Gives what acts for who confirms a link of a mail: the presses of every chat, told without a message to redraw. */
export function createMailHook(deps: CommandDeps): MailHook {
  return {
    async press(caller, words, data) {
      const { toast } = await answerPress({ deps, caller, words, place: null }, data);
      return toast.toast;
    },
  };
}

/** Gives how mail is, for /readyz. */
export function mailParts({ channels }: Config, mail: Pick<MailChannel, 'state'> | null): ReadyPart[] {
  const part = { name: 'mail', severity: 'warning' } as const;
  if (mail) return [{ ...part, ...mail.state() }];
  if (channels.mail === null) return [];
  return [{ ...part, ok: false, reason: 'it is set, and nothing is mailed while the playground is on' }];
}
