import {
  actHint,
  isVisible,
  printable,
  shorten,
  writeLines,
  type ActDoors,
  type AlertView,
  type Line,
  type Words,
} from '../../answers/index.ts';
import type { SendRequest } from '../../delivery/index.ts';
import { cardInstant, isWebAddress, writeCardText } from './markdown.ts';

// https://learn.microsoft.com/microsoftteams: a message of a web hook takes 28 KB, a card shows 6 actions.
const BODY_MAX_BYTES = 28 * 1024;
const ACTIONS_MAX = 6;
const ACTION_TITLE_MAX = 60;
const ADDRESS_MAX = 1_000;
const LINES_MAX = 30;
/** Lengths of a line, the first that fits the whole: the last always does. */
const LINE_MAX_STEPS = [4_000, 1_000, 400, 100] as const;

type TextBlock = {
  type: 'TextBlock';
  text: string;
  wrap: true;
  weight?: 'Bolder';
  size?: 'Medium';
  color?: Tone;
  fontType?: 'Monospace';
  isSubtle?: true;
};
type CardElement =
  | TextBlock
  | { type: 'FactSet'; facts: { title: string; value: string }[] }
  | { type: 'Image'; url: string; altText: string; size: 'Stretch' };
type CardAction = { type: 'Action.OpenUrl'; title: string; url: string };
type Tone = 'Attention' | 'Warning' | 'Good' | 'Default';

/** The body that Teams' Workflows take: one Adaptive Card. */
export type CardMessage = {
  type: 'message';
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive';
      contentUrl: null;
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
        type: 'AdaptiveCard';
        version: '1.4';
        msteams: { width: 'Full' };
        body: CardElement[];
        actions?: CardAction[];
      };
    },
  ];
};

export type TeamsReader = { words: Words; doors: ActDoors };

type Rendering = Pick<SendRequest, 'answer' | 'view' | 'maybeSent'> & { pictureUrl: string | null };

/** Gives a card of at most 28 KB: lines, facts, picture, links; lines are cut with an ellipsis until it fits. Pure. */
export function renderCard(request: Rendering, reader: TeamsReader): CardMessage {
  const actions = cardActions(request);
  return fit((lineMax) => {
    const { view, pictureUrl } = request;
    const body = [
      ...textBlocks(request, reader, lineMax),
      ...(view ? [facts(view, reader.words)] : []),
      ...(pictureUrl === null ? [] : [picture(pictureUrl, view)]),
    ];
    return envelope(body, actions);
  });
}

/** Gives the same as text alone, for when Teams refuses the other. Pure. */
export function renderTextCard(request: Rendering, reader: TeamsReader): CardMessage {
  return fit((lineMax) => envelope(textBlocks(request, reader, lineMax), []));
}

function fit(make: (lineMax: number) => CardMessage): CardMessage {
  const [largest, ...smaller] = LINE_MAX_STEPS;
  let message = make(largest);
  for (const lineMax of smaller) {
    if (Buffer.byteLength(JSON.stringify(message)) <= BODY_MAX_BYTES) break;
    message = make(lineMax);
  }
  return message;
}

function envelope(body: CardElement[], actions: CardAction[]): CardMessage {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
    ...(actions.length > 0 && { actions }),
  } as const;
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function textBlocks(request: Rendering, { words, doors }: TeamsReader, lineMax: number): TextBlock[] {
  const { answer, view, maybeSent } = request;
  const [first = [], ...rest] = answer.lines;
  const title = writeLines([first], writeCardText, lineMax);
  const hint = actHint(view, doors, words);
  const plainLinks = listLinks(request).filter(({ url }) => !isSecure(url));
  const lines: Line[] = [
    ...rest,
    ...plainLinks.map(({ title: text, url }): Line => [{ kind: 'link', text, url }]),
  ];
  return [
    { ...block(isVisible(title) ? title : '…'), weight: 'Bolder', size: 'Medium', color: toneOf(view) },
    ...lines.slice(0, LINES_MAX).flatMap((line) => visibleBlock(writeLines([line], writeCardText, lineMax))),
    ...codeBlocks(answer.code, lineMax),
    ...(hint === null ? [] : [subtle(hint)]),
    ...(maybeSent ? [subtle(words.t('channel-may-repeat'))] : []),
  ];
}

function codeBlocks(code: string | undefined, lineMax: number): TextBlock[] {
  const lines = (code ?? '').trimEnd().split('\n');
  return lines
    .slice(0, LINES_MAX)
    .flatMap((line) => visibleBlock(writeLines([[line]], writeCardText, lineMax)))
    .map((made) => ({ ...made, fontType: 'Monospace' }));
}

function visibleBlock(text: string): TextBlock[] {
  return isVisible(text) ? [block(text)] : [];
}

function block(text: string): TextBlock {
  return { type: 'TextBlock', text, wrap: true };
}

function subtle(text: string): TextBlock {
  return { ...block(writeCardText(text)), isSubtle: true };
}

/** What the lines do not say: the names by which machines know the alert, and its start in the reader's own zone. */
function facts(view: AlertView, words: Words): CardElement {
  return {
    type: 'FactSet',
    facts: [
      { title: words.t('channel-fact-alert'), value: `A-${view.number}` },
      { title: words.t('channel-fact-metric'), value: writeCardText(view.metric.id) },
      { title: words.t('channel-fact-opened'), value: cardInstant(view.openedAt) },
    ],
  };
}

function picture(url: string, view: AlertView | null): CardElement {
  const altText = shorten(printable(view?.metric.name ?? ''), ACTION_TITLE_MAX);
  return { type: 'Image', url, altText, size: 'Stretch' };
}

/** Teams opens https addresses only; others stay in the text. Presses cannot act through a web hook. */
function cardActions(request: Rendering): CardAction[] {
  const secure = listLinks(request).filter(({ url }) => isSecure(url));
  const unique = [...new Map(secure.map((link) => [link.url, link])).values()];
  return unique.slice(0, ACTIONS_MAX).map((link) => ({ type: 'Action.OpenUrl', ...link }));
}

function listLinks({ answer, view }: Rendering): { title: string; url: string }[] {
  const buttons = (answer.buttons ?? [])
    .flat()
    .flatMap((button) => ('url' in button ? [{ title: button.label, url: button.url }] : []));
  const page = view?.url && isSecure(view.url) ? [{ title: `A-${view.number}`, url: view.url }] : [];
  return [...page, ...buttons]
    .map(({ title, url }) => ({ title: shorten(printable(title).trim(), ACTION_TITLE_MAX), url }))
    .filter(({ title, url }) => isVisible(title) && isWebAddress(url) && url.length <= ADDRESS_MAX);
}

function isSecure(url: string): boolean {
  return /^https:/i.test(url);
}

function toneOf(view: AlertView | null): Tone {
  switch (view?.phase) {
    case 'firing':
    case 'improving':
    case 'recovering':
      return view.level === 'red' ? 'Attention' : 'Warning';
    case 'acked':
      return 'Warning';
    case 'resolved':
      return 'Good';
    case 'snoozed':
    case 'withdrawn':
    case undefined:
      return 'Default';
  }
}
