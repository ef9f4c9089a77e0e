/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import type { PageContext } from './page-context.ts';

/** The width that pictures are drawn at. */
const WIDTH = 1280;

/** A picture in the scheme of the reader's system, that leads to itself at full size. */
export const ThemedPicture: FC<{
  path: string;
  query?: URLSearchParams;
  alt: string;
  wide?: boolean;
  /** the height it is drawn at, where that is known: its place is kept while it loads */
  height?: number;
  context: PageContext;
}> = ({ path, query, alt, wide = false, height, context: { pictureHref, words } }) => {
  const hrefOf = (theme: 'light' | 'dark'): string => {
    const search = new URLSearchParams(query);
    search.set('theme', theme);
    search.set('locale', words.locale);
    return pictureHref(`${path}?${search.toString()}`);
  };
  return (
    <figure class={wide ? 'wide' : undefined}>
      <a href={hrefOf('light')}>
        <picture>
          <source media="(prefers-color-scheme: dark)" srcset={hrefOf('dark')} />
          <img
            src={hrefOf('light')}
            alt={alt}
            width={WIDTH}
            height={height}
            loading="lazy"
            decoding="async"
          />
        </picture>
      </a>
    </figure>
  );
};
