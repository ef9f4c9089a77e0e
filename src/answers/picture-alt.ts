import type { CockpitSpec, MetricCardSpec, PictureSpec, PreviewSpec, TileSpec } from '../pictures/index.ts';
import { oneLine, shorten } from './shorten.ts';
import { countStandings, findTileStanding, type Standing } from './standings.ts';
import type { Words } from './words-types.ts';

/** Slack's limit is 2,000; more than a paragraph is no help to a listener. */
const ALT_MAX = 1000;

const ORDER: readonly Standing[] = ['red', 'amber', 'stale', 'green', 'silent', 'unverified'];

/** Gives what a picture shows, for somebody who cannot see it. */
export function pictureAlt(spec: PictureSpec, words: Words): string {
  return shorten(oneLine(textOf(spec, words)), ALT_MAX);
}

function textOf(spec: PictureSpec, words: Words): string {
  switch (spec.kind) {
    case 'cockpit':
      return cockpitAlt(spec, words);
    case 'metric':
      return cardAlt(spec, words);
    case 'preview':
      return previewAlt(spec, words);
  }
}

function previewAlt({ name, sentence, linesText }: PreviewSpec, words: Words): string {
  return words.t('alt-preview', { name, sentence, lines: linesText });
}

function cockpitAlt({ title, tiles }: CockpitSpec, words: Words): string {
  const groups = Map.groupBy(tiles, findTileStanding);
  const counts = countStandings((standing) => groups.get(standing)?.length ?? 0, ORDER, words);
  const worst = [...(groups.get('red') ?? []), ...(groups.get('amber') ?? [])];
  const summary = words.t('alt-cockpit', { title, counts: counts.join(', ') || words.t('no-metrics') });
  if (worst.length === 0) return summary;
  return `${summary} ${worst.map((tile) => tileText(tile, words)).join('; ')}.`;
}

function tileText({ name, value, unit }: TileSpec, words: Words): string {
  return value === null ? name : `${name} ${words.value(value, unit)}`;
}

function cardAlt({ tile, range, sentence }: MetricCardSpec, words: Words): string {
  const count = Number.parseInt(range, 10);
  return words.t('alt-card', { metric: tileText(tile, words), count, sentence });
}
