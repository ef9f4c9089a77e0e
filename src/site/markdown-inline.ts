import type { Inline } from './markdown-types.ts';

type Found = { inline: Inline; length: number };

/** Nesting deeper than this is text. */
const MAX_DEPTH = 8;
const ESCAPED = /^\\([!-/:-@[-`{-~])/;
const CODE = /^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/;
const AUTO_LINK = /^<((?:https?:\/\/|mailto:)[^\s<>]+)>/;
const LINK =
  /^!?\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+"[^"]*")?\s*\)/;
const BARE_URL = /^https?:\/\/[^\s<>()"'`*]+[^\s<>()"'`*.,;:!?]/;
const STRONG = /^(\*\*|__)(?=\S)([\s\S]*?\S)\1/;
const EMPHASIS = /^([*_])(?=\S)((?:(?!\1)[\s\S])*\S)\1(?![\p{L}\p{N}])/u;
/** where something other than text may begin */
const NEXT = /[\\`<![*_]|https?:\/\//g;

/** Reads the marks within a line or paragraph: code, links, strong and emphasised text. Everything else is text. */
export function parseInline(text: string, depth = 0): Inline[] {
  const inlines: Inline[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const found = depth < MAX_DEPTH ? findMark(text.slice(at), text.slice(0, at), depth) : undefined;
    if (found) {
      inlines.push(...toText(plain), found.inline);
      plain = '';
      at += found.length;
      continue;
    }
    NEXT.lastIndex = at + 1;
    const next = NEXT.exec(text)?.index ?? text.length;
    plain += text.slice(at, next);
    at = next;
  }
  return [...inlines, ...toText(plain)];
}

/** Gives the text of pieces without their marks. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ('text' in inline ? inline.text : plainText(inline.children))).join('');
}

function toText(text: string): Inline[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

function findMark(rest: string, before: string, depth: number): Found | undefined {
  const inner = (text = ''): Inline[] => parseInline(text, depth + 1);
  const escaped = ESCAPED.exec(rest);
  if (escaped) return found(escaped, { kind: 'text', text: escaped[1] ?? '' });
  const code = CODE.exec(rest);
  if (code) return found(code, { kind: 'code', text: trimCode(code[2] ?? '') });
  const auto = AUTO_LINK.exec(rest);
  if (auto) return found(auto, linkTo(auto[1] ?? ''));
  const link = LINK.exec(rest);
  if (link) return found(link, { kind: 'link', href: link[2] ?? '', children: inner(link[1]) });
  const strong = STRONG.exec(rest);
  if (strong) return found(strong, { kind: 'strong', children: inner(strong[2]) });
  const emphasis = isInsideWord(rest, before) ? null : EMPHASIS.exec(rest);
  if (emphasis) return found(emphasis, { kind: 'emphasis', children: inner(emphasis[2]) });
  const url = BARE_URL.exec(rest);
  return url ? found(url, linkTo(url[0])) : undefined;
}

function found(match: RegExpExecArray, inline: Inline): Found {
  return { inline, length: match[0].length };
}

function linkTo(href: string): Inline {
  return { kind: 'link', href, children: [{ kind: 'text', text: href.replace(/^mailto:/, '') }] };
}

/** `snake_case_names` hold no emphasis. */
function isInsideWord(rest: string, before: string): boolean {
  return rest.startsWith('_') && /[\p{L}\p{N}]$/u.test(before);
}

/** One space within the marks is there to hold a backtick. */
function trimCode(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return /^ .*\S.* $/.test(line) ? line.slice(1, -1) : line;
}
