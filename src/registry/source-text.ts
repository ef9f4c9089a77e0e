import { isUtf8 } from 'node:buffer';
import { errorAt, type Finding, type Parsed, warningAt } from './finding.ts';

/** The largest file that is read. */
export const MAX_FILE_BYTES = 1024 * 1024;

const LINE_FEED = 0x0a;
const UTF8_BOM = [0xef, 0xbb, 0xbf];
const UTF16_BOMS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];
const SAVE_AS_UTF8 = 'Save it as UTF-8 without a byte order mark.';

/** Decodes a file's bytes as UTF-8; a byte order mark is dropped with a warning, any other encoding is an error. */
export function decodeText(bytes: Uint8Array): Parsed<string> {
  if (bytes.length > MAX_FILE_BYTES) return { value: null, findings: [tooLarge(bytes.length)] };
  if (UTF16_BOMS.some((bom) => startsWith(bytes, bom))) {
    return { value: null, findings: [errorAt(1, 'The file is UTF-16.', SAVE_AS_UTF8)] };
  }
  if (!isUtf8(bytes)) {
    const line = lineOfFirst(bytes, (part) => !isUtf8(part));
    return { value: null, findings: [errorAt(line, 'This line is not UTF-8 text.', SAVE_AS_UTF8)] };
  }
  if (bytes.includes(0)) {
    const line = lineOfFirst(bytes, (part) => part.includes(0));
    return {
      value: null,
      findings: [errorAt(line, 'This line holds a zero byte, so the file is not text.', SAVE_AS_UTF8)],
    };
  }
  const findings: Finding[] = startsWith(bytes, UTF8_BOM)
    ? [warningAt(1, 'The file starts with a byte order mark.', SAVE_AS_UTF8)]
    : [];
  return { value: new TextDecoder().decode(bytes), findings };
}

/** The finding about a file over the limit. */
export function tooLarge(bytes: number): Finding {
  const size = (bytes / MAX_FILE_BYTES).toFixed(1);
  return errorAt(1, `The file has ${size} MB; at most 1 MB is read.`, 'Make it smaller.');
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

// UTF-8 never has a line feed inside a character, so each line can be judged alone.
function lineOfFirst(bytes: Uint8Array, isBad: (line: Uint8Array) => boolean): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    const part = bytes.subarray(start, end === -1 ? undefined : end);
    if (end === -1 || isBad(part)) return line;
    start = end + 1;
    line++;
  }
}
