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
 * @property {(key: 'no-answer' | 'slack-no-command' | 'slack-no-threads', values?: Record<string, string>) => void} tell says on the phone why nothing came of it
 * @property {() => import('../page-types.ts').SlackState['commands']} listCommands
 * @property {(pressed: { label: string, data: string }) => void} onPressed
 */

/**
 * Makes them.
 * @param {SlackActsOptions} options
 * @returns {SlackActs}
 */
export function createSlackActs({ person, attempt, tell, listCommands, onPressed }) {
  /**
   * @param {import('./connection.js').Action} action
   * @param {object} body
   */
  const send = async (action, body) => {
    const answer = await post(action, { person, ...body });
    if (answer.answered === false) tell('no-answer');
    return answer;
  };
  /**
   * Slack itself refuses commands that no app has, and commands in threads. Tells whether it would.
   * @param {import('./composer.js').Said} said
   */
  const isRefused = ({ text, replyTo }) => {
    const [, name] = /^\/(\S*)/.exec(text) ?? [];
    if (name === undefined) return false;
    const isKnown = listCommands().some(({ command }) => command === name);
    if (!isKnown) tell('slack-no-command', { name });
    else if (replyTo !== undefined) tell('slack-no-threads', { name });
    return !isKnown || replyTo !== undefined;
  };
  return {
    async say(chat, said) {
      const { text, replyTo } = said;
      if (isRefused(said)) return;
      const thread = replyTo === undefined ? {} : { thread: replyTo };
      await attempt(() => send('slack/send', { chat, text, ...thread }));
    },
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
