import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { layoutPicture, THEMES, type CockpitSpec, type Pen, type TileSpec } from '../charts/index.ts';
import { createWords } from '../src/answers/index.ts';
import { createArtist } from '../src/pictures/draw-picture.ts';
import { createPictures } from '../src/pictures/index.ts';
import { measureText } from '../src/pictures/measure.ts';
import { fontFaces, openBrowser } from './floor/chromium.ts';
import { createHandDrawn } from './floor/canvas.ts';
import { drawWithECharts } from './floor/echarts.ts';
import { sheetToHtml } from './floor/html.ts';
import { compare, toSample } from './floor/sample.ts';
import { card, CHANGED_TILE, goodDay, scene, withOneChanged } from './floor/scenes.ts';
import type { Bench, BenchRow, Sample } from './types.ts';

const SOAK = new URL('./floor/soak.ts', import.meta.url);
const KILOBYTE = 1000;
const MICROSECONDS_A_MILLISECOND = 1000;
const MAX_RSS_MIB = 400;
const FLAT_WITHIN_MIB = 40;

const { timezone, nowMs } = scene(0).reader;
const pen: Pen = { words: createWords('en', timezone), colors: THEMES.light, measure: measureText, nowMs };

/** Takes the figures of pictures. */
export async function benchPictures(): Promise<readonly BenchRow[]> {
  return [
    await benchOneChanged(),
    ...(await benchColdTiles()),
    await benchChart(),
    ...(await benchMainThread()),
    ...(await benchSize()),
    ...(await benchMemory()),
  ];
}

export const picturesBench: Bench = { name: 'pictures', run: benchPictures };

async function benchOneChanged(): Promise<BenchRow> {
  const artist = createArtist();
  const still = scene(0);
  const drawByHand = createHandDrawn((await artist.draw(still)).png);
  const { ours, peer } = await compare(
    { count: 41, warmUps: 20 },
    (index) => artist.draw(withOneChanged(still, index + 1)),
    async (index) => drawByHand(changedTile(withOneChanged(still, index + 1)), `€${51_500 + index}`),
  );
  return compared(
    'cockpit of 31 tiles, one changed',
    ours,
    { name: 'pixels by hand on a canvas, fast zlib', sample: peer },
    1.5,
  );
}

async function benchColdTiles(): Promise<readonly BenchRow[]> {
  const browser = await openBrowser();
  if (!browser) {
    process.stderr.write('cold tiles: left out, there is no Chromium to compare with\n');
    return [];
  }
  // every number of the scene is another one each time: no tile was drawn before
  const artist = createArtist();
  const faces = fontFaces();
  const { ours, peer } = await compare(
    { count: 9, warmUps: 5 },
    (index) => artist.draw(scene(index)),
    (index) => {
      const sheet = layoutPicture(scene(index), pen);
      return browser.draw(sheetToHtml(sheet, { background: pen.colors.background, fontFaces: faces }), sheet);
    },
  );
  await browser.close();
  return [
    compared(
      'cockpit of 31 tiles, cold',
      ours,
      { name: 'headless Chromium, warm, new page', sample: peer },
      0.25,
    ),
  ];
}

async function benchChart(): Promise<BenchRow> {
  const artist = createArtist();
  const { ours, peer } = await compare(
    { count: 21, warmUps: 15 },
    (index) => artist.draw(card(index)),
    async (index) =>
      drawWithECharts({ points: card(index).points, norm: 4, alert: 3.4, width: 1280, height: 900 }),
  );
  return compared(
    'metric card with a chart of 365 points',
    ours,
    { name: 'ECharts SSR + resvg, the chart alone', sample: peer },
    1,
  );
}

/** What a picture costs the thread that asks for it, with everything the thread does until it has it. */
async function benchMainThread(): Promise<readonly BenchRow[]> {
  const pictures = createPictures({ cacheDir: null });
  const busy: number[] = [];
  for (let index = 0; index < 25; index += 1) {
    const before = process.threadCpuUsage();
    await pictures.render(scene(index));
    const { user, system } = process.threadCpuUsage(before);
    if (index >= 10) busy.push((user + system) / MICROSECONDS_A_MILLISECOND);
  }
  await pictures.close();
  const ours = toSample(busy, 'ms');
  return [
    {
      figure: 'main thread busy, for a cockpit',
      ours,
      peer: null,
      ratio: null,
      goal: '< 5 ms',
      ok: ours.median < 5,
    },
  ];
}

async function benchSize(): Promise<readonly BenchRow[]> {
  const artist = createArtist();
  const rows: BenchRow[] = [];
  for (const [figure, make] of [
    ['size, 31 tiles all drawn', scene],
    ['size, 31 metrics, 20 green folded', goodDay],
  ] as const) {
    const sizes: number[] = [];
    for (let index = 0; index < 5; index += 1)
      sizes.push((await artist.draw(make(index))).png.length / KILOBYTE);
    const ours = toSample(sizes, 'KB');
    rows.push({ figure, ours, peer: null, ratio: null, goal: '≤ 120 KB', ok: ours.max <= 120 });
  }
  return rows;
}

async function benchMemory(): Promise<readonly BenchRow[]> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', fileURLToPath(SOAK)]);
  const { early, end, peak } = JSON.parse(stdout) as { early: number; end: number; peak: number };
  const ours: Sample = { median: end, min: early, max: peak, runs: 1, unit: 'MiB' };
  const isFlat = end - early < FLAT_WITHIN_MIB;
  const goal = `≤ ${MAX_RSS_MIB} MiB, flat (min: after 200)`;
  return [
    {
      figure: 'memory after 1,000 pictures',
      ours,
      peer: null,
      ratio: null,
      goal,
      ok: isFlat && peak <= MAX_RSS_MIB,
    },
  ];
}

function changedTile(spec: CockpitSpec): TileSpec {
  const tile = spec.tiles[CHANGED_TILE];
  if (!tile) throw new Error('the scene has fewer tiles than that');
  return tile;
}

function compared(figure: string, ours: Sample, peer: NonNullable<BenchRow['peer']>, most: number): BenchRow {
  const ratio = Math.round((ours.median / peer.sample.median) * 100) / 100;
  const goal = most < 1 ? `${1 / most} × faster` : `≤ ${most} ×`;
  return { figure, ours, peer, ratio, goal, ok: ratio <= most };
}
