import { waitUntil, type Find } from '../wait-until.ts';
import type { Change } from './types.ts';

/** Changes a slow reader may lag behind. */
const QUEUE_MAX = 1_000;

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
    waitFor: (find, timeoutMs, hint) => waitUntil(find, { ...source, timeoutMs, hint }),
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
