/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { parseMarkdown } from './markdown-blocks.ts';
import type { Block, Cell, Inline, ListItem } from './markdown-types.ts';

/** A page written in Markdown. Whatever stands in it is escaped; only links that lead to pages or mailboxes are links. */
export const Markdown: FC<{ text: string }> = ({ text }) => <Blocks blocks={parseMarkdown(text)} />;

const Blocks: FC<{ blocks: readonly Block[] }> = ({ blocks }) => (
  <>
    {blocks.map((block) => (
      <BlockView block={block} />
    ))}
  </>
);

const BlockView: FC<{ block: Block }> = ({ block }) => {
  switch (block.kind) {
    case 'heading':
      return <Heading level={block.level} id={block.id} text={block.text} />;
    case 'paragraph':
      return (
        <p>
          <Inlines text={block.text} />
        </p>
      );
    case 'list':
      return <ListView ordered={block.ordered} start={block.start} items={block.items} />;
    case 'code':
      return <Code text={block.text} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'table':
      return <TableView head={block.head} rows={block.rows} />;
    case 'rule':
      return <hr />;
  }
};

/** Code that scrolls sideways, also by keyboard. */
export const Code: FC<{ text: string }> = ({ text }) => (
  <pre tabindex={0}>
    <code>{text}</code>
  </pre>
);

const Heading: FC<{ level: number; id: string; text: readonly Inline[] }> = ({ level, id, text }) => {
  const content = <Inlines text={text} />;
  if (level === 1) return <h1 id={id}>{content}</h1>;
  if (level === 2) return <h2 id={id}>{content}</h2>;
  return level === 3 ? <h3 id={id}>{content}</h3> : <h4 id={id}>{content}</h4>;
};

const ListView: FC<{ ordered: boolean; start: number; items: readonly ListItem[] }> = (list) => {
  const items = list.items.map(({ text, children }) => (
    <li>
      <Inlines text={text} />
      <Blocks blocks={children} />
    </li>
  ));
  return list.ordered ? <ol start={list.start}>{items}</ol> : <ul>{items}</ul>;
};

const TableView: FC<{ head: readonly Cell[]; rows: readonly (readonly Cell[])[] }> = ({ head, rows }) => (
  <div class="scroll" tabindex={0} role="region" aria-label="table">
    <table class="plain">
      <thead>
        <tr>
          {head.map((cell) => (
            <th class={alignOf(cell)}>
              <Inlines text={cell.text} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell) => (
              <td class={alignOf(cell)}>
                <Inlines text={cell.text} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

function alignOf({ align }: Cell): string | undefined {
  return align === null ? undefined : `align-${align}`;
}

const Inlines: FC<{ text: readonly Inline[] }> = ({ text }) => (
  <>
    {text.map((inline) => (
      <InlineView inline={inline} />
    ))}
  </>
);

const InlineView: FC<{ inline: Inline }> = ({ inline }) => {
  switch (inline.kind) {
    case 'text':
      return <>{inline.text}</>;
    case 'code':
      return <code>{inline.text}</code>;
    case 'strong':
      return (
        <strong>
          <Inlines text={inline.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines text={inline.children} />
        </em>
      );
    case 'link': {
      const href = safeHref(inline.href);
      const text = <Inlines text={inline.children} />;
      return href === undefined ? text : <a href={href}>{text}</a>;
    }
  }
};

/**
 * Gives an address that may stand in a page: on the web, a mailbox, on this site, or in this page; `name.md` is the page of
 * that file. Undefined for all else, such as scripts.
 */
export function safeHref(href: string): string | undefined {
  if (/^(https?:\/\/|mailto:)[^\s]+$/i.test(href)) return href;
  if (/^#[^\s]*$/.test(href) || /^\/(?![/\\])[^\s]*$/.test(href)) return href;
  const file = /^(?:\.\/)?(?:docs\/)?([\w-]+)\.md(#[^\s]*)?$/.exec(href);
  return file ? `/docs/${file[1]}${file[2] ?? ''}` : undefined;
}
