/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { WAREHOUSE_SOURCE, type SourceRecord } from '../alerts/index.ts';
import { hrefs } from './links.ts';
import type { PageContext } from './page-context.ts';

/** Sources that give nothing fresh, or did: alerts without a level, apart from those of metrics. */
export const SourceTable: FC<{ sources: readonly SourceRecord[]; context: PageContext }> = ({
  sources,
  context,
}) => {
  const { words } = context;
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{words.t('site-sources')}</h2>
      <table class="metrics cards-on-phone">
        <caption class="hidden">{words.t('site-sources')}</caption>
        <thead>
          <tr>
            <th scope="col">{words.t('site-source')}</th>
            <th scope="col">{words.t('site-source-metrics')}</th>
            <th scope="col">{words.t('site-since')}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <Row source={source} context={context} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Row: FC<{ source: SourceRecord; context: PageContext }> = ({
  source: { number, source, metrics, openedAt, recoveredAt },
  context: { words, now, registry },
}) => (
  <tr>
    <td>
      {source === WAREHOUSE_SOURCE ? words.t('stale-warehouse') : source}{' '}
      <span class="muted nowrap">{`A-${number}`}</span>
    </td>
    <td class="rest" data-label={words.t('site-source-metrics')}>
      {metrics.map((id, index) => {
        const metric = registry.metrics.get(id);
        return (
          <>
            {index > 0 && ', '}
            {metric ? <a href={hrefs.metric(metric)}>{metric.name}</a> : id}
          </>
        );
      })}
    </td>
    <td class="rest" data-label={words.t('site-since')}>
      {words.time(openedAt, now)}
      {recoveredAt && `, ${words.t('site-source-back', { at: words.time(recoveredAt, now) })}`}
    </td>
  </tr>
);
