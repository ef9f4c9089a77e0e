import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { MessagePicture } from '../../delivery/index.ts';
import type { SlackClient } from './client.ts';
import type { SlackFiles } from './file-ids.ts';
import { FILE_WAIT_MS } from './limits.ts';
import { EmptyAnswerError, isUnknownMethod, toTrouble } from './trouble.ts';

/** A picture at Slack. `pending`: uploaded, but not processed in time; the next try finds it. */
export type SlackPicture = { kind: 'ready'; fileId: string } | { kind: 'pending' };

/** Brings pictures to Slack, each content once. */
export interface SlackPictures {
  /** Uploads what is not there, and waits until Slack has processed it, for 5 s at most. Throws what the calls throw. */
  bring(picture: MessagePicture): Promise<SlackPicture>;
  /** Forgets an id that Slack no longer takes. */
  forget(picture: MessagePicture): void;
}

export type PicturesOptions = {
  client: SlackClient;
  files: SlackFiles;
  log: Logger;
  waitMs?: number | undefined;
};

const FIRST_POLL_MS = 50;
const LAST_POLL_MS = 500;
const KNOWN_MAX = 1_000;
const NAME = 'heartbeat.png';

const UploadTarget = z.object({ upload_url: z.string(), file_id: z.string() });
const FileInfo = z.object({
  file: z.object({ mimetype: z.string().nullish(), filetype: z.string().nullish() }),
});

/** Makes what brings pictures to Slack: an upload there is asynchronous, and a block with a file that is not processed is refused. */
export function createSlackPictures(options: PicturesOptions): SlackPictures {
  const { client, files } = options;
  const waitMs = options.waitMs ?? FILE_WAIT_MS;
  const ready = new LRUCache<string, string>({ max: KNOWN_MAX });
  const underWay = new Map<string, Promise<string>>();

  /** Two messages with one picture upload it once. */
  function upload(picture: MessagePicture): Promise<string> {
    const { contentHash } = picture;
    const known = underWay.get(contentHash);
    if (known) return known;
    const uploading = uploadOnce(options, picture).finally(() => underWay.delete(contentHash));
    underWay.set(contentHash, uploading);
    return uploading;
  }

  return {
    async bring(picture) {
      const { contentHash } = picture;
      const shown = ready.get(contentHash);
      if (shown !== undefined) return { kind: 'ready', fileId: shown };
      const stored = await files.find(contentHash);
      const fileId = stored !== undefined && (await isKnown(client, stored)) ? stored : await upload(picture);
      if (!(await isProcessed(client, fileId, waitMs))) return { kind: 'pending' };
      ready.set(contentHash, fileId);
      return { kind: 'ready', fileId };
    },
    forget: ({ contentHash }) => void ready.delete(contentHash),
  };
}

async function uploadOnce({ client, files }: PicturesOptions, picture: MessagePicture): Promise<string> {
  const { png, contentHash } = picture;
  const target = UploadTarget.safeParse(
    await client.call('files.getUploadURLExternal', { filename: NAME, length: png.byteLength }),
  ).data;
  if (!target) throw new EmptyAnswerError('files.getUploadURLExternal');
  await client.upload(target.upload_url, png);
  await client.once('files.completeUploadExternal', { files: [{ id: target.file_id, title: NAME }] });
  await files.remember(contentHash, target.file_id);
  return target.file_id;
}

/** Somebody may have deleted the file since. */
async function isKnown(client: SlackClient, fileId: string): Promise<boolean> {
  try {
    await client.call('files.info', { file: fileId });
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    if (isUnknownMethod(toTrouble(error))) return true;
    throw error;
  }
}

async function isProcessed(client: SlackClient, fileId: string, waitMs: number): Promise<boolean> {
  const giveUpAtMs = performance.now() + waitMs;
  for (let pauseMs = FIRST_POLL_MS; ; pauseMs = Math.min(LAST_POLL_MS, pauseMs * 2)) {
    if (await isDescribed(client, fileId)) return true;
    if (performance.now() + pauseMs > giveUpAtMs) return false;
    await sleep(pauseMs, undefined, { ref: false });
  }
}

/** Slack knows what a file is once it is processed; until then its type is empty, or the file is not there yet. */
async function isDescribed(client: SlackClient, fileId: string): Promise<boolean> {
  try {
    const info = FileInfo.safeParse(await client.call('files.info', { file: fileId })).data;
    // who does not describe files has none to process
    if (!info) return true;
    const types = [info.file.mimetype, info.file.filetype].filter((type) => type !== undefined);
    return types.length === 0 || types.some((type) => type !== '' && type !== null);
  } catch (error) {
    if (isMissing(error)) return false;
    if (isUnknownMethod(toTrouble(error))) return true;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const trouble = toTrouble(error);
  return trouble.kind === 'refused' && /^file_(not_found|deleted)$/.test(trouble.code);
}
