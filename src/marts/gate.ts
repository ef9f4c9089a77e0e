/** Lets a number of tasks run at once; the others wait in the order they came. */
export type Gate = { run<T>(task: () => Promise<T>): Promise<T> };

/** Makes a gate for `places` tasks at once. */
export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let free = places;
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    run: async (task) => {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
