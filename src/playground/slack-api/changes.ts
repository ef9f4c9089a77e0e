const WAIT_MS = 10_000;

/** Tells whoever listens that something changed. */
export interface Changes {
  emit(): void;
  onChange(listener: () => void): () => void;
  waitFor<T>(
    find: () => T | undefined | null | false,
    timeoutMs: number | undefined,
    hint: () => string,
  ): Promise<T>;
}

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
    waitFor: (find, timeoutMs = WAIT_MS, hint) => waitFor(onChange, find, { timeoutMs, hint }),
  };
}

function waitFor<T>(
  onChange: Changes['onChange'],
  find: () => T | undefined | null | false,
  { timeoutMs, hint }: { timeoutMs: number; hint: () => string },
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const look = (): void => {
    try {
      const found = find();
      if (found !== undefined && found !== null && found !== false) resolve(found);
    } catch (error) {
      reject(error);
    }
  };
  const off = onChange(look);
  const fail = (): void => reject(new Error(`It did not happen within ${timeoutMs} ms. ${hint()}`));
  const timer = setTimeout(fail, timeoutMs);
  look();
  return promise.finally(() => {
    off();
    clearTimeout(timer);
  });
}
