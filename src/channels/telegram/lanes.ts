/** Work in lanes: one after the other within a lane, side by side over lanes. */
export interface Lanes {
  /** Runs a task after the earlier ones of its lane; undefined when the lane is too full to take it. */
  run<T>(lane: string, task: () => Promise<T>): Promise<T> | undefined;
}

/** Makes lanes that each hold at most `depth` tasks. */
export function createLanes({ depth }: { depth: number }): Lanes {
  const lanes = new Map<string, { tail: Promise<unknown>; size: number }>();

  return {
    run(key, task) {
      const lane = lanes.get(key) ?? { tail: Promise.resolve(), size: 0 };
      if (lane.size >= depth) return undefined;
      lanes.set(key, lane);
      lane.size += 1;
      const result = lane.tail.then(task);
      const leave = (): void => {
        lane.size -= 1;
        if (lane.size === 0) lanes.delete(key);
      };
      lane.tail = result.then(leave, leave);
      return result;
    },
  };
}
