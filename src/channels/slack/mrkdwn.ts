import { printable, writePlain, type SpanWriter } from '../../answers/index.ts';
import { URL_MAX } from './limits.ts';

/** It has no width; a mark with it behind marks nothing. */
const BREAK = '\u200b';
/** What calls everybody. */
const CALL = /@(?=(?:here|channel|everyone|group)\b)/gi;
/** The next span may complete a call. */
const CALL_BEGUN = /@$/;
const LATEST_UNIX_TIME = 2 ** 31 - 1;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Gives a text whose characters stand for themselves: no marks, no links, no calls to everybody, no quotes. */
export function escapeMrkdwn(text: string): string {
  return escapeEntities(
    printable(text)
      .replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu, `$&${BREAK}`)
      .replace(CALL, `@${BREAK}`)
      .replace(CALL_BEGUN, `@${BREAK}`),
  ).replace(/^(\s*)&gt;/, `$1${BREAK}&gt;`);
}

/** Gives a text for where Slack reads no marks, only entities and calls. */
export function escapeText(text: string): string {
  return escapeEntities(printable(text).replace(CALL, `@${BREAK}`));
}

function escapeEntities(text: string): string {
  return text.replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
}

/** Gives a span as Slack's mrkdwn; instants are shown in the reader's zone. */
export const writeMrkdwn: SpanWriter = (span) => {
  if (typeof span === 'string') return escapeMrkdwn(span);
  switch (span.kind) {
    case 'bold':
      return marked('*', span.text);
    case 'italic':
      return marked('_', span.text);
    case 'code':
      return marked('`', span.text.replaceAll('`', "'"));
    case 'link':
      return isOpenable(span.url)
        ? `<${addressOf(span.url)}|${labelOf(span.text) || 'link'}>`
        : escapeMrkdwn(writePlain(span));
    case 'at':
      return instantMark(span.at, span.text);
  }
};

/** Marks stand at words, never at spaces; those of the text itself are broken by what `escapeMrkdwn` does. */
function marked(mark: string, text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(printable(text)) ?? [];
  if (inner === '') return before + after;
  const own = mark === '`' ? escapeText(inner) : escapeMrkdwn(inner.replaceAll(mark, ''));
  return own === '' ? before + after : `${before}${mark}${own}${mark}${after}`;
}

/** Inside a link or an instant `|` ends the part. */
function labelOf(text: string): string {
  return escapeText(text).replaceAll('|', '¦').trim();
}

/** Gives a line of a block of fixed width, which it cannot end. */
export function escapeCode(line: string): string {
  return escapeText(line.replaceAll('```', "'''"));
}

/** A block of fixed width around lines that are escaped. */
export function codeBlock(escaped: string): string {
  return `\`\`\`\n${escaped}\n\`\`\``;
}

/** Tells whether others can open an address: http or https on a host with a dot. */
export function isOpenable(address: string): boolean {
  if (!/^https?:\/\//i.test(address) || /\s/.test(address) || !URL.canParse(address)) return false;
  const { hostname, href } = new URL(address);
  return href.length <= URL_MAX / 2 && (hostname.includes('.') || hostname.startsWith('['));
}

const ADDRESS_ESCAPES: Record<string, string> = { '|': '%7C', '<': '%3C', '>': '%3E', '&': '&amp;' };

function addressOf(address: string): string {
  return new URL(address).href.replace(/[|<>&]/g, (char) => ADDRESS_ESCAPES[char] ?? char);
}

/** Slack's format that shows what the fallback shows: a clock time, with its day; a date; an age stays as it is. */
function instantMark(at: Date, fallback: string): string {
  const unix = Math.floor(at.getTime() / 1000);
  const text = labelOf(fallback);
  if (!(unix > 0 && unix <= LATEST_UNIX_TIME) || text === '') return escapeMrkdwn(fallback);
  const day = fallback.replace(/\d{1,2}:\d{2}(:\d{2})?/, '');
  const format = formatOf(day, fallback);
  return format === null ? escapeMrkdwn(fallback) : `<!date^${unix}^${format}|${text}>`;
}

function formatOf(day: string, fallback: string): string | null {
  if (day === fallback) return /\d{4}/.test(fallback) ? '{date_short}' : null;
  return /[\p{L}\d]/u.test(day) ? '{date_short_pretty} {time}' : '{time}';
}
