import { Api } from 'grammy';
import { SECOND } from '../../lib/time.ts';
import { createTransport } from './transport.ts';

/** grammY's own timeout stays behind the transport's, which knows whether the call was written. */
const GRAMMY_MARGIN_SECONDS = 5;

/** Makes grammY's client over connections of its own. `close` ends them. */
export function createApi(options: { token: string; apiRoot: string; timeoutMs: number }): {
  api: Api;
  close: () => void;
} {
  const { token, apiRoot, timeoutMs } = options;
  const transport = createTransport({ timeoutMs });
  const api = new Api(token, {
    apiRoot: apiRoot.replace(/\/+$/, ''),
    timeoutSeconds: timeoutMs / SECOND + GRAMMY_MARGIN_SECONDS,
    fetch: transport,
  });
  return { api, close: () => transport.close() };
}
