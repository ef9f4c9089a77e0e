import type { IncomingMessage } from 'node:http';
import { isJson, type Json } from './json.ts';

const BODY_MAX_BYTES = 20 * 1024 * 1024;

/** Reads a request's body, as it is. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_MAX_BYTES) throw new Error('the body is too large');
  }
  return Buffer.concat(chunks);
}

/** Gives the arguments of a call: JSON, or a form whose fields may hold JSON. */
export function readParams(request: IncomingMessage, body: Buffer): Json {
  if ((request.headers['content-type'] ?? '').includes('json')) {
    const value: unknown = JSON.parse(body.toString());
    return isJson(value) ? value : {};
  }
  const entries = [...new URLSearchParams(body.toString())];
  return Object.fromEntries(entries.map(([name, value]) => [name, readField(value)]));
}

function readField(value: string): unknown {
  if (!/^[[{]/.test(value)) return value === 'true' ? true : value === 'false' ? false : value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
