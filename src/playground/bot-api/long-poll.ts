import { ApiFailure } from './failure.ts';

/** The one request that may wait for updates. */
export interface LongPoll<T> {
  /** Waits for `wake`; ends with nothing after `timeoutMs` or when the caller is gone. An earlier wait ends with a 409. */
  wait(timeoutMs: number, onGone: (callback: () => void) => void): Promise<T | undefined>;
  /** Ends the wait with what it waits for; false when nobody waits. */
  wake(value: T): boolean;
  /** Ends the wait with a 409. */
  abort(why: string): void;
  close(): void;
}

type Waiter<T> = { resolve(value: T | undefined): void; reject(error: Error): void };

/** Makes the place where one request waits. */
export function createLongPoll<T>(): LongPoll<T> {
  let waiter: Waiter<T> | undefined;

  function abort(why: string): void {
    waiter?.reject(new ApiFailure(409, `Conflict: ${why}`));
    waiter = undefined;
  }

  return {
    abort,
    wait(timeoutMs, onGone) {
      abort('terminated by other getUpdates request; make sure that only one bot instance is running');
      const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
      const own: Waiter<T> = { resolve, reject };
      waiter = own;
      const leave = (): void => {
        if (waiter === own) waiter = undefined;
        resolve(undefined);
      };
      const timer = setTimeout(leave, timeoutMs).unref();
      onGone(leave);
      return promise.finally(() => clearTimeout(timer));
    },
    wake(value) {
      if (waiter === undefined) return false;
      waiter.resolve(value);
      waiter = undefined;
      return true;
    },
    close() {
      waiter?.resolve(undefined);
      waiter = undefined;
    },
  };
}
