/** Why SQL of a file is refused, what to do, and where (line of the SQL, from 1) when that is known. */
export type SqlProblem = { reason: string; hint: string | null; line?: number };

/** Gives the line, from 1, of a place in a text that is counted in bytes. */
export function lineOfByte(text: string, byte: number): number {
  return lineOf(Buffer.from(text).subarray(0, Math.max(byte, 0)).toString());
}

/** Gives the line, from 1, of a place in a text that is counted in characters (code points, as PostgreSQL does). */
export function lineOfCharacter(text: string, character: number): number {
  return lineOf(Array.from(text).slice(0, Math.max(character, 0)).join(''));
}

function lineOf(before: string): number {
  return before.split('\n').length;
}
