import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MEBIBYTE = 1024 * 1024;
/** Pixels that may wait for their collection between pictures: half a cold cockpit. */
const MAX_WAITING_BYTES = 12 * MEBIBYTE;
/** And within one picture, which then takes longer. */
const MAX_WAITING_WITHIN_BYTES = 4 * MAX_WAITING_BYTES;

export type GarbageKeeper = {
  /** Hears that so many bytes outside the heap are done with. */
  note: (bytes: number) => void;
  /** Collects between pictures, when there is enough. */
  collectWhenDue: () => void;
};

/**
 * Bounds memory that V8 does not see: it counts the few bytes of a resvg image on its own heap, not the megabytes behind
 * them, and so would not collect for gigabytes.
 */
export function createGarbageKeeper(collect: () => void = findCollector()): GarbageKeeper {
  let waiting = 0;
  const collectFrom = (bytes: number): void => {
    if (waiting < bytes) return;
    waiting = 0;
    collect();
  };
  return {
    note: (bytes) => {
      waiting += bytes;
      collectFrom(MAX_WAITING_WITHIN_BYTES);
    },
    collectWhenDue: () => collectFrom(MAX_WAITING_BYTES),
  };
}

/** Node shows its collector only on request; a flag set while running counts for contexts made afterwards. */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
