import { z } from 'zod';
import { answerTestDone, answerTestRunning } from '../answers/index.ts';
import { awaitTest, fireTest, labelOf, listTestPlaces, nameOfPeople } from '../messages/index.ts';
import { defineCommand } from './types.ts';

export const test = defineCommand({
  name: 'test',
  role: 'operator',
  args: z.object({ target: z.string().optional() }),
  positional: ['target'],
  async *run({ deps, caller, words }, { target = null }) {
    const { workspace } = deps.registry.current();
    const places = listTestPlaces({ caller, workspace, channels: deps.channels, target });
    const shot = await fireTest(deps, { places, by: nameOfPeople(deps)(caller.actor), caller });
    yield answerTestRunning(
      places.map((place) => labelOf(deps, place)),
      words,
    );
    const results = await awaitTest(deps, shot);
    yield answerTestDone(
      results.map((result) => ({ ...result, place: labelOf(deps, result.place) })),
      words,
    );
  },
});
