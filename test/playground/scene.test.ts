import { describe, expect, it } from 'vitest';
import { listScene } from '../../src/playground/scene.ts';
import { ANN, IVAN, OPS, person, room, ROOM, workspace } from './stage.ts';
import { NO_HOOKS } from '../support/registry-parts.ts';

const people = [person('Ivan', IVAN), person('Tomás', null), person('Ann', ANN, 'ru')];

describe('the scene of a workspace', () => {
  it('has everybody with a Telegram id, in the language and zone of the person or the workspace', () => {
    const abroad = { ...person('Noor', 1003, 'ru'), timezone: 'Asia/Tokyo' };
    expect(listScene({ people: [...people, abroad], workspace: workspace() }).people).toEqual([
      { id: IVAN, name: 'Ivan', locale: 'en', timezone: 'Europe/Madrid', slack: null },
      { id: ANN, name: 'Ann', locale: 'ru', timezone: 'Europe/Madrid', slack: null },
      { id: 1003, name: 'Noor', locale: 'ru', timezone: 'Asia/Tokyo', slack: null },
    ]);
  });

  it('has the room under the name of the workspace, then private chats, then the ops inbox', () => {
    expect(listScene({ people, workspace: workspace() }).chats).toEqual([
      { id: ROOM, kind: 'group', title: 'Corner Shop', topics: [] },
      { id: IVAN, kind: 'private', title: 'Ivan', topics: [] },
      { id: ANN, kind: 'private', title: 'Ann', topics: [] },
      { id: OPS, kind: 'group', title: 'Ops inbox', topics: [] },
    ]);
  });

  it('tells several rooms apart by their teams, or by their ids; topics of one group share it', () => {
    const rooms = [
      room(-1, { telegramTopic: 7 }),
      room(-1, { telegramTopic: 9, teams: ['support'] }),
      room(-2, { teams: [] }),
      room(null, { slack: 'C0GROWTH' }),
    ];
    const { chats } = listScene({ people, workspace: workspace({ rooms }) });
    expect(chats.filter(({ kind }) => kind === 'group')).toEqual([
      { id: -1, kind: 'group', title: 'Corner Shop · growth, support', topics: [7, 9] },
      { id: -2, kind: 'group', title: 'Corner Shop · -2', topics: [] },
      { id: OPS, kind: 'group', title: 'Ops inbox', topics: [] },
    ]);
  });

  it('shows an ops inbox that is a room too once', () => {
    const opsInbox = { email: null, telegram: ROOM, slack: null, hooks: NO_HOOKS };
    const { chats } = listScene({ people, workspace: workspace({ opsInbox }) });
    expect(chats.map(({ id }) => id)).toEqual([ROOM, IVAN, ANN]);
  });

  it('has somebody who is in Slack alone, who has no private chat in Telegram', () => {
    const noor = { ...person('Noor', null), slackId: 'U0NOOR' };
    const scene = listScene({ people: [...people, noor], workspace: workspace() });
    const found = scene.people.find(({ name }) => name === 'Noor');
    expect(found).toMatchObject({ slack: 'U0NOOR' });
    expect(found?.id).toBeLessThan(0);
    expect(scene.chats.map(({ id }) => id)).toEqual([ROOM, IVAN, ANN, OPS]);
  });

  it('is empty when nobody has an id of a chat', () => {
    expect(listScene({ people: [person('Tomás', null)], workspace: workspace() })).toEqual({
      people: [],
      chats: [],
    });
  });
});
