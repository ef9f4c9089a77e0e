/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import type { MarkedToken, Token, Tokens } from 'marked';
import { safeHref } from './links.ts';
import { plainText, readMarkdown, type MarkdownTokens } from './markdown-tokens.ts';

/** Gives the picture that stands at an address within a page; undefined when it may not be loaded. */
export type FindPicture = (address: string) => { src: string; width: number; height: number } | undefined;

type Page = Pick<MarkdownTokens, 'ids'> & { findPicture: FindPicture; inLink?: boolean };

const COMMENT = /<!--[\s\S]*?-->/g;
/** a named character, such as `&nbsp;`; the library reads numbered ones */
const NAMED_CHARACTER = /(&[a-z]\w{1,31};)/i;

/**
 * A page written in Markdown. HTML in it is text, except comments, which are left out; only links that lead to pages or
 * mailboxes are links; a picture that may not be loaded is its text.
 */
export const Markdown: FC<{ text: string; findPicture?: FindPicture | undefined }> = ({
  text,
  findPicture = () => undefined,
}) => {
  const { tokens, ids } = readMarkdown(text);
  return <>{toBlocks(tokens, { ids, findPicture })}</>;
};

/** Code that scrolls sideways, also by keyboard. */
export const Code: FC<{ text: string }> = ({ text }) => (
  <pre tabindex={0}>
    <code>{text}</code>
  </pre>
);

function toBlocks(tokens: readonly Token[], page: Page): Child[] {
  return tokens.map((token) => toBlock(asKnown(token), page));
}

function toBlock(token: MarkedToken, page: Page): Child {
  switch (token.type) {
    case 'heading':
      return toHeading(token, page);
    case 'paragraph':
      return <p>{toInlines(token.tokens, page)}</p>;
    case 'list':
      return toList(token, page);
    case 'code':
      return <Code text={token.text} />;
    case 'blockquote':
      return <blockquote>{toBlocks(token.tokens, page)}</blockquote>;
    case 'table':
      return toTable(token, page);
    case 'hr':
      return <hr />;
    case 'html':
      return token.text.replaceAll(COMMENT, '').trim() === '' ? null : <p>{toInline(token, page)}</p>;
    case 'space':
    case 'def':
      return null;
    default:
      return toInline(token, page);
  }
}

function toHeading(token: Tokens.Heading, page: Page): Child {
  const Tag = (['h1', 'h2', 'h3'] as const)[token.depth - 1] ?? 'h4';
  return <Tag id={page.ids.get(token)}>{toInlines(token.tokens, page)}</Tag>;
}

function toList({ ordered, start, items }: Tokens.List, page: Page): Child {
  const lines = items.map(({ tokens }) => <li>{toBlocks(tokens, page)}</li>);
  return ordered ? <ol start={Number(start)}>{lines}</ol> : <ul>{lines}</ul>;
}

/** A wide table scrolls sideways, also by keyboard; its columns name it. */
function toTable({ header, rows }: Tokens.Table, page: Page): Child {
  const name = header.map(({ tokens }) => plainText(tokens)).join(', ');
  return (
    <div class="scroll" tabindex={0} role="group" aria-label={name}>
      <table class="plain">
        <thead>
          <tr>
            {header.map((cell) => (
              <th scope="col" class={alignOf(cell)}>
                {toInlines(cell.tokens, page)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td class={alignOf(cell)}>{toInlines(cell.tokens, page)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function alignOf({ align }: Tokens.TableCell): string | undefined {
  return align === null ? undefined : `align-${align}`;
}

function toInlines(tokens: readonly Token[], page: Page): Child[] {
  return tokens.map((token) => toInline(asKnown(token), page));
}

function toInline(token: MarkedToken, page: Page): Child {
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
      return token.text.replaceAll(COMMENT, '');
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

/** A named character is left to the browser, which knows them all. */
function toText(text: string): Child[] {
  return text.split(NAMED_CHARACTER).map((piece, index) => (index % 2 === 1 ? raw(piece) : piece));
}

/** The library's own tokens are all there are: it is given no extension. */
function asKnown(token: Token): MarkedToken {
  return token as MarkedToken;
}
