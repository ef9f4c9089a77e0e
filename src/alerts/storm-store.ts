import { sql, type Tx } from '../db/index.ts';
import {
  canEdit,
  parsePlaceKey,
  placeKey,
  type DeliveryDraft,
  type HeldDelivery,
} from '../delivery/index.ts';
import type { WorkspacePolicies } from '../registry/index.ts';
import {
  CALM_EDGES,
  decideFolding,
  isFoldable,
  stormDraft,
  type Folding,
  type Gust,
  type PlaceWeather,
} from './storm.ts';

type StormContext = { workspaceId: string; policy: WorkspacePolicies['storm'] };

type Fold = { place: string; alertIds: string[]; folding: Extract<Folding, { kind: 'fold' }> };

/**
 * Folds what would flood a place: gives the deliveries that go out as they are, and the storms' own in place of the others. The
 * alerts that were folded are remembered with their storm.
 */
export async function foldStorms(
  tx: Tx,
  context: StormContext,
  drafts: readonly DeliveryDraft[],
): Promise<DeliveryDraft[]> {
  const foldable = Map.groupBy(drafts.filter(isFoldable), ({ place }) => placeKey(place));
  if (foldable.size === 0) return [...drafts];
  const weather = await readWeather(tx, context, [...foldable.keys()]);
  const folds = [...foldable].flatMap(([place, messages]): Fold[] => {
    const folding = decideFolding(weather.get(place) ?? CALM, gustOf(messages), context.policy.moreThan);
    const alertIds = [...new Set(messages.flatMap(({ alertId }) => alertId ?? []))];
    return folding.kind === 'pass' ? [] : [{ place, alertIds, folding }];
  });
  if (folds.length === 0) return [...drafts];
  const folded = new Set(folds.map(({ place }) => place));
  const rest = drafts.filter((draft) => !isFoldable(draft) || !folded.has(placeKey(draft.place)));
  return [...rest, ...(await storeFolds(tx, context, folds))];
}

/**
 * Folds messages about alerts that silence kept back and that go all at once: those of a place that are too many, with what it was
 * told just before, become its storm; one that is open takes them.
 */
export async function foldReleased(
  tx: Tx,
  context: StormContext,
  released: readonly HeldDelivery[],
): Promise<DeliveryDraft[]> {
  const foldable = released.filter((one) =>
    isFoldable({ ...one, hold: null, place: parsePlaceKey(one.place) }),
  );
  if (foldable.length === 0) return [];
  const byPlace = Map.groupBy(foldable, ({ place }) => place);
  const weather = await readWeather(
    tx,
    context,
    [...byPlace.keys()],
    released.map(({ id }) => id),
  );
  const folds = [...byPlace].flatMap(([place, messages]): Fold[] => {
    const folding = decideFolding(weather.get(place) ?? CALM, gustOf(messages), context.policy.moreThan);
    return folding.kind === 'pass'
      ? []
      : [{ place, alertIds: [...new Set(messages.map(({ alertId }) => alertId))], folding }];
  });
  if (folds.length === 0) return [];
  const folded = new Set(folds.map(({ place }) => place));
  const ids = foldable.filter(({ place }) => folded.has(place)).map(({ id }) => id);
  await tx.$executeRaw(sql`
    update heartbeat.delivery set status = 'superseded', reason = 'the storm message tells it'
    where id = any(${ids}::uuid[])`);
  return storeFolds(tx, context, folds);
}

const CALM: PlaceWeather = { pushes: 0, quiet: 0, open: null };

function gustOf(messages: readonly { silent: boolean }[]): Gust {
  const quiet = messages.filter(({ silent }) => silent).length;
  return { pushes: messages.length - quiet, quiet };
}

/** What is only let go now is no weather yet, and what silence kept back for good never was. */
async function readWeather(
  tx: Tx,
  { workspaceId, policy }: StormContext,
  places: readonly string[],
  released: readonly string[] = [],
): Promise<Map<string, PlaceWeather>> {
  const wasMade = sql`d.id <> all(${[...released]}::uuid[]) and d.status <> 'held' and not (d.status = 'superseded' and d.held_until is not null)`;
  const since = sql`now() - ${policy.withinMs}::int * interval '1 millisecond'`;
  const rows = await tx.$queryRaw<
    { place: string; pushes: number; quiet: number; open: string | null }[]
  >(sql`
    select p.place, coalesce(made.pushes, 0)::int + coalesce(joined.count, 0)::int as pushes, coalesce(made.quiet, 0)::int as quiet,
      s.id as open
    from unnest(${[...places]}::text[]) as p(place)
    left join (
      select place, count(*) filter (where not silent) as pushes, count(*) filter (where silent) as quiet from heartbeat.delivery d
      where workspace_id = ${workspaceId} and created_at > ${since} and place = any(${[...places]})
        and operation in ('post', 'reply') and alert_id is not null and ${wasMade}
        and edge <> all(${[...CALM_EDGES]}) and edge not like 'storm%'
      group by place) made on made.place = p.place
    left join heartbeat.storm s on s.workspace_id = ${workspaceId} and s.open_place = p.place
    left join lateral (
      select count(*) from heartbeat.storm_alert a where a.storm_id = s.id and a.joined_at > ${since}
        and not exists (
          select from heartbeat.delivery d
          where d.alert_id = a.alert_id and d.place = p.place and d.created_at > ${since} and d.operation = 'post' and ${wasMade})) joined on true`);
  return new Map(
    rows.map(({ place, pushes, quiet, open }) => [
      place,
      { pushes, quiet, open: open ? { id: open } : null },
    ]),
  );
}

