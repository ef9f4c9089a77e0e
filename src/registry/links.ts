import type { Cut, LinkRole, Metric } from './types.ts';

/** A link between a metric and a cut, and where it is declared. */
export type Link = { metric: string; cut: string; role: LinkRole };

/**
 * Gives metrics and cuts that both know every link, in whichever of the two files it stands; a link to something that is not
 * there is dropped.
 */
export function linkBothWays(
  metrics: ReadonlyMap<string, Metric>,
  cuts: ReadonlyMap<string, Cut>,
): { metrics: Map<string, Metric>; cuts: Map<string, Cut> } {
  const links = listLinks(metrics, cuts).filter(({ metric, cut }) => metrics.has(metric) && cuts.has(cut));
  const ofMetric = Map.groupBy(links, ({ metric }) => metric);
  const ofCut = Map.groupBy(links, ({ cut }) => cut);
  return {
    metrics: mapValues(metrics, (metric) => ({
      ...metric,
      cuts: (ofMetric.get(metric.id) ?? []).map(({ cut, role }) => ({ cut, role })),
    })),
    cuts: mapValues(cuts, (cut) => ({
      ...cut,
      feeds: (ofCut.get(cut.id) ?? []).map(({ metric, role }) => ({ metric, role })),
    })),
  };
}

/** Lists every link that the files declare, once; those of metric files first. */
export function listLinks(metrics: ReadonlyMap<string, Metric>, cuts: ReadonlyMap<string, Cut>): Link[] {
  const declared: Link[] = [
    ...[...metrics.values()].flatMap(({ id, cuts: links }) =>
      links.map(({ cut, role }) => ({ metric: id, cut, role })),
    ),
    ...[...cuts.values()].flatMap(({ id, feeds }) =>
      feeds.map(({ metric, role }) => ({ metric, cut: id, role })),
    ),
  ];
  return [...new Map(declared.map((link) => [`${link.metric} ${link.cut} ${link.role}`, link])).values()];
}

function mapValues<T>(map: ReadonlyMap<string, T>, change: (value: T) => T): Map<string, T> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
