/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import { findStanding } from '../answers/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import { hrefs } from './links.ts';
import { Mark } from './marks.tsx';
import { ageText, ownerText, silentLevel, valueText, verificationWord } from './metric-words.ts';
import type { PageContext } from './page-context.ts';

type TableProps = {
  statuses: readonly MetricStatus[];
  context: PageContext;
  caption: string;
  withLines?: boolean;
};

/** Metrics as a table; on a phone each row is a card. */
export const MetricTable: FC<TableProps> = ({ statuses, context, caption, withLines = false }) => {
  const { words } = context;
  return (
    <table class={`metrics cards-on-phone${withLines ? ' lined' : ''}`}>
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.t('site-metric')}</th>
          <th scope="col" class="number">
            {words.t('site-value')}
          </th>
          <th scope="col">{words.t('site-state')}</th>
          {withLines && <LineHeads context={context} />}
          <th scope="col">{words.t('site-verification-name')}</th>
          <th scope="col">{words.t('site-owner')}</th>
          <th scope="col">{words.t('site-age')}</th>
        </tr>
      </thead>
      <tbody>
        {statuses.map((status) => (
          <Row status={status} context={context} withLines={withLines} />
        ))}
      </tbody>
    </table>
  );
};

const LineHeads: FC<{ context: PageContext }> = ({ context: { words } }) => (
  <>
    <th scope="col" class="number">
      {words.t('site-norm')}
    </th>
    <th scope="col" class="number">
      {words.t('site-alert')}
    </th>
  </>
);

const Row: FC<{ status: MetricStatus; context: PageContext; withLines: boolean }> = (props) => {
  const { status, context, withLines } = props;
  const { metric, observation } = status;
  const { words, nameOf } = context;
  const level = silentLevel(status, words);
  return (
    <tr>
      <td>
        <a href={hrefs.metric(metric)}>{metric.name}</a>
      </td>
      <td class="number">{valueText(observation?.value ?? null, metric.unit, words)}</td>
      <td>
        <Mark standing={findStanding(status)} words={words} />
        {level !== undefined && <span class="muted"> ({level})</span>}
      </td>
      {withLines && <Lines status={status} context={context} />}
      <td class="rest">{verificationWord(status, words)}</td>
      <td class="rest" data-label={words.t('site-owner')}>
        {ownerText(metric, nameOf, words)}
      </td>
      <td class="rest" data-label={words.t('site-age')}>
        {ageText(status, words)}
      </td>
    </tr>
  );
};

const Lines: FC<{ status: MetricStatus; context: PageContext }> = ({
  status: { metric },
  context: { words },
}) => (
  <>
    {(
      [
        ['norm', metric.norm],
        ['alert', metric.alert],
      ] as const
    ).map(([kind, line]) => (
      <td class="number rest" data-label={words.t(`site-${kind}`)}>
        {valueText(line, metric.unit, words)}
      </td>
    ))}
  </>
);
