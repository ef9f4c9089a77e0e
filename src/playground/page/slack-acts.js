/** What visitors do in Slack, by phone. */
import { post } from './connection.js';

/**
 * @typedef {object} SlackActs
 * @property {(chat: string, said: import('./composer.js').Said) => Promise<void>} say
 * @property {(pressed: { chat: string, message: string | null, data: string, label: string }) => Promise<void>} press `message` is null in the Home tab
 * @property {() => Promise<void>} openHome
 * @property {(view: string, values: object) => Promise<Record<string, string>>} submit gives what cannot be used, by block
 * @property {(view: string) => Promise<void>} close
 */

/**
 * @typedef {object} SlackActsOptions
 * @property {string} person who holds the phone
 * @property {(act: () => Promise<unknown>) => Promise<void>} attempt
 * @property {() => void} onUnanswered the bot took nothing in time
 * @property {(pressed: { label: string, data: string }) => void} onPressed
 */

/**
 * Makes them.
 * @param {SlackActsOptions} options
 * @returns {SlackActs}
 */
export function createSlackActs({ person, attempt, onUnanswered, onPressed }) {
  /**
   * @param {import('./connection.js').Action} action
   * @param {object} body
   */
  const send = async (action, body) => {
    const answer = await post(action, { person, ...body });
    if (answer.answered === false) onUnanswered();
    return answer;
  };
  return {
    say: (chat, { text, replyTo }) =>
      attempt(() =>
        send('slack/send', { chat, text, ...(replyTo === undefined ? {} : { thread: replyTo }) }),
      ),
    press: ({ chat, message, data, label }) =>
      attempt(async () => {
        onPressed({ label, data });
        await send('slack/press', { chat, message, data });
      }),
    openHome: () => attempt(() => send('slack/home', {})),
    async submit(view, values) {
      /** @type {Record<string, string>} */
      let errors = {};
      await attempt(async () => {
        ({ errors = {} } = await send('slack/submit', { view, values }));
      });
      return errors;
    },
    close: (view) => attempt(() => post('slack/close', { person, view })),
  };
}
