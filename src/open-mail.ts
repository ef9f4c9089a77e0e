import { createMailChannel, type MailChannel } from './channels/mail/index.ts';
import { answerPress, type CommandDeps } from './commands/index.ts';
import { createMailLinks, type MailHook, type ReadyPart } from './http/index.ts';

/** Opens mail; null where it is not set up. Throws InputError `dkim_key_unreadable`. */
export function openMail(deps: CommandDeps): MailChannel | null {
  const { mail } = deps.config.channels;
  if (mail === null) return null;
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
export function mailParts(mail: Pick<MailChannel, 'state'> | null): ReadyPart[] {
  return mail ? [{ name: 'mail', severity: 'warning', ...mail.state() }] : [];
}
