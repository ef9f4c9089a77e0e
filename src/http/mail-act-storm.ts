import { findStorm } from '../alerts/index.ts';
import { describeStorm, encodePress, lineText, type Press, type Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { stormView } from '../messages/index.ts';
import type { ActPage } from './mail-act.ts';

/** Presses on all alerts of a storm at once. */
export type StormPress = Extract<Press, { kind: 'ack_all' | 'snooze_all' }>;

/** Gives the lines of a storm as it is now; undefined when there never was such a one. */
export async function loadStormLines(
  deps: Deps,
  number: number,
  words: Words,
): Promise<string[] | undefined> {
  const storm = await findStorm(deps.db, deps.workspaceId, { number });
  return storm && describeStorm(stormView(deps, storm), words).lines.map((line) => lineText(line));
}

/** Gives the page that asks before all alerts of a storm are acked or snoozed. The verb looks at each alert's rights. */
export async function askStorm(
  deps: Deps,
  { action, words, note }: { action: StormPress; words: Words; note: string },
): Promise<ActPage> {
  const lines = await loadStormLines(deps, action.storm, words);
  if (!lines) return { title: words.t('toast-no-alert'), lines: [], notes: [], choices: [] };
  const label =
    action.kind === 'ack_all'
      ? words.t('button-ack-all')
      : words.t('button-snooze-all', { span: words.duration(action.forMs) });
  return {
    title: words.t('mail-ask', { action: action.kind }),
    lines,
    notes: [note],
    choices: [{ label, press: encodePress(action) }],
  };
}
