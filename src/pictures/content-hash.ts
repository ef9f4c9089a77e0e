import { createHash } from 'node:crypto';

import type { PictureSpec, TileSpec } from '../../charts/index.ts';
import { MINUTE } from '../lib/time.ts';

/** A spec as text, and the SHA-256 hex of that text. */
export type SpecIdentity = { json: string; contentHash: string };

/** Gives what tells a picture from another. Times are in whole minutes, as pictures show them. */
export function identifySpec(spec: PictureSpec): SpecIdentity {
  const json = JSON.stringify(inWholeMinutes(spec));
  return { json, contentHash: createHash('sha256').update(json).digest('hex') };
}

/** Gives the SHA-256 hex that a picture of this spec has, without drawing it. */
export function contentHashOf(spec: PictureSpec): string {
  return identifySpec(spec).contentHash;
}

function inWholeMinutes(spec: PictureSpec): PictureSpec {
  const reader = { ...spec.reader, nowMs: wholeMinutes(spec.reader.nowMs) };
  switch (spec.kind) {
    case 'cockpit':
      return { ...spec, reader, tiles: spec.tiles.map(agedTile) };
    case 'metric':
      return { ...spec, reader, tile: agedTile(spec.tile) };
    case 'preview':
      return { ...spec, reader };
  }
}

function agedTile(tile: TileSpec): TileSpec {
  return { ...tile, ageMs: tile.ageMs === null ? null : wholeMinutes(tile.ageMs) };
}

function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}
