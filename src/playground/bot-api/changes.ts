import type { Change } from './types.ts';

const WAIT_MS = 10_000;
/** Changes a slow reader may lag behind. */
const QUEUE_MAX = 1_000;

type Find<T> = () => T | undefined | null | false;
type Source = { onChange(listener: (change: Change) => void): () => void; signal: AbortSignal };

/** Tells whoever listens what changed. */
export interface Changes {
  /** The change is made only when somebody listens. */
  emit(make: () => Change): void;
  onChange(listener: (change: Change) => void): () => void;
  iterate(): AsyncIterableIterator<Change>;
  waitFor<T>(find: Find<T>, timeoutMs: number | undefined, hint: () => string): Promise<T>;
  /** Ends all iterations and waits. */
  close(): void;
}

/** Makes the teller. */
export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>();
  const closed = new AbortController();
  const source: Source = {
    signal: closed.signal,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    emit(make) {
      if (listeners.size === 0) return;
      const change = make();
      for (const listener of listeners) listener(change);
    },
    onChange: (listener) => source.onChange(listener),
    iterate: () => iterate(source),
    waitFor: (find, timeoutMs = WAIT_MS, hint) => waitFor(source, find, { timeoutMs, hint }),
    close: () => closed.abort(),
  };
}

async function* iterate(source: Source): AsyncGenerator<Change, undefined, undefined> {
  const queue: Change[] = [];
  let bell = Promise.withResolvers<void>();
  const ring = (): void => bell.resolve();
  const off = source.onChange((change) => {
    if (queue.length < QUEUE_MAX) queue.push(change);
    ring();
  });
  source.signal.addEventListener('abort', ring);
  try {
    while (!source.signal.aborted) {
      yield* queue.splice(0);
      if (queue.length === 0) await bell.promise;
      bell = Promise.withResolvers<void>();
    }
  } finally {
    off();
    source.signal.removeEventListener('abort', ring);
  }
  return undefined;
}

function waitFor<T>(
  source: Source,
  find: Find<T>,
  { timeoutMs, hint }: { timeoutMs: number; hint: () => string },
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const settle = (): void => {
    try {
      const found = find();
      if (found !== undefined && found !== null && found !== false) resolve(found);
    } catch (error) {
      reject(error);
    }
  };
  const off = source.onChange(settle);
  const fail = (): void => reject(new Error(`It did not happen within ${timeoutMs} ms. ${hint()}`));
  const timer = setTimeout(fail, timeoutMs);
  source.signal.addEventListener('abort', fail);
  settle();
  return promise.finally(() => {
    off();
    clearTimeout(timer);
    source.signal.removeEventListener('abort', fail);
  });
}
