import type { SlackBlock, SlackImage, SlackMessage, SlackView } from '../page-types.ts';
import { isJson, listOf, textOf, type Json, type MessageView, type ViewView } from '../slack-api/index.ts';

/** Gives the bytes of an uploaded picture. */
export type FindFile = (id: string) => Uint8Array | undefined;

export type PageMessageOptions = { chat: string; nameOf: (user: string) => string; findFile: FindFile };

/** Gives a message of Slack as the page gets it: its pictures as addresses, its history as one mark. */
export function toSlackMessage(message: MessageView, options: PageMessageOptions): SlackMessage {
  const { ts, user, isBot, text, threadTs, isBroadcast, ephemeralFor, isPinned, edits } = message;
  return {
    id: ts,
    chat: options.chat,
    from: { id: user, name: options.nameOf(user), isBot },
    at: Math.floor(Number(ts)) * 1000,
    text,
    blocks: toPageBlocks(message.blocks, options.findFile),
    thread: threadTs,
    isBroadcast,
    onlyFor: ephemeralFor,
    pinned: isPinned,
    edited: edits.some((earlier) => wordsOf(earlier) !== wordsOf(message)),
  };
}

/** Gives a modal or a Home tab as the page gets it. */
export function toSlackView({ id, type, user, view }: ViewView, findFile: FindFile): SlackView {
  return {
    id,
    kind: type,
    user,
    title: labelOf(view['title']) ?? '',
    submit: labelOf(view['submit']),
    close: labelOf(view['close']),
    blocks: toPageBlocks(listOf(view, 'blocks'), findFile),
  };
}

function labelOf(text: unknown): string | null {
  return isJson(text) ? (textOf(text, 'text') ?? null) : null;
}

/** New buttons and a picture that came later change nothing of what was said. */
function wordsOf({ text, blocks }: Pick<MessageView, 'text' | 'blocks'>): string {
  return JSON.stringify([text, blocks.filter(({ type }) => type !== 'actions' && type !== 'image')]);
}

/** The stand-in has checked the blocks; pictures get the addresses at which the page finds them. */
function toPageBlocks(blocks: readonly Json[], findFile: FindFile): SlackBlock[] {
  return blocks.map((block) => {
    const elements = listOf(block, 'elements').map((element) => withAddress(element, findFile));
    const shown = elements.length > 0 ? { ...block, elements } : withAddress(block, findFile);
    return shown as SlackBlock;
  });
}

function withAddress(part: Json, findFile: FindFile): Json | SlackImage {
  const file = part['slack_file'];
  const id = isJson(file) ? textOf(file, 'id') : undefined;
  if (part['type'] !== 'image' || id === undefined) return part;
  return {
    type: 'image',
    src: `/play/slack/file/${encodeURIComponent(id)}`,
    ...sizeOf(findFile(id)),
    alt_text: textOf(part, 'alt_text') ?? '',
  };
}

/** Where the header of a PNG says how large it is (PNG, 11.2.2). */
const SIZE_AT = { width: 16, height: 20, end: 24 };
const UNKNOWN_SIZE = { width: 1280, height: 720 };

function sizeOf(bytes: Uint8Array | undefined): { width: number; height: number } {
  if (bytes === undefined || bytes.length < SIZE_AT.end) return UNKNOWN_SIZE;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(SIZE_AT.width), height: view.getUint32(SIZE_AT.height) };
}
