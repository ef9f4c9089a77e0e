import {
  answerError,
  describeAlert,
  encodePress,
  lineText,
  oneLine,
  parsePress,
  pressToast,
  shorten,
  snoozeMenuButtons,
  type AlertView,
  type Press,
  type Words,
} from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { HeartbeatError } from '../errors.ts';
import { loadAlertView } from '../messages/index.ts';
import { requireMayOperate, type Caller } from '../people/index.ts';
import type { MailPage } from '../site/index.ts';
import { askStorm, loadStormLines, type StormPress } from './mail-act-storm.ts';

/** Presses that change one alert. */
type AlertPress = Extract<
  Press,
  { kind: 'ack' | 'unack' | 'snooze' | 'snooze_workday' | 'snooze_menu' | 'real' | 'noise' }
>;

/** What a link may ask for. */
export type MailAction = AlertPress | StormPress;

/** A choice of the page: its words, and the press that it makes. */
type Choice = { label: string; press: string };

export type ActPage = Omit<MailPage, 'forms'> & { choices: readonly Choice[] };

const LABEL_MAX = 80;
const ACTIONS: ReadonlySet<Press['kind']> = new Set([
  'ack',
  'unack',
  'snooze',
  'snooze_workday',
  'snooze_menu',
  'real',
  'noise',
  'ack_all',
  'snooze_all',
]);

/** Reads a link's press; undefined for any other button. */
export function readAction(data: string): MailAction | undefined {
  const press = parsePress(data);
  return press && ACTIONS.has(press.kind) ? (press as MailAction) : undefined;
}

type Asked = { caller: Caller; words: Words; action: MailAction };
type AskedAlert = Asked & { action: AlertPress };

/** Gives the page that asks before anything is done: the alert as it is now, and buttons that act on just that. */
export async function askAct(deps: Deps, { caller, words, action }: Asked): Promise<ActPage> {
  const name = shorten(oneLine(caller.person?.name ?? ''), LABEL_MAX);
  const note = words.t('mail-as', { name });
  return 'storm' in action
    ? askStorm(deps, { action, words, note })
    : askAlert(deps, { caller, words, action }, note);
}

async function askAlert(deps: Deps, { caller, words, action }: AskedAlert, note: string): Promise<ActPage> {
  const view = await loadAlertView(deps, { number: action.alert }, words);
  if (!view) return refusedPage(words.t('toast-no-alert'), []);
  const lines = linesOf(view, words);
  const refusal = findRefusal(deps, { caller, words, action, view });
  if (refusal !== null) return refusedPage(refusal, lines);
  return {
    title: words.t('mail-ask', { action: action.kind.startsWith('snooze') ? 'snooze' : action.kind }),
    lines,
    notes: [...(action.version === view.version ? [] : [words.t('mail-moved-on')]), note],
    choices: choicesOf({ ...action, version: view.version }, words),
  };
}

/** Gives the page after a press: what became of it, and the alert as it is now. */
export async function showActed(
  deps: Deps,
  { words, action }: Pick<Asked, 'words' | 'action'>,
  toast: string,
): Promise<ActPage> {
  if ('storm' in action) return refusedPage(toast, (await loadStormLines(deps, action.storm, words)) ?? []);
  const view = await loadAlertView(deps, { number: action.alert }, words);
  return refusedPage(toast, view ? linesOf(view, words) : []);
}

function refusedPage(title: string, lines: readonly string[]): ActPage {
  return { title, lines, notes: [], choices: [] };
}

function linesOf(view: AlertView, words: Words): string[] {
  return describeAlert(view, words).lines.map((line) => lineText(line));
}

/** Why the page need not ask: no right, or somebody was quicker. The verb itself decides again when the button is pressed. */
function findRefusal(
  deps: Deps,
  { caller, words, action, view }: AskedAlert & { view: AlertView },
): string | null {
  try {
    requireMayOperate(caller, deps.registry.current().metrics.get(view.metric.id) ?? null);
  } catch (error) {
    if (!(error instanceof HeartbeatError)) throw error;
    return lineText(answerError(error, words).lines[0] ?? []);
  }
  const say = (outcome: Parameters<typeof pressToast>[0]): string =>
    pressToast(outcome, { words, now: deps.clock.now(), nameOf: (name) => name }).toast;
  if (action.kind === 'real' || action.kind === 'noise') return null;
  if (view.resolved) return say({ kind: 'closed', number: view.number, at: view.resolved.at });
  if (action.kind === 'ack' && view.ack && view.phase !== 'firing')
    return say({ kind: 'already_acked', by: view.ack.by, at: view.ack.at.toISOString() });
  return action.kind === 'unack' && !view.ack ? say({ kind: 'not_acked' }) : null;
}

function choicesOf(action: AlertPress, words: Words): Choice[] {
  if (action.kind !== 'snooze_menu') return [{ label: labelOf(action, words), press: encodePress(action) }];
  return snoozeMenuButtons(action, words)
    .flat()
    .flatMap((button) => {
      if (!('press' in button)) return [];
      const kind = readAction(button.press)?.kind;
      return kind?.startsWith('snooze') ? [{ label: button.label, press: button.press }] : [];
    });
}

function labelOf(action: Exclude<AlertPress, { kind: 'snooze_menu' }>, words: Words): string {
  switch (action.kind) {
    case 'ack':
      return words.t('button-ack');
    case 'unack':
      return words.t('button-unack');
    case 'snooze':
      return words.t('button-snooze', { span: words.duration(action.forMs) });
    case 'snooze_workday':
      return words.t('button-next-workday');
    case 'real':
      return words.t('button-real');
    case 'noise':
      return words.t('button-noise');
  }
}
