/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { MarkedToken, Token, Tokens } from 'marked';
import { safeHref } from './links.ts';
import type { MarkdownTokens } from './markdown-tokens.ts';

/** Gives the picture that stands at an address within a page; undefined when it may not be loaded. */
export type FindPicture = (address: string) => { src: string; width: number; height: number } | undefined;

/** What pieces are drawn with. */
export type Page = Pick<MarkdownTokens, 'ids'> & { findPicture: FindPicture; inLink?: boolean };

const COMMENT = /<!--[\s\S]*?-->/g;
/** a named character, such as `&nbsp;`; the library reads numbered ones */
const NAMED_CHARACTER = /(&[a-z]\w{1,31};)/i;

/** Draws the pieces of a line or paragraph. */
export function toInlines(tokens: readonly Token[], page: Page): Child[] {
  return tokens.map((token) => toInline(asKnown(token), page));
}

/** Draws one piece of a line. */
export function toInline(token: MarkedToken, page: Page): Child {
  switch (token.type) {
    case 'strong':
      return <strong>{toInlines(token.tokens, page)}</strong>;
    case 'em':
      return <em>{toInlines(token.tokens, page)}</em>;
    case 'del':
      return <del>{toInlines(token.tokens, page)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'link':
      return toLink(token.href, { page, text: toInlines(token.tokens, { ...page, inLink: true }) });
    case 'image':
      return toPicture(token, page);
    case 'br':
      return <br />;
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'html':
      return withoutComments(token.text);
    case 'escape':
      return token.text;
    case 'text':
      return token.tokens ? toInlines(token.tokens, page) : toText(token.text);
    default:
      return token.raw;
  }
}

function toLink(address: string, { page, text }: { page: Page; text: Child }): Child {
  const href = page.inLink ? undefined : safeHref(address);
  return href === undefined ? text : <a href={href}>{text}</a>;
}

/** A picture leads to itself at full size. */
function toPicture({ href, text }: Tokens.Image, page: Page): Child {
  const picture = page.findPicture(href);
  if (!picture) return toLink(href, { page, text });
  const image = <img {...picture} alt={text} loading="lazy" decoding="async" />;
  return page.inLink ? image : <a href={picture.src}>{image}</a>;
}

/** Gives text as it is, except that a named character is left to the browser, which knows them all. */
export function toText(text: string): Child[] {
  return text.split(NAMED_CHARACTER).map((piece, index) => (index % 2 === 1 ? raw(piece) : piece));
}

/** Gives a token as one of the library's own: there are no others, as it is given no extension. */
export function asKnown(token: Token): MarkedToken {
  return token as MarkedToken;
}

/** Gives HTML without its comments. */
export function withoutComments(html: string): string {
  return html.replaceAll(COMMENT, '');
}
