/** @jsxImportSource hono/jsx */
import type { FC } from 'hono/jsx';
import type { AlertRecord } from '../alerts/index.ts';
import { renderDocument } from './layout.tsx';
import { hrefs } from './links.ts';
import { Mark } from './marks.tsx';
import { ownerText, valueText } from './metric-words.ts';
import type { PageContext } from './page-context.ts';
import {
  ALERT_STATES,
  ALERTS_SHOWN,
  alertScopeQuery,
  loadShownAlerts,
  loadShownSources,
  toAlertScope,
  type AlertScope,
} from './shown-alerts.ts';
import { SourceTable } from './source-table.tsx';

/** The alerts that are open, those of silent sources too, or those of a state, a team or a storm. Throws NotFoundError `scope_unknown`. */
export async function renderAlerts(context: PageContext): Promise<string> {
  const { deps, url, words } = context;
  const scope = toAlertScope(url.searchParams);
  const [{ alerts, isCut }, sources] = await Promise.all([
    loadShownAlerts(deps, scope),
    loadShownSources(deps, scope),
  ]);
  const title = words.t('site-alerts');
  const body = (
    <>
      <h1>{scope.storm === null ? title : words.t('site-storm', { number: `S-${scope.storm}` })}</h1>
      <Filters scope={scope} context={context} />
      {alerts.length + sources.length === 0 && <p>{words.t('site-alerts-none')}</p>}
      {alerts.length > 0 && <AlertTable alerts={alerts} context={context} />}
      {isCut && <p class="muted">{words.t('site-alerts-cut', { count: ALERTS_SHOWN })}</p>}
      {sources.length > 0 && <SourceTable sources={sources} context={context} />}
    </>
  );
  return renderDocument(context, { title, body });
}

/** What else one can look at: each state, and each team. */
const Filters: FC<{ scope: AlertScope; context: PageContext }> = ({
  scope,
  context: { registry, words },
}) => {
  const teams = [...new Set([...registry.metrics.values()].flatMap((metric) => metric.teams))].sort();
  const states = [null, ...ALERT_STATES];
  return (
    <>
      <ul class="counts small">
        {states.map((state) => (
          <FilterLink
            to={{ ...scope, state }}
            isHere={scope.state === state}
            text={words.t('site-alerts-state', { state: state ?? (scope.storm === null ? 'open' : 'all') })}
          />
        ))}
      </ul>
      <ul class="counts small">
        <FilterLink
          to={{ ...scope, team: null }}
          isHere={scope.team === null}
          text={words.t('site-everything')}
        />
        {teams.map((team) => (
          <FilterLink
            to={{ ...scope, team }}
            isHere={scope.team === team}
            text={words.t('site-team', { team })}
          />
        ))}
      </ul>
    </>
  );
};

const FilterLink: FC<{ to: AlertScope; isHere: boolean; text: string }> = ({ to, isHere, text }) => (
  <li>
    <a href={`${hrefs.alerts}${alertScopeQuery(to)}`} aria-current={isHere ? 'true' : undefined}>
      {text}
    </a>
  </li>
);

type TableProps = { alerts: readonly AlertRecord[]; context: PageContext };

const AlertTable: FC<TableProps> = ({ alerts, context }) => {
  const { words } = context;
  return (
    <table class="metrics cards-on-phone">
      <caption class="hidden">{words.t('site-alerts')}</caption>
      <thead>
        <tr>
          <th scope="col">{words.t('site-metric')}</th>
          <th scope="col" class="number">
            {words.t('site-value')}
          </th>
          <th scope="col">{words.t('site-state')}</th>
          <th scope="col">{words.t('site-alert-taken')}</th>
          <th scope="col">{words.t('site-since')}</th>
          <th scope="col">{words.t('site-owner')}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <Row alert={alert} context={context} />
        ))}
      </tbody>
    </table>
  );
};

const COUNT = { kind: 'count' } as const;

const Row: FC<{ alert: AlertRecord; context: PageContext }> = ({ alert, context }) => {
  const { words, registry, nameOf, now } = context;
  const metric = registry.metrics.get(alert.metricId);
  return (
    <tr>
      <td>
        {metric ? <a href={hrefs.metric(metric)}>{metric.name}</a> : alert.metricId}{' '}
        <span class="muted nowrap">{`A-${alert.number}`}</span>
      </td>
      <td class="number">{valueText(alert.value, metric?.unit ?? COUNT, words)}</td>
      <td>
        <Mark standing={alert.state === 'resolved' ? 'green' : alert.level} words={words} />
      </td>
      <td class="rest">{takenText(alert, context)}</td>
      <td class="rest" data-label={words.t('site-since')}>
        {words.time(alert.openedAt, now)}
      </td>
      <td class="rest" data-label={words.t('site-owner')}>
        {metric ? ownerText(metric, nameOf, words) : '–'}
      </td>
    </tr>
  );
};

function takenText({ state, ack, snooze, resolvedAt }: AlertRecord, context: PageContext): string {
  const { words, nameOf, now } = context;
  const by = state === 'snoozed' ? snooze?.by : ack?.by;
  const at = { firing: null, acked: ack?.at, snoozed: snooze?.until, resolved: resolvedAt }[state];
  return words.t('site-alert-taken-by', {
    state,
    name: by === undefined ? '–' : nameOf(by),
    at: at ? words.time(at, now) : '–',
  });
}
