/** What to put into the workspace's files where somebody or something is missing. */
import { h } from './dom.js';

const OWNERS_EXAMPLE = `- email: ivan@shop.test
  name: Ivan
  role: approver
  telegram_id: 1001`;
const ROOMS_EXAMPLE = `rooms:
  - {telegram: -100200, teams: [growth]}`;

/**
 * Gives the advice, or null when there are people and a group.
 * @param {import('./store.js').State} state
 * @param {import('./words.js').Translate} t
 */
export function drawAdvice({ people, chats, slack }, t) {
  if (people.length === 0)
    return h(
      'section',
      { class: 'advice' },
      h('h2', {}, t('nobody')),
      h('p', {}, t('nobody-more')),
      h('pre', {}, OWNERS_EXAMPLE),
    );
  const isThere =
    chats.some(({ kind }) => kind === 'group') || slack.chats.some(({ kind }) => kind === 'channel');
  if (isThere) return null;
  return h('section', { class: 'advice' }, h('p', {}, t('no-group')), h('pre', {}, ROOMS_EXAMPLE));
}
