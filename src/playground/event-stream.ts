import { SECOND } from '../lib/time.ts';
import type { PageEvent } from './page-types.ts';

/** Proxies and browsers take a connection on which nothing comes for dead. */
const KEEP_ALIVE_MS = 15 * SECOND;
const RECONNECT_MS = SECOND;
/** Events a page may lag behind; then it is cut off, connects again and begins with everything. */
const LAG_MAX = 500;

/** Pages that listen. */
export interface EventStream {
  /** Answers with a stream that begins with the event `first` gives and ends when the page leaves. */
  open(first: () => PageEvent): Response;
  send(event: PageEvent): void;
  /** how many pages listen */
  readonly count: number;
  close(): void;
}

type Listener = ReadableStreamDefaultController<Uint8Array>;

/** Makes a stream of server-sent events that any number of pages hear (HTML standard, 9.2). */
export function createEventStream(): EventStream {
  const listeners = new Set<Listener>();
  const encoder = new TextEncoder();
  let nextId = 1;

  function push(listener: Listener, text: string): void {
    if ((listener.desiredSize ?? 0) < -LAG_MAX) return drop(listener);
    listener.enqueue(encoder.encode(text));
  }

  function drop(listener: Listener): void {
    listeners.delete(listener);
    listener.close();
  }

  function format(event: PageEvent): string {
    const text = `id: ${nextId}\ndata: ${JSON.stringify(event)}\n\n`;
    nextId += 1;
    return text;
  }

  const alive = setInterval(() => {
    for (const listener of listeners) push(listener, ': still here\n\n');
  }, KEEP_ALIVE_MS).unref();

  return {
    get count() {
      return listeners.size;
    },
    open(first) {
      let own: Listener;
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller;
          push(own, `retry: ${RECONNECT_MS}\n${format(first())}`);
          listeners.add(own);
        },
        cancel: () => void listeners.delete(own),
      });
      return new Response(stream, {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        },
      });
    },
    send(event) {
      if (listeners.size === 0) return;
      const text = format(event);
      for (const listener of listeners) push(listener, text);
    },
    close() {
      clearInterval(alive);
      for (const listener of listeners) drop(listener);
    },
  };
}
