/**
 * WHAT somebody looks at: stars, and lists of metrics that are a person's own or a team's. In: a caller and what to keep. Out:
 * lists and stars, and every change of them in the journal. Drawing them is not done here.
 */
export type * from './types.ts';
export { addToWatchlist, removeFromWatchlist, type ContentsChanged } from './contents.ts';
export { createWatchlist, followCopy, type NewList } from './create.ts';
export {
  deleteWatchlist,
  describeWatchlist,
  renameWatchlist,
  restoreWatchlist,
  shareWatchlist,
  unshareWatchlist,
} from './edit.ts';
export { forgetLists } from './leave.ts';
export { resolveItems, type ResolvedItems, type UnknownItem } from './items.ts';
export { findShared, findWatchlist, listTeams, listWatchlists } from './read.ts';
export { findList, isNear, isSameTeam, mayEdit, sortByNearness, unknownList } from './rules.ts';
export { listStarred, setStar } from './stars.ts';
