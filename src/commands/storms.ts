import { findStorm, listAlerts, pressStorm, type StormAction } from '../alerts/index.ts';
import { ALERTS_PAGE, answerAlerts, pageOf, type Answer } from '../answers/index.ts';
import { NotFoundError } from '../errors.ts';
import { listViews } from './choose.ts';
import type { CommandContext } from './types.ts';

/** Acks or snoozes all that nobody has of a storm; gives the toast. Throws what `pressStorm` throws. */
export async function actOnStorm(
  { deps, caller, words }: CommandContext,
  storm: number,
  action: StormAction,
): Promise<string> {
  const { done, open } = await pressStorm(deps, caller, { storm, action });
  if (open === 0) return words.t('toast-storm-over');
  return words.t('toast-storm', { action: action.kind, done, open });
}

/** The alerts of a storm that are not over, a page at a time. Throws NotFoundError `storm_unknown`. */
export async function showStorm(
  { deps, words }: CommandContext,
  { storm, page }: { storm: number; page: number },
): Promise<Answer> {
  const found = await findStorm(deps.db, deps.workspaceId, { number: storm });
  if (!found)
    throw new NotFoundError('storm_unknown', `There is no storm ${storm} here.`, { details: { storm } });
  const open = found.alerts.filter(({ state }) => state !== 'resolved');
  const shown = pageOf(open, page);
  const alerts = await listAlerts(deps.db, deps.workspaceId, {
    numbers: shown.map(({ number }) => number),
    limit: ALERTS_PAGE,
  });
  const inOrder = shown.flatMap(({ number }) => alerts.find((alert) => alert.number === number) ?? []);
  const views = await listViews(deps, inOrder, words);
  return answerAlerts({ alerts: views, total: open.length, page, of: { storm } }, words);
}
