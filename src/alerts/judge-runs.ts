import { hasLeft, levelOf } from './levels.ts';
import type { JudgePolicy, Level, Runs } from './types.ts';

/** Gives the runs after one more tick with a value. */
export function countRuns(runs: Runs, value: number, policy: JudgePolicy): Runs {
  const level = levelOf(value, policy);
  return {
    red: extend(runs.red, level === 'red'),
    amber: extend(runs.amber, level !== 'green'),
    offRed: extend(runs.offRed, hasLeft('red', value, policy)),
    offAmber: extend(runs.offAmber, hasLeft('amber', value, policy)),
  };
}

/** Decides the level after hysteresis from the level before and the runs that include this tick. */
export function decideLevel(level: Level, runs: Runs, policy: JudgePolicy): Level {
  if (runs.red >= policy.enter) return 'red';
  switch (level) {
    case 'green':
      return runs.amber >= policy.enter ? 'amber' : 'green';
    case 'amber':
      return runs.offAmber >= policy.leave ? 'green' : 'amber';
    case 'red':
      if (runs.offRed < policy.leave) return 'red';
      return runs.offAmber >= policy.leave || policy.norm === null ? 'green' : 'amber';
  }
}

function extend(run: number, goesOn: boolean): number {
  return goesOn ? run + 1 : 0;
}
