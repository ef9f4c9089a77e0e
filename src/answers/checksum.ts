/** Gives 32 bits of a text, in base 36: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv */
export function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
