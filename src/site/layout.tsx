/** @jsxImportSource hono/jsx */
import type { Child, FC } from 'hono/jsx';
import { renderToString } from 'hono/jsx/dom/server';
import type { Words } from '../answers/index.ts';
import type { Registry } from '../registry/index.ts';
import { hrefs, listAuditPages, listDomains, titleOfSlug } from './links.ts';
import { listPages, type ProjectPages } from './project-pages.ts';
import { STYLE } from './style.ts';

/** What every page is made with. */
export type Reader = { registry: Registry; words: Words; url: URL; projectPages: ProjectPages };

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath d='M2 17h7l4-10 6 19 4-9h7' fill='none' stroke='%23c62828' stroke-width='3'/%3E%3C/svg%3E";

/** Gives a whole document. */
export function renderDocument(reader: Reader, { title, body }: { title: string; body: Child }): string {
  const { words, registry } = reader;
  const page = (
    <html lang={words.locale}>
      <Head title={`${title} · ${registry.workspace.name}`} />
      <body>
        <a class="skip" href="#main">
          {words.t('site-skip')}
        </a>
        <Top reader={reader} />
        <div class="shell">
          <Contents reader={reader} />
          <main id="main">{body}</main>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}

/** Gives a document without the workspace around it: for readers who may not see it. */
export function renderBareDocument(words: Words, { title, body }: { title: string; body: Child }): string {
  const page = (
    <html lang={words.locale}>
      <Head title={title} />
      <body>
        <div class="shell bare">
          <main id="main">{body}</main>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}

const Head: FC<{ title: string }> = ({ title }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{title}</title>
    <link rel="icon" href={ICON} />
    <style dangerouslySetInnerHTML={{ __html: STYLE }} />
  </head>
);

const LANGUAGES = { en: 'English', ru: 'Русский' } as const;

const Top: FC<{ reader: Reader }> = ({ reader: { words, url, registry } }) => {
  const other = words.locale === 'en' ? 'ru' : 'en';
  const search = new URLSearchParams(url.search);
  for (const secret of ['exp', 'sig']) search.delete(secret);
  search.set('locale', other);
  return (
    <header class="top">
      <a class="brand" href={hrefs.index}>
        {registry.workspace.name}
      </a>
      <NavLink href={hrefs.cockpit} url={url} text={words.t('site-cockpit')} />
      <NavLink href={hrefs.alerts} url={url} text={words.t('site-alerts-nav')} />
      <NavLink href={hrefs.index} url={url} text={words.t('site-metrics')} />
      <a
        href={`${url.pathname}?${search.toString()}`}
        lang={other}
        hreflang={other}
        aria-label={LANGUAGES[other]}
        title={LANGUAGES[other]}
      >
        {other.toUpperCase()}
      </a>
    </header>
  );
};

const NavLink: FC<{ href: string; url: URL; text: string }> = ({ href, url, text }) => (
  <a href={href} aria-current={url.pathname === href ? 'page' : undefined}>
    {text}
  </a>
);

type Group = { title: string; links: readonly { href: string; text: string }[] };

const Contents: FC<{ reader: Reader }> = ({ reader }) => (
  <nav class="contents" aria-label={reader.words.t('site-contents')}>
    {listGroups(reader)
      .filter(({ links }) => links.length > 0)
      .map(({ title, links }) => (
        <>
          <h2>{title}</h2>
          <ul>
            {links.map(({ href, text }) => (
              <li>
                <NavLink href={href} url={reader.url} text={text} />
              </li>
            ))}
          </ul>
        </>
      ))}
  </nav>
);

function listGroups({ registry, words, projectPages }: Reader): Group[] {
  const toLink = ({ slug, title }: { slug: string; title: string }) => ({
    href: hrefs.page(slug),
    text: title,
  });
  const { own, project } = listPages(registry, projectPages);
  return [
    {
      title: words.t('site-metrics'),
      links: listDomains(registry.metrics.values()).map((domain) => ({
        href: hrefs.domain(domain),
        text: titleOfSlug(domain),
      })),
    },
    {
      title: words.t('site-audit'),
      links: listAuditPages(registry.cuts.values()).map((page) => ({
        href: hrefs.audit(page),
        text: titleOfSlug(page),
      })),
    },
    { title: words.t('site-pages'), links: own.map(toLink) },
    {
      title: 'Heartbeat',
      links: [{ href: hrefs.commands, text: words.t('site-commands') }, ...project.map(toLink)],
    },
  ];
}
