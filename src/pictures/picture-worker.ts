/** Runs in a worker thread and draws one picture at a time. Started by `drawing-threads.ts`. */
import { parentPort } from 'node:worker_threads';

import type { PictureSpec } from '../../charts/index.ts';
import { createArtist } from './draw-picture.ts';
import { createGarbageKeeper } from './garbage.ts';
import type { ThreadReply } from './drawing-threads.ts';

const garbage = createGarbageKeeper();
const artist = createArtist(garbage.note);

const FIRST_PICTURE: PictureSpec = {
  kind: 'cockpit',
  reader: { theme: 'light', locale: 'en', timezone: 'UTC', nowMs: 0 },
  title: 'Heartbeat',
  tiles: [],
};

async function answer(specJson: string): Promise<void> {
  try {
    const { png, width, height } = await artist.draw(JSON.parse(specJson) as PictureSpec);
    reply({ kind: 'drawn', png: png.buffer, width, height }, [png.buffer]);
  } catch (error) {
    reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
  garbage.collectWhenDue();
}

function reply(message: ThreadReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

// the first picture loads fonts and compiles code: it is drawn before anybody waits for it
await artist.draw(FIRST_PICTURE);
parentPort?.on('message', (specJson: string) => void answer(specJson));
