const WAIT_MS = 10_000;

/** Gives what is looked for, or nothing yet. */
export type Find<T> = () => T | undefined | null | false;

type Wait = {
  /** tells of every change; gives what ends that */
  onChange: (listener: () => void) => () => void;
  /** ends the wait */
  signal?: AbortSignal;
  /** 10 s unless given */
  timeoutMs: number | undefined;
  /** what is there instead, for the error */
  hint: () => string;
};

/** Waits for something that a change brings about; rejects when it does not come in time. */
export function waitUntil<T>(
  find: Find<T>,
  { onChange, signal, timeoutMs = WAIT_MS, hint }: Wait,
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
  signal?.addEventListener('abort', fail);
  look();
  return promise.finally(() => {
    off();
    clearTimeout(timer);
    signal?.removeEventListener('abort', fail);
  });
}
