import { parseInline, plainText } from './markdown-inline.ts';
import type { Alignment, Block, Cell, ListItem } from './markdown-types.ts';

const MAX_DEPTH = 8;
const HEADING = /^ {0,3}(#{1,6})\s+(\S.*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])( {1,4}|$)(.*)$/;
const DELIMITERS = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const COMMENT = /<!--[\s\S]*?-->/g;

/** What a reader of blocks has before it: the lines, and anchors given so far. */
type Source = { lines: readonly string[]; at: number; ids: Map<string, number>; depth: number };

/**
 * Reads the Markdown that pages are written in: headings, paragraphs, lists, code, quotes, tables, links. HTML is text, except
 * comments, which are left out.
 */
export function parseMarkdown(markdown: string): Block[] {
  const lines = markdown
    .replaceAll('\r\n', '\n')
    .replaceAll(COMMENT, '')
    .replaceAll('\t', '    ')
    .split('\n');
  return parseBlocks({ lines, at: 0, ids: new Map(), depth: 0 });
}

function parseBlocks(source: Source): Block[] {
  const blocks: Block[] = [];
  while (source.at < source.lines.length) {
    if (lineOf(source).trim() === '') source.at += 1;
    else blocks.push(readBlock(source));
  }
  return blocks;
}

function readBlock(source: Source): Block {
  const line = lineOf(source);
  if (FENCE.test(line)) return readFence(source);
  if (HEADING.test(line)) return readHeading(source);
  if (RULE.test(line)) {
    source.at += 1;
    return { kind: 'rule' };
  }
  if (source.depth < MAX_DEPTH) {
    if (QUOTE.test(line)) return readQuote(source);
    if (ITEM.test(line)) return readList(source);
  }
  return isTable(source) ? readTable(source) : readParagraph(source);
}

function lineOf({ lines, at }: Source, ahead = 0): string {
  return lines[at + ahead] ?? '';
}

function readFence(source: Source): Block {
  const fence = FENCE.exec(lineOf(source))?.[1] ?? '```';
  const body: string[] = [];
  for (source.at += 1; source.at < source.lines.length; source.at += 1) {
    if (lineOf(source).trim().startsWith(fence)) break;
    body.push(lineOf(source));
  }
  source.at += 1;
  return { kind: 'code', text: body.join('\n') };
}

function readHeading(source: Source): Block {
  const [, marks = '#', title = ''] = HEADING.exec(lineOf(source)) ?? [];
  source.at += 1;
  const text = parseInline(title.trimEnd().replace(/\s#+$/, ''));
  return { kind: 'heading', level: marks.length, text, id: takeId(plainText(text), source.ids) };
}

/** Anchors as code hosts make them: words in lower case joined by dashes, numbered when a title comes twice. */
function takeId(title: string, ids: Map<string, number>): string {
  const words = title.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
  const slug = words.trim().replaceAll(/\s+/g, '-') || 'section';
  const count = ids.get(slug) ?? 0;
  ids.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}

function readQuote(source: Source): Block {
  const lines: string[] = [];
  for (; QUOTE.test(lineOf(source)); source.at += 1) lines.push(lineOf(source).replace(QUOTE, ''));
  return { kind: 'quote', children: parseBlocks(inside(source, lines)) };
}

function inside({ ids, depth }: Source, lines: readonly string[]): Source {
  return { lines, at: 0, ids, depth: depth + 1 };
}

function readList(source: Source): Block {
  const [, , marker = '-'] = ITEM.exec(lineOf(source)) ?? [];
  const ordered = /\d/.test(marker);
  const items: ListItem[] = [];
  for (let match = ITEM.exec(lineOf(source)); match; match = ITEM.exec(lineOf(source))) {
    if (/\d/.test(match[2] ?? '') !== ordered) break;
    items.push(readItem(source, match));
    if (lineOf(source).trim() === '' && ITEM.test(lineOf(source, 1))) source.at += 1;
  }
  return { kind: 'list', ordered, start: ordered ? Number.parseInt(marker, 10) : 1, items };
}

/** An item goes on over the lines that are indented as its text is, and over lines that only continue its paragraph. */
function readItem(source: Source, match: RegExpExecArray): ListItem {
  const [, indent = '', marker = '', gap = ' ', first = ''] = match;
  const width = indent.length + marker.length + Math.max(1, gap.length);
  const text: string[] = [first];
  source.at += 1;
  while (source.at < source.lines.length && isContinued(lineOf(source))) {
    text.push(lineOf(source).trim());
    source.at += 1;
  }
  const children: string[] = [];
  while (source.at < source.lines.length && isChild(source, width)) {
    children.push(lineOf(source).slice(width));
    source.at += 1;
  }
  return { text: parseInline(text.join('\n').trim()), children: parseBlocks(inside(source, children)) };
}

function isContinued(line: string): boolean {
  return line.trim() !== '' && !ITEM.test(line.trimStart()) && !startsBlock(line.trimStart());
}

function isChild(source: Source, width: number): boolean {
  const isIndented = (line: string): boolean => line.trim() !== '' && line.startsWith(' '.repeat(width));
  if (isIndented(lineOf(source))) return true;
  return lineOf(source).trim() === '' && isIndented(lineOf(source, 1));
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || HEADING.test(line) || QUOTE.test(line) || RULE.test(line);
}

function isTable(source: Source): boolean {
  const delimiters = lineOf(source, 1);
  return lineOf(source).includes('|') && delimiters.includes('-') && DELIMITERS.test(delimiters);
}

function readTable(source: Source): Block {
  const align = splitRow(lineOf(source, 1)).map(alignmentOf);
  const toCells = (line: string): Cell[] => {
    const texts = splitRow(line);
    return align.map((side, index) => ({ text: parseInline(texts[index] ?? ''), align: side }));
  };
  const head = toCells(lineOf(source));
  const rows: Cell[][] = [];
  for (source.at += 2; lineOf(source).includes('|'); source.at += 1) rows.push(toCells(lineOf(source)));
  return { kind: 'table', head, rows };
}

function splitRow(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

function alignmentOf(mark: string): Alignment {
  if (mark.endsWith(':')) return mark.startsWith(':') ? 'center' : 'right';
  return mark.startsWith(':') ? 'left' : null;
}

function readParagraph(source: Source): Block {
  const lines: string[] = [];
  do {
    lines.push(lineOf(source).trim());
    source.at += 1;
  } while (source.at < source.lines.length && goesOn(source));
  return { kind: 'paragraph', text: parseInline(lines.join('\n')) };
}

function goesOn(source: Source): boolean {
  const line = lineOf(source);
  return line.trim() !== '' && !startsBlock(line) && !ITEM.test(line) && !isTable(source);
}
