import { crc32 } from 'node:zlib';
import { badRequest } from './failure.ts';

export type ImageSize = { width: number; height: number };

const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
const SIDES_MAX_SUM = 10_000;
const MAX_RATIO = 20;
/** The server re-encodes photos to this side. */
const SERVED_SIDE = 1280;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Gives the size at which Telegram serves a photo, or refuses bytes that are no photo it takes. */
export function readPhoto(bytes: Buffer): ImageSize {
  if (bytes.length > PHOTO_MAX_BYTES)
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${PHOTO_MAX_BYTES} bytes`,
    );
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  const size = readPng(bytes) ?? readJpeg(bytes);
  if (size === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (width + height > SIDES_MAX_SUM || !(ratio <= MAX_RATIO)) throw badRequest('PHOTO_INVALID_DIMENSIONS');
  const scale = Math.min(1, SERVED_SIDE / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Walks all chunks: a PNG that is cut short or damaged does not pass. */
function readPng(bytes: Buffer): ImageSize | undefined {
  if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return undefined;
  let size: ImageSize | undefined;
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (type === 'IEND') return size;
    at = end;
  }
  return undefined;
}

/** Finds the frame header among a JPEG's segments (ITU T.81, B.1.1.3). */
function readJpeg(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9)
    return undefined;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
