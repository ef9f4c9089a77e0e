import { SlackFailure } from '../failure.ts';
import { listOf, textOf, type Json } from '../json.ts';
import type { StoredFile, World } from '../world.ts';
import type { Method } from './types.ts';

const getUploadUrl: Method = {
  scopes: ['files:write'],
  run(world, params) {
    const name = textOf(params, 'filename');
    const length = Number(params['length']);
    if (name === undefined || !(length > 0)) throw new SlackFailure('invalid_arguments');
    const id = world.nextId('F');
    world.files.set(id, { id, name, length, bytes: null, completedAt: null });
    return { file_id: id, upload_url: `${world.root}/upload/${id}` };
  },
};

const complete: Method = {
  scopes: ['files:write'],
  run(world, params) {
    const files = listOf(params, 'files').map((file) => getFile(world, textOf(file, 'id')));
    if (files.length === 0) throw new SlackFailure('invalid_arguments');
    if (files.some(({ bytes, length }) => bytes?.length !== length))
      throw new SlackFailure('file_not_uploaded');
    for (const file of files) file.completedAt = world.now();
    return { files: files.map((file) => wireFile(world, file)) };
  },
};

const info: Method = {
  scopes: ['files:read'],
  run: (world, params) => ({ file: wireFile(world, getFile(world, textOf(params, 'file'))) }),
};

function getFile(world: World, id: string | undefined): StoredFile {
  const file = world.files.get(id ?? '');
  if (file === undefined) throw new SlackFailure('file_not_found');
  return file;
}

/** Slack knows what a file is only once it is processed. */
function wireFile(world: World, file: StoredFile): Json {
  const { id, name, length } = file;
  const known = isProcessed(world, file);
  return {
    id,
    name,
    size: length,
    mimetype: known ? 'image/png' : '',
    filetype: known ? 'png' : '',
    ...(known ? { original_w: 1280, original_h: 720 } : {}),
  };
}

function isProcessed(world: World, { completedAt }: StoredFile): boolean {
  return completedAt !== null && world.now() - completedAt >= world.fileDelayMs;
}

/** Tells whether a file can stand in a block by now. */
export function isShowable(world: World, id: string): boolean {
  const file = world.files.get(id);
  return file !== undefined && isProcessed(world, file);
}

/** Takes the bytes of an upload; false when nobody announced them. */
export function takeUpload(world: World, id: string, bytes: Uint8Array): boolean {
  const file = world.files.get(id);
  if (file === undefined || file.completedAt !== null) return false;
  file.bytes = bytes;
  return true;
}

export const FILE_METHODS: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
  'files.info': info,
};