/** Of two processes that see a place's storm begin at once, the second one joins the storm of the first. */
async function storeFolds(tx: Tx, context: StormContext, folds: readonly Fold[]): Promise<DeliveryDraft[]> {
  const { workspaceId, policy } = context;
  const rows = folds.map(({ place, folding }) => ({ place, stormy: folding.isStormy }));
  const storms = await tx.$queryRaw<{ id: string; place: string; is_new: boolean }[]>(sql`
    insert into heartbeat.storm as s (id, workspace_id, place, open_place)
    select gen_random_uuid(), ${workspaceId}, r.place, r.place
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place text, stormy boolean) order by r.place
    on conflict (workspace_id, open_place) do update set last_push_at = case
      when (select r.stormy from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place text, stormy boolean)
            where r.place = s.place) then now() else s.last_push_at end
    returning s.id, s.place, (xmax = 0) as is_new`);
  const byPlace = new Map(storms.map((storm) => [storm.place, storm]));
  const members = folds.flatMap(({ place, alertIds }) =>
    alertIds.map((alertId) => ({ storm_id: byPlace.get(place)?.id, alert_id: alertId })),
  );
  await addMembers(tx, workspaceId, members);
  await addEarlier(tx, {
    workspaceId,
    withinMs: policy.withinMs,
    storms: storms.filter((one) => one.is_new),
  });
  return storms.flatMap(({ id, place, is_new: isNew }) => {
    const where = parsePlaceKey(place);
    if (isNew) return [stormDraft(id, where, { edge: 'storm' })];
    return canEdit(where) ? [stormDraft(id, where, { edge: 'storm_changed' })] : [];
  });
}

type Member = { storm_id: string | undefined; alert_id: string };

async function addMembers(tx: Tx, workspaceId: string, members: readonly Member[]): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.storm_alert (workspace_id, storm_id, alert_id)
    select ${workspaceId}, r.storm_id, r.alert_id
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as r(storm_id uuid, alert_id uuid)
    on conflict (storm_id, alert_id) do update set joined_at = now()`);
}

/** The messages that were sent one by one before it was a storm belong to it too. */
async function addEarlier(
  tx: Tx,
  input: { workspaceId: string; withinMs: number; storms: readonly { id: string; place: string }[] },
): Promise<void> {
  if (input.storms.length === 0) return;
  await tx.$executeRaw(sql`
    insert into heartbeat.storm_alert (workspace_id, storm_id, alert_id)
    select distinct ${input.workspaceId}, r.id, d.alert_id
    from jsonb_to_recordset(${JSON.stringify(input.storms)}::jsonb) as r(id uuid, place text)
    join heartbeat.delivery d on d.workspace_id = ${input.workspaceId} and d.place = r.place
      and d.created_at > now() - ${input.withinMs}::int * interval '1 millisecond'
      and d.operation in ('post', 'reply') and d.status <> 'held' and d.edge not like 'storm%'
    join heartbeat.alerts a on a.id = d.alert_id
    on conflict do nothing`);
}

/** Gives the redrawings of storm messages that show some of these alerts. */
export async function redrawStorms(
  tx: Tx,
  workspaceId: string,
  alertIds: readonly string[],
): Promise<DeliveryDraft[]> {
  if (alertIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; place: string }[]>(sql`
    select distinct s.id, s.place from heartbeat.storm_alert a join heartbeat.storm s on s.id = a.storm_id
    where a.workspace_id = ${workspaceId} and a.alert_id = any(${[...alertIds]}::uuid[]) and s.over_at is null`);
  return rows
    .map(({ id, place }) => ({ id, where: parsePlaceKey(place) }))
    .filter(({ where }) => canEdit(where))
    .map(({ id, where }) => stormDraft(id, where, { edge: 'storm_changed' }));
}
