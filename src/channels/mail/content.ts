import {
  lineText,
  oneLine,
  parsePress,
  shorten,
  type AlertView,
  type Answer,
  type Button,
  type Line,
  type Press,
  type Span,
  type Words,
} from '../../answers/index.ts';
import type { SendRequest } from '../../delivery/index.ts';
import { CODE_MAX, LINE_MAX, LINES_MAX, LINKS_MAX, PREHEADER_MAX } from './limits.ts';
import type { MailContent, MailLink, MailLinks, MailReader, Tone } from './types.ts';

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;
// oxlint-disable-next-line no-control-regex
const CONTROLS_OF_CODE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g;
const LABEL_MAX = 80;
const ALT_MAX = 500;

/** Presses that a person can confirm on a page; the others are answers in a chat. */
const CONFIRMED: ReadonlySet<Press['kind']> = new Set([
  'ack',
  'unack',
  'snooze',
  'snooze_menu',
  'real',
  'noise',
  'ack_all',
  'snooze_all',
]);

/** What the content of a mail is made with. */
export type ContentOptions = {
  reader: MailReader;
  links: MailLinks;
  workspaceName: string;
  title: string;
  /** Content-ID of the picture */
  cid: string;
  /** where a metric is explained; null when it is gone */
  docsUrlOf: (metricId: string) => string | null;
  /** the page of all open alerts */
  alertsUrl: string;
};

/** Gives what a mail shows: the answer's lines and code, cleaned and cut, its buttons as links for this reader alone. */
export async function toContent(request: SendRequest, options: ContentOptions): Promise<MailContent> {
  const { answer, view, picture, maybeSent } = request;
  const { reader, links, workspaceName, title, cid } = options;
  const { words, address } = reader;
  const lines = answer.lines.slice(0, LINES_MAX).map((line) => cleanLine(line));
  const state = view && stateOf(view, words);
  const name = oneLine(workspaceName);
  return {
    locale: words.locale,
    title,
    tone: view ? toneOf(view) : 'calm',
    state,
    preheader: preheaderOf(lines, state),
    lines,
    code: cleanCode(answer.code),
    picture: picture && { cid, alt: shorten(oneLine(picture.alt), ALT_MAX) },
    links: await linksOf(answer, view, options),
    mark: maybeSent ? words.t('channel-may-repeat') : null,
    footer: words.t(reader.person ? 'mail-footer' : 'mail-footer-ops', {
      workspace: shorten(name, LABEL_MAX),
    }),
    unsubscribe: reader.maySilence
      ? { label: words.t('mail-unsubscribe'), url: await links.unsubscribeUrl(address) }
      : null,
  };
}

function cleanLine(line: Line): Line {
  let left = LINE_MAX;
  return line.flatMap((span): Span[] => {
    const cleaned = (typeof span === 'string' ? span : span.text).toWellFormed().replace(CONTROLS, ' ');
    const text = shorten(cleaned, left);
    left = Math.max(0, left - text.length);
    if (text === '') return [];
    return [typeof span === 'string' ? text : { ...span, text }];
  });
}

function cleanCode(code: string | undefined): string | null {
  const text = code?.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS_OF_CODE, ' ').trimEnd();
  return text ? shorten(text, CODE_MAX) : null;
}

/** State in a word, since a colour alone says nothing to many. */
function stateOf(view: AlertView, words: Words): string {
  return view.phase === 'firing'
    ? words.t('level', { level: view.level })
    : words.t('phase', { phase: view.phase });
}

function toneOf({ phase, level }: AlertView): Tone {
  if (phase === 'resolved') return 'green';
  if (phase === 'withdrawn') return 'calm';
  return phase === 'acked' || phase === 'snoozed' || phase === 'improving' ? 'amber' : level;
}

/** The subject is always the same, so that the line beside it must tell the state. */
function preheaderOf(lines: readonly Line[], state: string | null): string {
  const [first = '', second = ''] = lines.map((line) => lineText(line).trim());
  const word = state !== null && !first.includes(state) ? `${state}: ` : '';
  return shorten([`${word}${first}`, second].filter(Boolean).join(' · '), PREHEADER_MAX);
}

async function linksOf(
  { buttons = [] }: Answer,
  view: AlertView | null,
  options: ContentOptions,
): Promise<MailLink[]> {
  const made: MailLink[] = [];
  for (const button of buttons.flat().slice(0, LINKS_MAX)) {
    const target = await targetOf(button, view, options);
    const label = labelOf(button, options.reader.words);
    if (target !== null && label !== '') made.push({ label, ...target });
  }
  return made;
}

/** In a chat `💤 …` is one of two beside each other; alone it would say nothing. */
function labelOf(button: Button, words: Words): string {
  const isMenu = 'press' in button && parsePress(button.press)?.kind === 'snooze_menu';
  const label = isMenu ? button.label.replace('…', words.t('mail-snooze-menu')) : button.label;
  return shorten(oneLine(label), LABEL_MAX);
}

async function targetOf(
  button: Button,
  view: AlertView | null,
  { reader, links, docsUrlOf, alertsUrl }: ContentOptions,
): Promise<Omit<MailLink, 'label'> | null> {
  if ('url' in button) return isWebAddress(button.url) ? { url: button.url, primary: false } : null;
  const press = parsePress(button.press);
  if (press?.kind === 'howto') {
    const metricId = 'metric' in press.of ? press.of.metric : view?.metric.id;
    const url = metricId === undefined ? null : docsUrlOf(metricId);
    return url === null ? null : { url, primary: false };
  }
  if (press?.kind === 'alerts') return { url: alertsUrl, primary: false };
  if (press?.kind === 'storm') return { url: `${alertsUrl}?storm=${press.storm}`, primary: false };
  if (!press || !CONFIRMED.has(press.kind) || !reader.person) return null;
  return {
    url: await links.actionUrl(reader.address, button.press),
    primary: press.kind === 'ack' || press.kind === 'ack_all',
  };
}

/** Tells whether an address is a web page's: a mail holds no other kind of link. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
