import { describeAlert, type AlertView, type Answer, type Words } from '../../answers/index.ts';
import { context, plainText, type Block } from './blocks.ts';
import { renderButtons } from './render-buttons.ts';
import { imageOf, renderLines } from './render.ts';

export type HomeFacts = {
  name: string;
  workspace: string;
  /** the open alerts that are theirs: of their metrics, of their teams, or taken by them */
  alerts: readonly AlertView[];
  /** all that are theirs, those that are not shown too */
  alertCount: number;
  /** what they starred; null where stars are not kept */
  starred: { answer: Answer; fileId: string | null } | null;
  /** what is in force for them, each with where it comes from */
  settings: readonly Answer[];
  /** what the last press came to */
  said: string | null;
};

export type HomeView = { type: 'home'; blocks: Block[] };

/** Lines of an alert that a list shows. */
const LINES_SHOWN = 2;
const NAME_MAX = 100;
/** Sections that the stars and the settings take at most. */
const SECTIONS_EACH = 3;

/** Gives the Home tab of a person: their open alerts with buttons, what they starred, and their settings. Pure. */
export function renderHome(facts: HomeFacts, words: Words): HomeView {
  const { name, workspace, alerts, alertCount, starred, said } = facts;
  const more = alertCount - alerts.length;
  return {
    type: 'home',
    blocks: [
      ...(said === null ? [] : [context(said)]),
      header(words.t('slack-home-title', { name, workspace })),
      ...(alerts.length === 0 ? renderLines([[words.t('slack-home-calm')]]) : []),
      ...alerts.flatMap((view) => renderAlert(view, words)),
      ...(more > 0 ? [context(words.t('and-more', { count: more }))] : []),
      ...(starred === null ? [] : renderStarred(starred)),
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

function renderStarred({ answer, fileId }: NonNullable<HomeFacts['starred']>): Block[] {
  const { lines, picture } = answer;
  const image = fileId !== null && picture ? [imageOf({ fileId, alt: picture.alt })] : [];
  return [{ type: 'divider' }, ...renderLines(lines, SECTIONS_EACH), ...image];
}

/** A press on these runs a command, as if it were typed. */
export const RUN = 'run:';

/** Languages as their readers call them. */
const LANGUAGES = [
  { label: 'English', press: `${RUN}/lang en` },
  { label: 'Русский', press: `${RUN}/lang ru` },
];

function renderSettings({ settings }: HomeFacts, words: Words): Block[] {
  return [
    ...renderLines([[{ kind: 'bold', text: words.t('slack-home-settings') }]]),
    ...settings.flatMap(({ lines }) => renderLines(lines, 1)),
    ...renderButtons([LANGUAGES], words, 'language').blocks,
  ];
}
