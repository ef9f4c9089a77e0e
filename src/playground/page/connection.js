/** Talks with the service: events come in, what visitors do goes out. */

/** @typedef {import('../page-types.ts').PageEvent} PageEvent */
/** @typedef {'send' | 'press' | 'fall' | 'restore' | 'skip' | 'slack/send' | 'slack/press' | 'slack/home' | 'slack/submit' | 'slack/close'} Action */

const RETRY_MS = 2000;
/** A short cut is mended before anybody needs to know. */
const PATIENCE_MS = 2500;

/**
 * Listens for ever. A new connection begins with a snapshot, so nothing is missed.
 * @param {(event: PageEvent) => void} onEvent
 * @param {(isConnected: boolean) => void} onState
 */
export function listen(onEvent, onState) {
  let worried = 0;
  const connect = () => {
    const source = new EventSource('/play/events');
    source.addEventListener('message', ({ data }) => onEvent(JSON.parse(data)));
    source.addEventListener('open', () => {
      clearTimeout(worried);
      worried = 0;
      onState(true);
    });
    source.addEventListener('error', () => {
      worried ||= setTimeout(() => onState(false), PATIENCE_MS);
      // A refused connection is not tried again by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    });
  };
  connect();
}

/**
 * Sends what a visitor does; rejects with the service's sentence when it is refused.
 * @param {Action} action
 * @param {object} body
 * @returns {Promise<{ answered?: boolean, text?: string, showAlert?: boolean, errors?: Record<string, string> }>}
 */
export async function post(action, body) {
  const response = await fetch(`/play/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(typeof answer.detail === 'string' ? answer.detail : '');
  return answer;
}
