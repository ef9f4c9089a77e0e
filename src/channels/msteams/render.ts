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
import { isWebAddress } from '../../lib/web-address.ts';
import {
  envelope,
  fitCard,
  type CardAction,
  type CardElement,
  type CardMessage,
  type TextBlock,
  type Tone,
} from './card.ts';
import { cardInstant, writeCardText } from './markdown.ts';

/** A card shows no more. */
const ACTIONS_MAX = 6;
const ACTION_TITLE_MAX = 60;
const ADDRESS_MAX = 1_000;
/** Of text, and of code: with the shortest lines so many fit whatever they say. */
const LINES_MAX = 20;

export type TeamsReader = { words: Words; doors: ActDoors };

type Rendering = Pick<SendRequest, 'answer' | 'view' | 'maybeSent'> & { pictureUrl: string | null };

/** Gives a card of at most 28 KB: lines, facts, picture, links; lines are cut with an ellipsis until it fits. Pure. */
export function renderCard(request: Rendering, reader: TeamsReader): CardMessage {
  const actions = cardActions(request);
  return fitCard((lineMax) => {
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
  return fitCard((lineMax) => envelope(textBlocks(request, reader, lineMax), []));
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
    ...atMost(lines, ['…']).flatMap((line) => visibleBlock(writeLines([line], writeCardText, lineMax))),
    ...codeBlocks(answer.code, lineMax),
    ...(hint === null ? [] : [subtle(hint)]),
    ...(maybeSent ? [subtle(words.t('channel-may-repeat'))] : []),
  ];
}

function codeBlocks(code: string | undefined, lineMax: number): TextBlock[] {
  const lines = (code ?? '').trimEnd().split('\n');
  return atMost(lines, '…')
    .flatMap((line) => visibleBlock(writeLines([[line]], writeCardText, lineMax)))
    .map((made) => ({ ...made, fontType: 'Monospace' }));
}

function atMost<T>(lines: readonly T[], ellipsis: T): readonly T[] {
  return lines.length <= LINES_MAX ? lines : [...lines.slice(0, LINES_MAX - 1), ellipsis];
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
    .filter(({ title, url }) => isVisible(title) && isWebAddress(url))
    .map(({ title, url }) => ({
      title: shorten(printable(title).trim(), ACTION_TITLE_MAX),
      url: new URL(url).href,
    }))
    .filter(({ url }) => url.length <= ADDRESS_MAX);
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
