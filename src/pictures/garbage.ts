import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MEBIBYTE = 1024 * 1024;
/** Pixels that may wait for their collection: about six cockpits. */
const MAX_WAITING_BYTES = 64 * MEBIBYTE;

export type GarbageKeeper = {
  /** Hears that so many bytes outside the heap now wait to be collected. */
  note: (bytes: number) => void;
  collectWhenDue: () => void;
};

/**
 * Bounds memory that V8 does not see: it counts the few bytes of a resvg image on its own heap, not the megabytes behind
 * them, and so would not collect for gigabytes.
 */
export function createGarbageKeeper(collect: () => void = findCollector()): GarbageKeeper {
  let waiting = 0;
  return {
    note: (bytes) => {
      waiting += bytes;
    },
    collectWhenDue: () => {
      if (waiting < MAX_WAITING_BYTES) return;
      waiting = 0;
      collect();
    },
  };
}

/** Node shows its collector only on request; a flag set while running counts for contexts made afterwards. */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
