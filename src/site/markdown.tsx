/** @jsxImportSource hono/jsx */
import type { Child, FC } from 'hono/jsx';
import type { MarkedToken, Token, Tokens } from 'marked';
import {
  asKnown,
  toInline,
  toInlines,
  toText,
  withoutComments,
  type FindPicture,
  type Page,
} from './markdown-inline.tsx';
import { plainText, readMarkdown } from './markdown-tokens.ts';

type MarkdownProps = {
  text: string;
  findPicture?: FindPicture | undefined;
  /** names the list of sections that a long page has under its title; without it there is none */
  contents?: string;
};

/** From so many sections on, a page lists them. */
const SECTIONS_MIN = 4;

/**
 * A page written in Markdown. HTML in it is text, except comments, which are left out; only links that lead to pages or
 * mailboxes are links; a picture that may not be loaded is its text.
 */
export const Markdown: FC<MarkdownProps> = ({ text, findPicture = () => undefined, contents }) => {
  const { tokens, ids } = readMarkdown(text);
  const page = { ids, findPicture };
  const start = tokens.findIndex((token) => isHeading(token, 1)) + 1;
  return (
    <>
      {toBlocks(tokens.slice(0, start), page)}
      {contents === undefined ? null : toContents(tokens, { ids, contents })}
      {toBlocks(tokens.slice(start), page)}
    </>
  );
};

/** Code that scrolls sideways, also by keyboard. */
export const Code: FC<{ text: string }> = ({ text }) => (
  <pre tabindex={0}>
    <code>{text}</code>
  </pre>
);

function isHeading(token: Token, depth: number): token is Tokens.Heading {
  return token.type === 'heading' && 'depth' in token && token.depth === depth;
}

function toContents(
  tokens: readonly Token[],
  { ids, contents }: { ids: Page['ids']; contents: string },
): Child {
  const sections = tokens.filter((token) => isHeading(token, 2));
  if (sections.length < SECTIONS_MIN) return null;
  return (
    <nav aria-label={contents}>
      <ul class="counts small">
        {sections.map((section) => (
          <li>
            <a href={`#${ids.get(section)}`}>{toText(plainText(section.tokens))}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

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
      return withoutComments(token.text).trim() === '' ? null : <p>{toInline(token, page)}</p>;
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
