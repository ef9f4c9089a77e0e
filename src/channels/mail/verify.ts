import type { MailConfig } from '../../config-channels.ts';
import { classifyFailure } from './classify.ts';
import { TIMEOUTS } from './limits.ts';
import { openTransport } from './transport.ts';

/** Connects to the mail server and signs in, without a mail; gives why not, with what to do, or null. Throws InputError `dkim_key_unreadable`. */
export async function findMailTrouble(config: MailConfig, timeouts = TIMEOUTS): Promise<string | null> {
  const transport = openTransport(config, timeouts);
  try {
    const failed = await transport.verify();
    if (failed === undefined) return null;
    const outcome = classifyFailure({ ...failed, isDataSent: false }, transport.server);
    return 'reason' in outcome ? outcome.reason : null;
  } finally {
    transport.close();
  }
}
