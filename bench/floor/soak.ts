/** Draws pictures in a process of its own and prints its memory, in MiB, as JSON: after the first fifth, and at the end. */
import type { CockpitSpec, MetricCardSpec } from '../../charts/types.ts';
import { createPictures } from '../../src/pictures/index.ts';
import { card, scene } from './scenes.ts';

const COUNT = 1000;
const MEBIBYTE = 1024 * 1024;

const pictures = createPictures({ cacheDir: null });
const rss: number[] = [];
for (let index = 0; index < COUNT; index += 1) {
  const spec: CockpitSpec | MetricCardSpec = index % 4 === 0 ? scene(index) : card(index);
  await pictures.render(spec);
  rss.push(Math.round(process.memoryUsage().rss / MEBIBYTE));
}
await pictures.close();
process.stdout.write(JSON.stringify({ early: rss[COUNT / 5], end: rss.at(-1), peak: Math.max(...rss) }));
