import { describeAlert, type AlertView, type Words } from '../../answers/index.ts';
import { context, plainText, type Block } from './blocks.ts';
import { renderButtons } from './render-buttons.ts';
import { renderLines } from './render.ts';

export type HomeFacts = {
  name: string;
  workspace: string;
  /** the open alerts that are theirs: of their metrics, of their teams, or taken by them */
  alerts: readonly AlertView[];
  /** all that are theirs, those that are not shown too */
  alertCount: number;
  quietHours: { from: string; to: string } | null;
  /** what the last press came to */
  said: string | null;
};

export type HomeView = { type: 'home'; blocks: Block[] };

/** Lines of an alert that a list shows. */
const LINES_SHOWN = 2;
const NAME_MAX = 100;

/** Gives the Home tab of a person: their open alerts with buttons, and their settings. Pure. */
export function renderHome(facts: HomeFacts, words: Words): HomeView {
  const { name, workspace, alerts, alertCount, said } = facts;
  const more = alertCount - alerts.length;
  return {
    type: 'home',
    blocks: [
      ...(said === null ? [] : [context(said)]),
      header(words.t('slack-home-title', { name, workspace })),
      ...(alerts.length === 0 ? renderLines([[words.t('slack-home-calm')]]) : []),
      ...alerts.flatMap((view) => renderAlert(view, words)),
      ...(more > 0 ? [context(words.t('and-more', { count: more }))] : []),
      { type: 'divider' },
      ...renderSettings(facts, words),
    ],
  };
}

function header(text: string): Block {
  return { type: 'header', text: plainText(text, NAME_MAX) };
}

function renderAlert(view: AlertView, words: Words): Block[] {
  const { lines, buttons = [] } = describeAlert(view, words);
  return [
    ...renderLines(lines.slice(0, LINES_SHOWN), 1),
    ...renderButtons(buttons.slice(0, 1), words, `alert_${view.number}`).blocks,
  ];
}

function renderSettings({ quietHours }: HomeFacts, words: Words): Block[] {
  const quiet =
    quietHours === null
      ? words.t('slack-home-no-quiet')
      : words.t('slack-home-quiet', { from: quietHours.from, to: quietHours.to });
  return [
    ...renderLines([[{ kind: 'bold', text: words.t('slack-home-settings') }]]),
    ...renderLines([[words.t('language'), ' · ', words.timezone], [quiet]]),
  ];
}
