import type { CallView } from './types.ts';

/** The newest calls, with what became of them. */
export interface CallLog {
  readonly list: readonly CallView[];
  add(call: CallView): void;
}

/** Makes a log that keeps at least the newest `capacity` calls, and at most twice as many. */
export function createCallLog(capacity: number): CallLog {
  const list: CallView[] = [];
  return {
    list,
    add(call) {
      list.push(call);
      if (list.length >= 2 * capacity) list.splice(0, list.length - capacity);
    },
  };
}
