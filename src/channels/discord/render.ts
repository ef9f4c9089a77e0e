import {
  actHint,
  answerText,
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
import { CONTENT_MAX, DESCRIPTION_MAX, PICTURE_NAME, SUPPRESS_NOTIFICATIONS } from './limits.ts';
import { codeBlock, defuseMentions, writeMarkdown } from './markdown.ts';

export type DiscordEmbed = {
  color: number;
  description?: string;
  footer?: { text: string };
  image?: { url: string };
};

/** A message as Discord takes it. */
export type DiscordMessage = {
  content: string;
  embeds: DiscordEmbed[];
  allowed_mentions: { parse: [] };
  flags?: number;
  /** the files that the message shows after the call; left out: those it has */
  attachments?: { id: number; filename: string; description: string }[];
};

export type DiscordReader = { words: Words; doors: ActDoors };

type Rendering = Pick<
  SendRequest,
  'answer' | 'view' | 'operation' | 'picture' | 'hasPicture' | 'silent' | 'maybeSent'
>;

/** What links and hints may take of a description. */
const TAIL_MAX = 1_200;
const ALT_MAX = 1_024;
const CODE_MIN = 20;

/** Gives a message inside Discord's limits: the first line as its text, since phones show that, and the rest as an embed. Pure. */
export function renderMessage(request: Rendering, reader: DiscordReader): DiscordMessage {
  const { answer, picture, operation } = request;
  const [first = []] = answer.lines;
  const content = writeLines([first], writeMarkdown, CONTENT_MAX);
  const embed = renderEmbed(request, reader);
  return {
    content: isVisible(content) ? content : '…',
    embeds: Object.keys(embed).length > 1 ? [embed] : [],
    allowed_mentions: { parse: [] },
    ...(picture && {
      attachments: [{ id: 0, filename: PICTURE_NAME, description: shorten(printable(picture.alt), ALT_MAX) }],
    }),
    ...quiet(request, operation),
  };
}

/** Gives the same as plain text, for when Discord refuses the other. Pure. */
export function renderPlain(request: Rendering, { words }: DiscordReader): DiscordMessage {
  const mark = isRepeat(request) ? `\n${words.t('channel-may-repeat')}` : '';
  const text = defuseMentions(answerText(request.answer));
  return {
    content: shorten(isVisible(text) ? text : '…', CONTENT_MAX - mark.length) + mark,
    embeds: [],
    allowed_mentions: { parse: [] },
    ...(request.operation === 'edit' && { attachments: [] }),
    ...quiet(request, request.operation),
  };
}

function renderEmbed(request: Rendering, { words, doors }: DiscordReader): DiscordEmbed {
  const { answer, view, picture, hasPicture, operation } = request;
  const tail = writeLines(tailLines(request, { words, doors }), writeMarkdown, TAIL_MAX);
  const body = writeLines(answer.lines.slice(1), writeMarkdown, DESCRIPTION_MAX - tail.length - 1);
  const code = renderCode(answer.code, DESCRIPTION_MAX - tail.length - body.length - 2);
  const description = [body, code, tail].filter((part) => isVisible(part)).join('\n');
  const showsPicture = picture !== null || (operation === 'edit' && hasPicture);
  return {
    color: colorOf(view),
    ...(description !== '' && { description }),
    ...(isRepeat(request) && { footer: { text: words.t('channel-may-repeat') } }),
    ...(showsPicture && { image: { url: `attachment://${PICTURE_NAME}` } }),
  };
}

/** Buttons with an address become links; presses cannot act through a web hook, so a line says where to. */
function tailLines({ answer, view }: Rendering, { words, doors }: DiscordReader): Line[] {
  const links = (answer.buttons ?? [])
    .flat()
    .flatMap((button) => ('url' in button && isWebAddress(button.url) ? [button] : []))
    .map(({ label, url }): Line => [{ kind: 'link', text: label, url }]);
  const hint = actHint(view, doors, words);
  return hint === null ? links : [...links, [{ kind: 'italic', text: hint }]];
}

function renderCode(code: string | undefined, room: number): string {
  const text = answerText({ lines: [], ...(code !== undefined && { code }) });
  const left = room - codeBlock('').length;
  return isVisible(text) && left >= CODE_MIN ? codeBlock(shorten(text, left)) : '';
}

function isRepeat({ maybeSent, operation }: Rendering): boolean {
  return maybeSent && operation !== 'edit';
}

function quiet({ silent }: Rendering, operation: SendRequest['operation']): { flags?: number } {
  return silent && operation !== 'edit' ? { flags: SUPPRESS_NOTIFICATIONS } : {};
}

const COLORS = { red: 0xd92d20, amber: 0xf5b400, acked: 0xf97316, over: 0x2e9e5b, none: 0x8a94a6 } as const;

function colorOf(view: AlertView | null): number {
  switch (view?.phase) {
    case 'firing':
    case 'improving':
    case 'recovering':
      return COLORS[view.level];
    case 'acked':
      return COLORS.acked;
    case 'resolved':
      return COLORS.over;
    case 'snoozed':
    case 'withdrawn':
    case undefined:
      return COLORS.none;
  }
}
