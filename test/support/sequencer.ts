import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for processes more than they compute: small, and long. */
const WAITING = /\/test\/faults\//;
/** of so many files that begin one after the other, one waits */
const EVERY = 3;

/** Largest files first, as ever; but what waits begins among the first, or it would come last, alone, beside an idle core. */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { waiting = [], computing = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      WAITING.test(moduleId) ? 'waiting' : 'computing',
    );
    const groups = waiting.map((file, index) => [
      file,
      ...computing.slice(index * (EVERY - 1), (index + 1) * (EVERY - 1)),
    ]);
    return [...groups.flat(), ...computing.slice(waiting.length * (EVERY - 1))];
  }
}
