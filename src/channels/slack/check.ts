import type { Logger } from 'pino';
import { createSlackClient } from './client.ts';
import { createSelf } from './self.ts';
import { explain } from './service.ts';

/** Asks Slack whether it takes the token; gives what is wrong, or null when nothing is. */
export async function findSlackTrouble(options: {
  token: string;
  apiUrl: string;
  log: Logger;
}): Promise<string | null> {
  try {
    await createSelf(createSlackClient(options))();
    return null;
  } catch (error) {
    return explain(error);
  }
}
