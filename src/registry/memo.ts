/** Keeps the newest result of each slot, so that what did not change is not worked out again. */
export type Memo = {
  /** Gives the slot's result when its key is the same as last time, else computes it. */
  get<T>(slot: string, key: string, compute: () => T): T;
  /** Drops slots that nobody asked for since the last call. */
  forgetUnused(): void;
};

type Entry = { key: string; result: unknown };

/** Makes an empty memo; a slot always holds results of one type. */
export function createMemo(): Memo {
  let kept = new Map<string, Entry>();
  let used = new Map<string, Entry>();
  return {
    get<T>(slot: string, key: string, compute: () => T): T {
      const known = used.get(slot) ?? kept.get(slot);
      const entry = known?.key === key ? known : { key, result: compute() };
      used.set(slot, entry);
      return entry.result as T;
    },
    forgetUnused() {
      kept = used;
      used = new Map();
    },
  };
}
