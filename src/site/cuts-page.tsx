/** @jsxImportSource hono/jsx */
import type { Child, FC } from 'hono/jsx';
import type { Words } from '../answers/index.ts';
import { parseDuration } from '../lib/time.ts';
import type { Cut } from '../registry/index.ts';
import { renderDocument } from './layout.tsx';
import { hrefs, titleOfSlug } from './links.ts';
import { Code } from './markdown.tsx';
import { Paragraphs } from './metric-section.tsx';
import type { PageContext } from './page-context.ts';

/** The cuts of an audit page: what each tells and how it is read; undefined when there is no such page. */
export function renderAudit(context: PageContext, page: string): string | undefined {
  return renderCuts(context, page, (cut) => (
    <p class="small">
      <a href={hrefs.cut(cut)}>{context.words.t('site-how-made')}</a>
    </p>
  ));
}

/** How the cuts of an audit page are made; undefined when there is no such page. */
export function renderCutDocs(context: PageContext, page: string): string | undefined {
  return renderCuts(context, page, (cut) => (
    <>
      <CutFacts cut={cut} context={context} />
      <h3>SQL</h3>
      <Code text={cut.sql.trim()} />
    </>
  ));
}

function renderCuts(context: PageContext, page: string, restOf: (cut: Cut) => Child): string | undefined {
  const cuts = [...context.registry.cuts.values()].filter((cut) => cut.page === page);
  if (cuts.length === 0) return undefined;
  const { words } = context;
  const title = titleOfSlug(page);
  const body = (
    <>
      <h1>{title}</h1>
      <p class="lead">{words.t('site-audit-lead')}</p>
      {cuts.map((cut) => (
        <section class="metric" id={cut.id} aria-labelledby={`${cut.id}-title`}>
          <h2 id={`${cut.id}-title`}>{cut.title}</h2>
          <Feeds cut={cut} context={context} />
          <Paragraphs text={cut.prose} />
          <h3>{words.t('button-howto')}</h3>
          <Paragraphs text={cut.howToRead} />
          {restOf(cut)}
        </section>
      ))}
    </>
  );
  return renderDocument(context, { title, body });
}

/** Which metrics a cut is about, by what it tells of them. */
const Feeds: FC<{ cut: Cut; context: PageContext }> = ({ cut, context: { registry, words } }) => {
  const byRole = Map.groupBy(cut.feeds, ({ role }) => role);
  return (
    <>
      {[...byRole].map(([role, feeds]) => (
        <p class="feeds">
          <span class="muted">{words.t('site-feeds', { role })}</span>{' '}
          {feeds
            .flatMap(({ metric }) => registry.metrics.get(metric) ?? [])
            .map((metric, index) => (
              <>
                {index > 0 && ', '}
                <a href={hrefs.metric(metric)}>{metric.name}</a>
              </>
            ))}
        </p>
      ))}
    </>
  );
};

function windowText({ window }: Cut, words: Words): string {
  const duration = parseDuration(window);
  return duration ? words.duration(duration.ms) : window;
}

const CutFacts: FC<{ cut: Cut; context: PageContext }> = ({ cut, context: { words, nameOf } }) => (
  <dl>
    <dt>{words.t('site-window')}</dt>
    <dd>{windowText(cut, words)}</dd>
    <dt>{words.t('site-owner')}</dt>
    <dd>{cut.owner === null ? words.t('unowned') : nameOf(cut.owner)}</dd>
    <dt>{words.t('site-verification-name')}</dt>
    <dd>{words.t('site-verification', { state: cut.declared })}</dd>
    <dt>{words.t('site-small-groups')}</dt>
    <dd>{words.t('site-min-group', { count: Math.max(cut.minGroup, 1) })}</dd>
    <dt>{words.t('site-file')}</dt>
    <dd>
      <code>{cut.file}</code>
    </dd>
  </dl>
);
