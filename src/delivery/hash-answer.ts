import { createHash } from 'node:crypto';
import type { Answer } from '../answers/index.ts';

/** SHA-256 hex of what a message says; two equal hashes need no edit. The picture counts by its own hash. */
export function hashAnswer({ lines, code, buttons }: Answer): string {
  return createHash('sha256').update(JSON.stringify({ lines, code, buttons })).digest('hex');
}
