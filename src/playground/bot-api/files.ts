import { createHash } from 'node:crypto';
import { ApiFailure, badRequest } from './failure.ts';
import { readPhoto } from './image.ts';
import type { Params } from './params.ts';

export type StoredFile = { fileId: string; path: string; width: number; height: number; bytes: Buffer };
export type PhotoRef = { fileId: string; width: number; height: number };

/** Photos that bots uploaded; the oldest bytes are dropped when they are too many. */
export interface Files {
  /** Takes the photo of a call, uploaded or by the id of an earlier upload. */
  take(bot: string, params: Params, source: string): PhotoRef;
  find(bot: string, fileId: string): StoredFile | undefined;
  findByPath(path: string): StoredFile | undefined;
  bytesOf(fileId: string): Buffer | null;
  forget(): void;
}

const ATTACHED = 'attach://';

/** Makes a store of photos that keeps at most `maxBytes`. */
export function createFiles(maxBytes: number): Files {
  const files = new Map<string, StoredFile & { bot: string }>();
  let total = 0;

  function store(bot: string, bytes: Buffer): PhotoRef {
    const { width, height } = readPhoto(bytes);
    const hash = createHash('sha256').update(bot).update(bytes).digest('base64url');
    const fileId = `AgACAgQAAxkBAAI${hash}`;
    if (!files.has(fileId)) {
      files.set(fileId, { bot, fileId, path: `photos/${hash}.png`, width, height, bytes });
      total += bytes.length;
      dropOldest();
    }
    return { fileId, width, height };
  }

  function dropOldest(): void {
    for (const [fileId, file] of files) {
      if (total <= maxBytes || files.size === 1) return;
      files.delete(fileId);
      total -= file.bytes.length;
    }
  }

  const find = (bot: string, fileId: string): StoredFile | undefined => {
    const file = files.get(fileId);
    return file?.bot === bot ? file : undefined;
  };

  return {
    find,
    take(bot, params, source) {
      if (source === '') throw badRequest('there is no photo in the request');
      const upload = source.startsWith(ATTACHED)
        ? params.files.get(source.slice(ATTACHED.length))
        : undefined;
      if (upload !== undefined) return store(bot, upload);
      const known = find(bot, source);
      if (known === undefined) throw badRequest('wrong file identifier/HTTP URL specified');
      return { fileId: known.fileId, width: known.width, height: known.height };
    },
    findByPath: (path) => files.values().find((file) => file.path === path),
    bytesOf: (fileId) => files.get(fileId)?.bytes ?? null,
    forget() {
      files.clear();
      total = 0;
    },
  };
}

/** Gives the photo parameter of a call: a file part of that name, or what the parameter says. */
export function photoSource(params: Params, name: string): string {
  return params.files.has(name) ? `${ATTACHED}${name}` : params.text(name);
}

/** Gives a file, or the refusal of getFile. */
export function getFile(files: Files, bot: string, fileId: string): StoredFile {
  const file = files.find(bot, fileId);
  if (file === undefined)
    throw new ApiFailure(
      400,
      fileId === '' ? 'Bad Request: file_id not specified' : 'Bad Request: invalid file_id',
    );
  return file;
}
