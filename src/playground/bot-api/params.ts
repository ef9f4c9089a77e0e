import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import { ApiFailure, badRequest } from './failure.ts';

/** Bytes of a request; the Bot API takes files up to 50 MB. */
const REQUEST_MAX_BYTES = 50 * 1024 * 1024;

/** Parameters of a call as they came: typed from JSON, text from forms. */
export interface Params {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, Buffer>;
  has(name: string): boolean;
  text(name: string): string;
  integer(name: string): number | undefined;
  flag(name: string): boolean;
  /** an object or array, sent as such or as its JSON text */
  json(name: string, problem: string): unknown;
}

type Parsed = { values: Record<string, unknown>; files: Map<string, Buffer> };

/** Reads a call's parameters from its address and its body: JSON, form or multipart. */
export async function readParams(request: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const type = request.headers['content-type'] ?? '';
  const fromQuery = Object.fromEntries(query);
  if (type.startsWith('multipart/form-data')) {
    const { values, files } = await readMultipart(request);
    return createParams({ values: { ...fromQuery, ...values }, files });
  }
  const body = await readBody(request);
  const values = body === '' ? {} : readValues(body, type);
  return createParams({ values: { ...fromQuery, ...values }, files: new Map() });
}

/** Makes parameters of plain values, as in the answer to a web hook. */
export function createParams({ values, files }: Parsed): Params {
  const text = (name: string): string => {
    const value = values[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') {
      if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
      return value;
    }
    return JSON.stringify(value);
  };
  return {
    raw: values,
    files,
    text,
    has: (name) => values[name] !== undefined && values[name] !== null && values[name] !== '',
    integer(name) {
      const value = text(name).trim();
      return /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
    },
    flag: (name) => ['true', 'yes', '1'].includes(text(name).toLowerCase()),
    json(name, problem) {
      const value = values[name];
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value);
      } catch {
        throw badRequest(problem);
      }
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > REQUEST_MAX_BYTES) throw new ApiFailure(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function readValues(body: string, type: string): Record<string, unknown> {
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    const values: unknown = JSON.parse(body);
    if (typeof values === 'object' && values !== null && !Array.isArray(values))
      return values as Record<string, unknown>;
  } catch {
    // said below
  }
  throw badRequest("can't parse request JSON object");
}

/** Node's own form reader refuses grammY's uploads. */
function readMultipart(request: IncomingMessage): Promise<Parsed> {
  const { promise, resolve, reject } = Promise.withResolvers<Parsed>();
  const parsed: Parsed = { values: {}, files: new Map() };
  const reader = busboy({ headers: request.headers, limits: { fileSize: REQUEST_MAX_BYTES } });
  reader.on('field', (name, value) => {
    parsed.values[name] = value;
  });
  reader.on('file', (name, stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', () => reject(new ApiFailure(413, 'Request Entity Too Large')));
    stream.on('end', () => parsed.files.set(name, Buffer.concat(chunks)));
  });
  reader.on('error', () => reject(badRequest("can't parse multipart form data")));
  reader.on('close', () => resolve(parsed));
  request.on('error', reject);
  request.pipe(reader);
  return promise;
}
