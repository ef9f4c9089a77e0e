/** @jsxImportSource hono/jsx */
import type { Child, FC } from 'hono/jsx';
import { findStanding, type Words } from '../answers/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { hrefs, safeHref } from './links.ts';
import { Code } from './markdown.tsx';
import { Mark } from './marks.tsx';
import {
  changeText,
  freshnessText,
  hysteresisText,
  lineTexts,
  ownerText,
  periodText,
  silentLevel,
  unitText,
  valueText,
  verificationText,
} from './metric-words.ts';
import type { PageContext } from './page-context.ts';
import { ThemedPicture } from './themed-picture.tsx';

/** A metric's card is drawn this high; one with more text is a little higher. */
const CARD_HEIGHT = 936;

/** Everything about one metric: how it stands, how it is read and made, who answers for it. */
export const MetricSection: FC<{ status: MetricStatus; context: PageContext }> = ({ status, context }) => {
  const { metric } = status;
  const { words } = context;
  return (
    <section class="metric" id={metric.id} aria-labelledby={`${metric.id}-name`}>
      <h2 id={`${metric.id}-name`}>{metric.name}</h2>
      <Now status={status} context={context} />
      <Warnings status={status} words={words} />
      <ThemedPicture
        path={`/metric/${metric.id}.png`}
        alt={altOf(status, words)}
        height={CARD_HEIGHT}
        context={context}
      />
      <h3>{words.t('button-howto')}</h3>
      <Paragraphs text={metric.howToRead} />
      <h3>{words.t('method')}</h3>
      <Paragraphs text={metric.methodology} />
      {metric.notes !== null && <Titled title={words.t('notes')} text={metric.notes} />}
      <Facts status={status} context={context} />
      <h3>SQL</h3>
      <Code text={metric.sql.trim()} />
    </section>
  );
};

const Now: FC<{ status: MetricStatus; context: PageContext }> = ({ status, context: { words, now } }) => {
  const change = changeText(status, now, words);
  return (
    <p class="now">
      <strong>{valueText(status.observation?.value ?? null, status.metric.unit, words)}</strong>
      <Mark standing={findStanding(status)} words={words} />
      {change !== undefined && <span>{change}</span>}
      <span class="muted">{freshnessText(status, now, words)}</span>
    </p>
  );
};

/** What a reader must know before believing the number. */
const Warnings: FC<{ status: MetricStatus; words: Words }> = ({ status, words }) => {
  const level = silentLevel(status, words);
  const texts = [
    status.verification === 'changed' ? words.t('site-changed-means') : undefined,
    status.verification === 'unverified' ? words.t('site-unverified-means') : undefined,
    level === undefined ? undefined : words.t('site-would-be', { level }),
    status.error === null ? undefined : words.t('last-tick-failed', { error: status.error }),
  ].filter((text) => text !== undefined);
  if (texts.length === 0) return null;
  return <p class="notice">{texts.join(' ')}</p>;
};

function altOf({ metric, observation }: MetricStatus, words: Words): string {
  return words.t('site-picture-alt', {
    metric: metric.name,
    value: valueText(observation?.value ?? null, metric.unit, words),
  });
}

const Facts: FC<{ status: MetricStatus; context: PageContext }> = ({ status, context }) => {
  const { metric, typical } = status;
  const { words, nameOf } = context;
  const lines = lineTexts(metric, words);
  return (
    <dl>
      <Fact name={words.t('site-lines')}>{lines.length === 0 ? words.t('no-lines') : listOf(lines)}</Fact>
      {lines.length > 0 && <Fact name={words.t('site-ticks')}>{hysteresisText(metric, words)}</Fact>}
      <Fact name={words.t('site-typical')}>{typical && typicalText(status, words)}</Fact>
      <Fact name={words.t('site-target')}>{targetText(metric, words)}</Fact>
      <Fact name={words.t('site-direction-name')}>
        {words.t('site-direction', { direction: metric.direction })}
      </Fact>
      <Fact name={words.t('site-unit-name')}>{unitText(metric.unit, words)}</Fact>
      <Fact name={words.t('site-period')}>{periodText(metric, words)}</Fact>
      <Fact name={words.t('site-stale-after')}>{words.duration(metric.staleAfterMs)}</Fact>
      <Fact name={words.t('site-owner')}>{ownerText(metric, nameOf, words)}</Fact>
      <Fact name={words.t('site-verification-name')}>{verificationText(status, nameOf, words)}</Fact>
      <Fact name={words.t('site-teams')}>{metric.teams.join(', ')}</Fact>
      <Fact name={words.t('sources')}>{codes(metric.sources)}</Fact>
      <Fact name={words.t('site-synonyms')}>{metric.synonyms.join(', ')}</Fact>
      <Fact name={words.t('site-tags')}>{metric.tags.join(', ')}</Fact>
      <Fact name={words.t('site-explained-by')}>{cutLinks(metric, context)}</Fact>
      <Fact name={words.t('site-runbook')}>{runbookLink(metric)}</Fact>
      <Fact name={words.t('site-file')}>
        <code>{metric.file}</code>
      </Fact>
    </dl>
  );
};

/** A fact that is not known is not shown. */
const Fact: FC<{ name: string; children?: Child }> = ({ name, children }) => {
  if (children === null || children === undefined || children === '' || children === false) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
};

function typicalText({ typical, metric }: MetricStatus, words: Words): string {
  const mean = words.value(typical?.mean ?? 0, metric.unit);
  const deviation = words.value(typical?.deviation ?? 0, metric.unit);
  return `${mean} ± ${deviation}`;
}

function targetText({ target, targetDue, unit }: Metric, words: Words): string | null {
  if (target === null) return null;
  const value = words.value(target, unit);
  if (targetDue === null) return value;
  return words.t('site-target-due', { value, due: words.day(new Date(`${targetDue}T12:00:00Z`)) });
}

function listOf(texts: readonly string[]): Child {
  return texts.map((text) => <div>{text}</div>);
}

function codes(texts: readonly string[]): Child {
  return texts.map((text, index) => (
    <>
      {index > 0 && ', '}
      <code>{text}</code>
    </>
  ));
}

function cutLinks({ cuts }: Metric, { registry, words }: PageContext): Child {
  const links = cuts.flatMap(({ cut: id, role }) => {
    const cut = registry.cuts.get(id);
    if (!cut) return [];
    return [
      <div>
        <a href={hrefs.cut(cut)}>{cut.title}</a> <span class="muted">{words.t('site-role', { role })}</span>
      </div>,
    ];
  });
  return links.length === 0 ? null : links;
}

function runbookLink({ runbook }: Metric): Child {
  const href = runbook === null ? undefined : safeHref(runbook);
  return href === undefined ? runbook : <a href={href}>{runbook}</a>;
}

const Titled: FC<{ title: string; text: string }> = ({ title, text }) => (
  <>
    <h3>{title}</h3>
    <Paragraphs text={text} />
  </>
);

/** Text of a file: blank lines part its paragraphs. */
export const Paragraphs: FC<{ text: string }> = ({ text }) => (
  <>
    {text
      .trim()
      .split(/\n\s*\n/)
      .map((paragraph) => (
        <p>{paragraph}</p>
      ))}
  </>
);
