import { ack, snooze, unack } from './alert-actions.ts';
import { audit } from './audit.ts';
import { cancel, help, start, whoami } from './greetings.ts';
import { health } from './health.ts';
import { lang } from './lang.ts';
import { link } from './link.ts';
import { maintenance } from './maintenance.ts';
import { log } from './log.ts';
import { note } from './notes.ts';
import { pin, unpin } from './pin.ts';
import { preview } from './preview.ts';
import { quiet } from './quiet.ts';
import { refresh } from './refresh.ts';
import { schedule } from './schedule.ts';
import { star, unstar } from './star.ts';
import { team } from './team.ts';
import { test } from './test.ts';
import { tz } from './tz.ts';
import type { Command } from './types.ts';
import { unlink } from './unlink.ts';
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
  schedule,
  pin,
  unpin,
  test,
  health,
  audit,
  docs,
  whoami,
  link,
  unlink,
  lang,
  tz,
  quiet,
  cancel,
];
