import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';

const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses bodies of more than `maxBytes`: by their announced length, or while they are read when none is announced. */
export function limitBody(maxBytes: number, refuse: () => Response): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const announced = c.req.header('content-length');
    if (announced !== undefined) return Number(announced) > maxBytes ? refuse() : next();
    if (WITHOUT_BODY.has(c.req.method)) return next();
    const body = await readWithin(c.req.raw.body, maxBytes);
    if (body === 'too_large') return refuse();
    const { url, method, headers, signal } = c.req.raw;
    c.req.raw = new Request(url, { method, headers, signal, body });
    return next();
  };
}

async function readWithin(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) return 'too_large';
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
