import { waitUntil, type Find } from '../wait-until.ts';

/** Tells whoever listens that something changed. */
export interface Changes {
  emit(): void;
  onChange(listener: () => void): () => void;
  waitFor<T>(find: Find<T>, timeoutMs: number | undefined, hint: () => string): Promise<T>;
}

/** Makes the teller. */
export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const onChange: Changes['onChange'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    onChange,
    emit() {
      for (const listener of listeners) listener();
    },
    waitFor: (find, timeoutMs, hint) => waitUntil(find, { onChange, timeoutMs, hint }),
  };
}
