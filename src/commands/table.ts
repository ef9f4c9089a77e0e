import { ack, snooze, unack } from './alert-actions.ts';
import { cancel, help, start, whoami } from './greetings.ts';
import { health } from './health.ts';
import { maintenance } from './maintenance.ts';
import { log } from './log.ts';
import { note } from './notes.ts';
import { preview } from './preview.ts';
import { refresh } from './refresh.ts';
import { star, unstar } from './star.ts';
import { team } from './team.ts';
import { test } from './test.ts';
import type { Command } from './types.ts';
import { alerts, cockpit, docs, metric } from './views.ts';
import { watchlist } from './watchlist.ts';
import { why } from './why.ts';

/** The table of commands, in the order help lists them. Every door iterates it. */
export const commands: readonly Command[] = [
  start,
  help,
  cockpit,
  metric,
  alerts,
  watchlist,
  star,
  unstar,
  team,
  ack,
  unack,
  snooze,
  note,
  refresh,
  why,
  preview,
  log,
  maintenance,
  test,
  health,
  docs,
  whoami,
  cancel,
];
