import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect } from 'vitest';

/**
 * Compares a text with the recorded file `golden/<name>` beside a test (`dir` is its import.meta.dirname). With
 * GOLDEN=write the file is recorded anew, and its diff is what gets reviewed.
 */
export function matchGolden(dir: string, name: string, text: string): void {
  const file = join(dir, 'golden', name);
  const actual = text.endsWith('\n') ? text : `${text}\n`;
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  if (!existsSync(file))
    throw new Error(`${file} was never recorded: run "npm run golden" and read its diff`);
  expect(actual, `differs from ${file}; run "npm run golden" if that is meant`).toBe(
    readFileSync(file, 'utf8'),
  );
}
