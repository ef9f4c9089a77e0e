import { problemOfUrl } from './url.ts';

/** A part of a text with a meaning: bold, a link, an instant. Offsets and lengths are UTF-16 units. */
export type Entity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
  unix_time?: number;
  date_time_format?: string;
};

export type ParsedHtml = { ok: true; text: string; entities: Entity[] } | { ok: false; problem: string };

const ENTITY_OF_TAG: Record<string, string> = {
  a: 'text_link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
  'tg-time': 'date_time',
  pre: 'pre',
  code: 'code',
  blockquote: 'blockquote',
};

const NAMED_REFERENCES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const HIGHEST_CODE_POINT = 0x10ffff;
const SPACE = /\s/;

type OpenTag = { tag: string; attributes: Map<string, string>; offset: number };
type Cursor = { source: string; at: number };

class Refusal extends Error {}

/**
 * Reads a text in Telegram's HTML style as the Bot API does (`parse_html` of tdlib), and gives its plain text and entities, or
 * the sentence with which the API refuses it.
 */
export function parseHtml(source: string): ParsedHtml {
  try {
    return { ok: true, ...readAll({ source, at: 0 }) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.message };
    throw error;
  }
}

function readAll(cursor: Cursor): { text: string; entities: Entity[] } {
  const { source } = cursor;
  const open: OpenTag[] = [];
  const entities: Entity[] = [];
  let text = '';
  while (cursor.at < source.length) {
    const char = source[cursor.at];
    if (char === '<' && source[cursor.at + 1] === '/') {
      const entity = closeTag(cursor, open, text);
      if (entity) entities.push(entity);
    } else if (char === '<') {
      open.push({ ...readStartTag(cursor), offset: text.length });
    } else if (char === '&') {
      text += readReference(cursor);
    } else {
      text += readUntil(cursor, /[<&]/g);
    }
  }
  const last = open.at(-1);
  if (last) throw new Refusal(`Can't find end tag corresponding to start tag "${last.tag}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function readUntil(cursor: Cursor, stop: RegExp): string {
  stop.lastIndex = cursor.at;
  const end = stop.exec(cursor.source)?.index ?? cursor.source.length;
  const text = cursor.source.slice(cursor.at, end);
  cursor.at = end;
  return text;
}

/** A reference that Telegram does not know stays as it is written. */
function readReference(cursor: Cursor): string {
  const match = /^&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?/.exec(
    cursor.source.slice(cursor.at, cursor.at + 12),
  );
  const [whole = '&', hex, decimal, name] = match ?? [];
  const decoded = name === undefined ? decodeNumber(hex, decimal) : NAMED_REFERENCES[name];
  const written = decoded === undefined ? '&' : whole;
  cursor.at += written.length;
  return decoded ?? '&';
}

function decodeNumber(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
  return code > 0 && code < HIGHEST_CODE_POINT ? String.fromCodePoint(code) : undefined;
}

function readStartTag(cursor: Cursor): { tag: string; attributes: Map<string, string> } {
  const begin = cursor.at;
  cursor.at += 1;
  const tag = readUntil(cursor, /[\s>]/g).toLowerCase();
  if (cursor.at >= cursor.source.length)
    throw new Refusal(`Unclosed start tag at byte offset ${byteOffset(cursor, begin)}`);
  if (!Object.hasOwn(ENTITY_OF_TAG, tag))
    throw new Refusal(`Unsupported start tag "${tag}" at byte offset ${byteOffset(cursor, begin)}`);
  const attributes = new Map<string, string>();
  for (;;) {
    skipSpace(cursor);
    if (cursor.source[cursor.at] === '>') break;
    const [name, value] = readAttribute(cursor, tag, begin);
    attributes.set(name, value);
  }
  cursor.at += 1;
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler')
    throw new Refusal(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(cursor, begin)}`);
  return { tag, attributes };
}

function readAttribute(cursor: Cursor, tag: string, begin: number): [name: string, value: string] {
  const name = readUntil(cursor, /[\s=>/"']/g);
  if (name === '')
    throw new Refusal(`Empty attribute name in the tag "${tag}" at byte offset ${byteOffset(cursor, begin)}`);
  skipSpace(cursor);
  if (cursor.source[cursor.at] === '=') {
    cursor.at += 1;
    skipSpace(cursor);
    const quote = cursor.source[cursor.at];
    const value = quote === '"' || quote === "'" ? readQuoted(cursor, quote) : readToken(cursor);
    if (cursor.at < cursor.source.length) return [name, value];
  } else if (cursor.at < cursor.source.length) {
    return [name, ''];
  }
  throw new Refusal(`Unclosed start tag "${tag}" at byte offset ${byteOffset(cursor, begin)}`);
}

function readQuoted(cursor: Cursor, quote: string): string {
  cursor.at += 1;
  let value = '';
  while (cursor.at < cursor.source.length && cursor.source[cursor.at] !== quote)
    value +=
      cursor.source[cursor.at] === '&'
        ? readReference(cursor)
        : readUntil(cursor, quote === '"' ? /["&]/g : /['&]/g);
  cursor.at += 1;
  return value;
}

function readToken(cursor: Cursor): string {
  const begin = cursor.at;
  const token = readUntil(cursor, /[^a-zA-Z0-9.-]/g);
  const next = cursor.source[cursor.at];
  if (next !== undefined && next !== '>' && !SPACE.test(next))
    throw new Refusal(`Unexpected end of name token at byte offset ${byteOffset(cursor, begin)}`);
  return token.toLowerCase();
}

function closeTag(cursor: Cursor, open: OpenTag[], text: string): Entity | undefined {
  const begin = cursor.at;
  const opened = open.pop();
  if (!opened) throw new Refusal(`Unexpected end tag at byte offset ${byteOffset(cursor, begin)}`);
  cursor.at += 2;
  const name = readUntil(cursor, /[\s>]/g).toLowerCase();
  skipSpace(cursor);
  if (cursor.source[cursor.at] !== '>')
    throw new Refusal(`Unclosed end tag at byte offset ${byteOffset(cursor, begin)}`);
  cursor.at += 1;
  if (name !== '' && name !== opened.tag)
    throw new Refusal(
      `Unmatched end tag at byte offset ${byteOffset(cursor, begin)}, expected "</${opened.tag}>", found "</${name}>"`,
    );
  return toEntity(opened, text);
}

function toEntity({ tag, attributes, offset }: OpenTag, text: string): Entity | undefined {
  const length = text.length - offset;
  if (length === 0) return undefined;
  const entity: Entity = { type: ENTITY_OF_TAG[tag] ?? tag, offset, length };
  if (tag === 'a') {
    const url = attributes.get('href') ?? text.slice(offset);
    return problemOfUrl(url) === null ? { ...entity, url } : undefined;
  }
  if (tag === 'tg-time') {
    const format = attributes.get('format') ?? '';
    if (format.toLowerCase() !== 'r' && !/^[tTdDwW]*$/.test(format))
      throw new Refusal('Invalid date format used');
    const unix = Number.parseInt(attributes.get('unix') ?? '', 10);
    return unix > 0 ? { ...entity, unix_time: unix, date_time_format: format } : undefined;
  }
  const language = tag === 'code' ? /^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1] : undefined;
  return language === undefined ? entity : { ...entity, language };
}

function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.source.length && SPACE.test(cursor.source[cursor.at] ?? '')) cursor.at += 1;
}

function byteOffset(cursor: Cursor, index: number): number {
  return Buffer.byteLength(cursor.source.slice(0, index));
}
