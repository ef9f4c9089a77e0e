import type { PictureSpec } from '../../charts/types.ts';

/** A drawn picture: PNG bytes and the SHA-256 hex of its spec (equal specs are equal pictures). */
export type Picture = { png: Uint8Array; contentHash: string; width: number; height: number };

/** Draws pictures off the main thread, with a bounded cache. */
export interface Pictures {
  /** Draws a spec, or gives it from the cache; equal specs under way are drawn once. */
  render(spec: PictureSpec): Promise<Picture>;
  /** Gives a picture that is ready now, without drawing. */
  cached(spec: PictureSpec): Picture | undefined;
  close(): Promise<void>;
}
