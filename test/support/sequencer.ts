import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that last longer than their size tells: they wait for processes, or do the same thousands of times. */
const LONG = /\/test\/faults\/|-(crash|restart|properties)\.test|\/(create-pictures|data-dir|open)\.test/;
/** of so many files that begin one after the other, one is of these */
const EVERY = 3;

/** Largest files first, as ever, and among the first those that last long: else they came last, alone, beside an idle core. */
export class Sequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { long = [], others = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      LONG.test(moduleId) ? 'long' : 'others',
    );
    const groups = long.map((file, index) => [
      file,
      ...others.slice(index * (EVERY - 1), (index + 1) * (EVERY - 1)),
    ]);
    return [...groups.flat(), ...others.slice(long.length * (EVERY - 1))];
  }
}
