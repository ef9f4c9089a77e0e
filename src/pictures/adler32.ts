const BASE = 65_521;
/** Bytes that can be added up before the sums could pass 32 bits (RFC 1950; zlib's NMAX). */
const BYTES_BETWEEN_REMAINDERS = 5552;

/** Gives the Adler-32 checksum of bytes. */
export function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += BYTES_BETWEEN_REMAINDERS) {
    const to = Math.min(from + BYTES_BETWEEN_REMAINDERS, bytes.length);
    for (let at = from; at < to; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= BASE;
    high %= BASE;
  }
  return ((high << 16) | low) >>> 0;
}

/** Gives the checksum of two runs of bytes one after the other from the checksums of each. */
export function combineAdler32(first: number, second: number, secondLength: number): number {
  const low = ((first & 0xffff) + (second & 0xffff) + BASE - 1) % BASE;
  // each byte of the second run has added the first run's low sum, less its start of 1, to the high sum
  const carried = (secondLength % BASE) * ((first & 0xffff) + BASE - 1);
  const high = ((first >>> 16) + (second >>> 16) + carried) % BASE;
  return ((high << 16) | low) >>> 0;
}
