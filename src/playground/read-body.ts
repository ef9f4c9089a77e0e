import { z } from 'zod';
import { InputError } from '../errors.ts';

/** More than the longest message, in the longest spelling JSON has for it. */
const BODY_MAX_BYTES = 64 * 1024;

/** Reads a JSON body and checks it; throws InputError that says what is wrong with it. */
export async function readBody<Body>(request: Request, schema: z.ZodType<Body>): Promise<Body> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new InputError(
      'content_type_unsupported',
      'The body must be JSON, sent with "Content-Type: application/json".',
    );
  const parsed = schema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new InputError('body_invalid', `${where ? `${where}: ` : ''}${issue?.message ?? 'not understood'}.`);
}

async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.length;
    if (bytes > BODY_MAX_BYTES)
      throw new InputError('body_too_large', `The body may have at most ${BODY_MAX_BYTES} bytes.`);
    text += decoder.decode(part, { stream: true });
  }
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('body_unreadable', 'The body is not JSON. Send one JSON object.');
  }
}
