/** Gives a function that runs `work` when `ms` have passed since it last began, by a clock that no jump moves, and else does nothing. */
export function atMostEvery<T>(
  ms: number,
  work: (argument: T) => Promise<void>,
): (argument: T) => Promise<void> {
  let beganAtMs = -Infinity;
  return async (argument) => {
    if (performance.now() - beganAtMs < ms) return;
    beganAtMs = performance.now();
    await work(argument);
  };
}
