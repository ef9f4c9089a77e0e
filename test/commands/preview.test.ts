import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric } from '../support/deps.ts';
import { storeHistory } from '../support/history.ts';
import { createCommandWorld, NOW, pressesOf, textOf, vera, type CommandWorld } from './world.ts';

const FILE = 'name: Checkout conversion\ndirection: up\nnorm_value: 4.0 # agreed\nalert_value: 3.4\n';
const database = withEmbeddedDatabase();
let dir: string;
let world: CommandWorld;

const top = aMetric({ id: 'top', name: 'Top 10', synonyms: [] });
const old = aMetric({ id: 'old', name: 'Old', synonyms: [] });
const gone = aMetric({ id: 'gone', name: 'Gone', synonyms: [], alert: null, norm: null });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hb-preview-'));
  await mkdir(join(dir, 'metrics'));
  await writeFile(join(dir, 'metrics/conversion.yaml'), FILE);
  const metrics = new Map([aMetric(), top, old, gone].map((metric) => [metric.id, metric]));
  world = await createCommandWorld(database.db, { dir, metrics });
  await storeHistory(
    database.db,
    Array.from({ length: 600 }, (_, index) => ({
      at: new Date(Date.parse(NOW) - (600 - index) * MINUTE),
      value: index % 100 === 50 ? 3 : 4.5 + (index % 7) / 100,
    })),
  );
  await storeHistory(
    database.db,
    [72, 10].map((hours) => ({ at: new Date(Date.parse(NOW) - hours * HOUR), value: 4.5 })),
    'old',
  );
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const said = async (text: string): Promise<string> => textOf((await world.say(vera, text))[0]);

describe('/preview', () => {
  it('tells a viewer what the lines of the file would have raised, with a picture', async () => {
    const [answer] = await world.say(vera, '/preview cr');
    expect(textOf(answer).replaceAll('\u202F', ' ')).toContain(
      'In 10 h it would have fired 6 times; 6 of 6 lasted under 20 min.',
    );
    expect(answer?.picture?.spec).toMatchObject({ kind: 'preview', norm: 4, alert: 3.4 });
  });

  it.each([
    '/preview cr 4.0 3.4 2 2',
    '/preview cr enter=2',
    '/preview "checkout conversion" enter=2',
    '/preview_cr enter=2',
  ])('tries what is given: %s', async (text) => {
    const answer = await said(text);
    expect(answer).toContain('it would never have fired');
    expect(answer).toContain('With the lines of the file: fired 6 times');
  });

  it('looks back as far as it is told', async () => {
    expect(await said('/preview old')).toContain('In 3\u202Fdays');
    expect(await said('/preview old days=2')).toContain('In 10\u202Fh');
  });

  it('turns a suggestion into a change of the file, and writes nothing', async () => {
    const [answer] = await world.say(vera, '/preview cr');
    const press = pressesOf(answer).find((data) => data.endsWith(':e2'));
    const { answers } = await world.press(vera, press ?? '');
    expect(answers[0]?.code).toBe(`--- a/metrics/conversion.yaml
+++ b/metrics/conversion.yaml
@@ -2,3 +2,4 @@
 direction: up
 norm_value: 4.0 # agreed
 alert_value: 3.4
+hysteresis: {enter: 2}`);
    expect(textOf(answers[0])).toContain('This is not applied.');
    expect(textOf(answers[0])).toContain('verified again');
    expect(await readFile(join(dir, 'metrics/conversion.yaml'), 'utf8')).toBe(FILE);
  });

  it('offers what was tried as a change, too', async () => {
    const [answer] = await world.say(vera, '/preview cr 3.9');
    const [press] = pressesOf(answer);
    const { answers } = await world.press(vera, press ?? '');
    expect(answers[0]?.code).toContain('-norm_value: 4.0 # agreed\n+norm_value: 3.9 # agreed');
    const same = await world.press(vera, '1:pc:conversion:n4:a3.4');
    expect(same.answers[0]?.code).toBeUndefined();
  });

  it('says so when the file cannot be changed', async () => {
    const { answers } = await world.press(vera, '1:pc:gone:n4');
    expect(textOf(answers[0])).toContain('metrics/gone.yaml cannot be changed for you');
  });

  it('knows a metric whose name ends in a number', async () => {
    expect(await said('/preview top 10')).toContain('Top 10');
    expect(await said('/preview top 10')).toContain('no reading');
    expect(await said('/preview Top 10 enter=3')).toContain('enter 3');
  });

  it('asks which metric is meant', async () => {
    expect(await said('/preview')).toContain('Which metric?');
    expect(await said('/preview chekout 4')).toContain('Did you mean');
  });

  it.each([
    ['/preview cr limit=4', '“limit=4” is nothing to try'],
    ['/preview cr alert=high', 'alert is a number or none, not “high”'],
    ['/preview cr enter=0', 'enter is a whole number of ticks from 1 to 100, not “0”'],
    ['/preview cr 3', 'alert 3.4 is better than norm 3, but higher is better here. Swap them.'],
    ['/preview cr days=400', 'days is a whole number from 1 to 365'],
  ])('refuses %s in words', async (text, words) => {
    expect(await said(text)).toContain(words);
  });
});
