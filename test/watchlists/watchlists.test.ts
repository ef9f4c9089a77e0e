import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import type { Caller } from '../../src/people/index.ts';
import type { Person } from '../../src/registry/index.ts';
import {
  addToWatchlist,
  createWatchlist,
  deleteWatchlist,
  describeWatchlist,
  findShared,
  findWatchlist,
  followCopy,
  forgetLists,
  listStarred,
  listWatchlists,
  removeFromWatchlist,
  renameWatchlist,
  restoreWatchlist,
  setStar,
  shareWatchlist,
  unshareWatchlist,
} from '../../src/watchlists/index.ts';
import { ada, createCommandWorld, vera, type CommandWorld } from '../commands/world.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { aMetric, aRegistry, ivan } from '../support/deps.ts';

const olga: Person = { ...ivan, email: 'olga@shop.test', name: 'Olga', role: 'operator', teams: ['risk'] };
const METRICS = Array.from({ length: 60 }, (_, index) =>
  aMetric({
    id: `m${index}`,
    name: `Metric ${index}`,
    synonyms: [],
    teams: index === 0 ? ['risk'] : ['growth'],
  }),
);
const ids = (from: number, to: number): string[] => METRICS.slice(from, to).map(({ id }) => id);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describeOnBothDatabases('watchlists', (database) => {
  let world: CommandWorld;
  let deps: CommandWorld['deps'];
  let asIvan: Caller;
  let asVera: Caller;
  let asOlga: Caller;
  let asAda: Caller;

  beforeEach(async () => {
    await database.clear();
    const people = [ivan, vera, ada, olga];
    const { metrics } = aRegistry(METRICS);
    world = await createCommandWorld(database.db, { people, metrics });
    ({ deps } = world);
    [asIvan, asVera, asOlga, asAda] = [ivan, vera, olga, ada].map((one) => world.callerOf(one)) as [
      Caller,
      Caller,
      Caller,
      Caller,
    ];
  });

  const own = (caller: Caller, name: string, metricIds: readonly string[] = []) =>
    createWatchlist(deps, caller, { name, team: null, metricIds });
  const ofTeam = (caller: Caller, team: string, name: string) =>
    createWatchlist(deps, caller, { name, team, metricIds: [] });
  const names = async (caller: Caller): Promise<string[]> =>
    (await listWatchlists(deps, { email: caller.person?.email ?? null })).map(({ name }) => name);

  it('keep their metrics in order, each once, and write every change into the journal', async () => {
    const made = await own(asVera, '  com"pliance, ', ['m3', 'm1', 'm3']);
    expect(made).toMatchObject({ name: 'com pliance', metricIds: ['m3', 'm1'], ownerEmail: vera.email });
    const { id } = made;
    const added = await addToWatchlist(deps, asVera, { id, metricIds: ['m2', 'm1', 'm0'] });
    expect(added).toMatchObject({ metricIds: ['m2', 'm0'], list: { metricIds: ['m3', 'm1', 'm2', 'm0'] } });
    const removed = await removeFromWatchlist(deps, asVera, { id, metricIds: ['m1', 'm9'] });
    expect(removed).toMatchObject({ metricIds: ['m1'], list: { metricIds: ['m3', 'm2', 'm0'] } });
    await renameWatchlist(deps, asVera, { id, name: 'rules' });
    const described = await describeWatchlist(deps, asVera, { id, text: ' What the\nregulator asks ' });
    expect(described).toMatchObject({ name: 'rules', description: 'What the regulator asks' });
    expect(await describeWatchlist(deps, asVera, { id, text: '' })).toMatchObject({ description: null });
    const { items } = await listJournal(database.db, { workspaceId: 'shop', subject: `watchlist:${id}` });
    expect(items.map(({ verb, actor, channel }) => `${verb} ${actor} ${channel}`).toReversed()).toEqual(
      ['create', 'add', 'remove', 'rename', 'describe', 'describe'].map(
        (verb) => `watchlist.${verb} vera@shop.test telegram`,
      ),
    );
    expect(items.find(({ verb }) => verb === 'watchlist.rename')).toMatchObject({
      before: { name: 'com pliance' },
      after: { name: 'rules' },
      requestId: 'r1',
    });
  });

  it('hold at most fifty metrics, also when two people add at once; what is retired takes no room', async () => {
    const { id } = await ofTeam(asIvan, 'growth', 'all');
    await addToWatchlist(deps, asIvan, { id, metricIds: ids(0, 45) });
    const both = [ids(45, 49), ids(49, 53)].map((metricIds) =>
      codeOf(addToWatchlist(deps, asIvan, { id, metricIds })),
    );
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'watchlist_full']);
    const [list] = await listWatchlists(deps, { email: null });
    expect(list?.metricIds).toHaveLength(49);
    expect(await codeOf(own(asIvan, 'many', ids(0, 51)))).toBe('watchlist_full');
    expect(await names(asIvan)).toEqual(['all']);
    deps.use(aRegistry(METRICS.slice(10), { people: [ivan] }));
    const { list: later } = await addToWatchlist(deps, asIvan, { id, metricIds: ['m55', 'm56'] });
    expect(later.metricIds).toHaveLength(41);
  });

  it('have one name for each owner, in any case, also when two are made at once', async () => {
    const twice = await Promise.all([own(asVera, 'Week'), own(asVera, 'wEEk')].map(codeOf));
    expect(twice.toSorted()).toEqual(['done', 'watchlist_name_taken']);
    await own(asIvan, 'week');
    await ofTeam(asIvan, 'growth', 'week');
    const { id } = await own(asVera, 'other');
    expect(await codeOf(renameWatchlist(deps, asVera, { id, name: 'week' }))).toBe('watchlist_name_taken');
    expect(await codeOf(renameWatchlist(deps, asVera, { id, name: 'OTHER' }))).toBe('done');
    expect(await codeOf(own(asVera, '"", '))).toBe('watchlist_name_invalid');
    expect(await codeOf(own(asVera, 'x'.repeat(61)))).toBe('watchlist_name_invalid');
    const long = describeWatchlist(deps, asVera, { id, text: 'x'.repeat(301) });
    await expect(long).rejects.toMatchObject({ code: 'watchlist_description_long' });
  });

  it('are at most fifty for each owner', async () => {
    for (let n = 0; n < 50; n += 1) await own(asVera, `list ${n}`);
    expect(await codeOf(own(asVera, 'one more'))).toBe('watchlists_too_many');
    expect(await codeOf(own(asIvan, 'one more'))).toBe('done');
  });

  it('are private to a person, or changed by operators of a team and by admins', async () => {
    const mine = await own(asIvan, 'mine');
    const ours = await ofTeam(asIvan, 'GROWTH', 'ours');
    expect(ours.team).toBe('growth');
    expect(await names(asVera)).toEqual(['ours']);
    expect(await findWatchlist(deps, { email: vera.email }, mine.id)).toBeUndefined();
    for (const caller of [asVera, asOlga, asAda])
      expect(await codeOf(addToWatchlist(deps, caller, { id: mine.id, metricIds: ['m1'] }))).toBe(
        'watchlist_unknown',
      );
    const change = (caller: Caller) =>
      codeOf(addToWatchlist(deps, caller, { id: ours.id, metricIds: ['m1'] }));
    expect(await change(asVera)).toBe('role_too_low');
    expect(await change(asOlga)).toBe('not_of_team');
    expect(await change(asAda)).toBe('done');
    expect(await codeOf(ofTeam(asOlga, 'growth', 'x'))).toBe('not_of_team');
    expect(await codeOf(ofTeam(asVera, 'growth', 'x'))).toBe('role_too_low');
    expect(await codeOf(ofTeam(asOlga, 'risk', 'x'))).toBe('done');
    expect(await codeOf(ofTeam(asAda, 'nobody', 'x'))).toBe('team_unknown');
    expect(
      await codeOf(setStar(deps, { ...asVera, role: null, person: null }, { metricId: 'm1', starred: true })),
    ).toBe('not_a_member');
  });

  it('come back whole within ten minutes, and not later', async () => {
    const { id } = await own(asVera, 'week', ['m2', 'm1']);
    const { token } = await shareWatchlist(deps, asVera, id);
    await deleteWatchlist(deps, asVera, id);
    expect(await names(asVera)).toEqual([]);
    expect(await findShared(deps, token)).toBeUndefined();
    expect(await codeOf(addToWatchlist(deps, asVera, { id, metricIds: ['m3'] }))).toBe('watchlist_unknown');
    expect(await codeOf(restoreWatchlist(deps, asIvan, id))).toBe('watchlist_unknown');
    world.clock.add(10 * 60_000);
    expect(await restoreWatchlist(deps, asVera, id)).toMatchObject({ name: 'week', metricIds: ['m2', 'm1'] });
    expect(await codeOf(restoreWatchlist(deps, asVera, id))).toBe('watchlist_not_deleted');
    expect(await findShared(deps, token)).toMatchObject({ id });
    await deleteWatchlist(deps, asVera, id);
    await own(asVera, 'week');
    expect(await codeOf(restoreWatchlist(deps, asVera, id))).toBe('watchlist_name_taken');
    world.clock.add(10 * 60_000 + 1);
    expect(await codeOf(restoreWatchlist(deps, asVera, id))).toBe('watchlist_undo_late');
  });

  it('are opened by a link until it is ended or its owner leaves; a copy is one’s own, once', async () => {
    const { id } = await own(asIvan, 'week', ['m2', 'm1']);
    const { token } = await shareWatchlist(deps, asIvan, id);
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect((await shareWatchlist(deps, asIvan, id)).token).toBe(token);
    expect(await codeOf(shareWatchlist(deps, asVera, id))).toBe('watchlist_unknown');
    const shared = await findShared(deps, token);
    if (!shared) throw new Error('The link opens nothing.');
    await own(asVera, 'Week');
    const both = await Promise.all([followCopy(deps, asVera, shared), followCopy(deps, asVera, shared)]);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(both[0]?.list).toMatchObject({ name: 'week 2', ownerEmail: vera.email, metricIds: ['m2', 'm1'] });
    expect(both[0]?.list.token).toBeNull();
    await removeFromWatchlist(deps, asIvan, { id, metricIds: ['m2'] });
    expect(await findWatchlist(deps, { email: vera.email }, both[0]?.list.id ?? '')).toMatchObject({
      metricIds: ['m2', 'm1'],
    });
    deps.use(aRegistry(METRICS, { people: [vera] }));
    expect(await findShared(deps, token)).toBeUndefined();
    deps.use(aRegistry(METRICS, { people: [vera, ivan] }));
    await unshareWatchlist(deps, asIvan, id);
    expect(await findShared(deps, token)).toBeUndefined();
    expect((await shareWatchlist(deps, asIvan, id)).token).not.toBe(token);
  });

  describe('stars', () => {
    it('are each person’s, once, and in the journal', async () => {
      const star = (caller: Caller, metricId: string, starred = true) =>
        setStar(deps, caller, { metricId, starred });
      expect(await star(asVera, 'm2')).toEqual({ isNew: true });
      expect(await star(asVera, 'm2')).toEqual({ isNew: false });
      world.clock.add(1000);
      await star(asVera, 'm1');
      await star(asIvan, 'm5');
      expect(await listStarred(deps, vera.email)).toEqual(['m2', 'm1']);
      expect(await star(asVera, 'm2', false)).toEqual({ isNew: true });
      expect(await star(asVera, 'm2', false)).toEqual({ isNew: false });
      expect(await listStarred(deps, vera.email)).toEqual(['m1']);
      const { items } = await listJournal(database.db, { workspaceId: 'shop', subject: 'metric:m2' });
      expect(items.map(({ verb }) => verb)).toEqual(['unstar', 'star']);
    });
  });

  it('belong to their workspace', async () => {
    const { id } = await ofTeam(asIvan, 'growth', 'ours');
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.watchlist set workspace_id = 'other' where id = ${id}`,
    );
    expect(await names(asIvan)).toEqual([]);
    expect(await codeOf(deleteWatchlist(deps, asIvan, id))).toBe('watchlist_unknown');
  });

  it('end with their person: whoever has the address later finds no list and no star, and brings none back', async () => {
    const { id } = await own(asOlga, 'mine', ['m1']);
    const { id: gone } = await own(asOlga, 'dropped');
    await deleteWatchlist(deps, asOlga, gone);
    await ofTeam(asOlga, 'risk', 'ours');
    await own(asVera, 'hers', ['m1']);
    for (const caller of [asOlga, asVera]) await setStar(deps, caller, { metricId: 'm1', starred: true });
    const { workspaceId } = deps;
    const people = [ivan, { ...ada, email: 'Ada@shop.test' }];
    await forgetLists(database.db, { workspaceId, people, among: ['Olga@Shop.test'] });
    expect(await listStarred(deps, olga.email)).toEqual([]);
    expect(await names(asOlga)).toEqual(['ours']);
    for (const one of [id, gone])
      expect(await codeOf(restoreWatchlist(deps, asOlga, one))).toBe('watchlist_unknown');
    expect(await names(asVera), 'only those who were asked about').toContain('hers');
    expect(await listStarred(deps, vera.email)).toEqual(['m1']);
    await setStar(deps, asAda, { metricId: 'm2', starred: true });
    await forgetLists(database.db, { workspaceId, people });
    expect(await listStarred(deps, vera.email)).toEqual([]);
    expect(await listStarred(deps, ada.email), 'capitals are the same').toEqual(['m2']);
  });
});
