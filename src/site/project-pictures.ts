import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDocs } from './project-pages.ts';

/** A picture of the pages that ship with the program; its size in pixels. */
export type ProjectPicture = { path: string; width: number; height: number };

const PICTURE_FILE = /^[\w-]+\.png$/;
/** as a page of the same folder says it */
const ADDRESS = /^(?:\.\/)?pictures\/([\w-]+\.png)$/;
/** where a PNG's first chunk holds its size */
const PNG_SIZE = { width: 16, height: 20 };

/** Reads what `docs/pictures` of the package holds, by name. */
export function readProjectPictures(dir = join(findDocs(), 'pictures')): Map<string, ProjectPicture> {
  if (!existsSync(dir)) return new Map();
  const files = readdirSync(dir, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && PICTURE_FILE.test(entry.name),
  );
  return new Map(
    files.map(({ name }) => {
      const path = join(dir, name);
      const bytes = readFileSync(path);
      const { width, height } = PNG_SIZE;
      return [name, { path, width: bytes.readUInt32BE(width), height: bytes.readUInt32BE(height) }];
    }),
  );
}

let shipped: ReadonlyMap<string, ProjectPicture> | undefined;

/** Gives the picture of a name such as `alert.png`; the folder is read once. */
export function findProjectPicture(name: string): ProjectPicture | undefined {
  shipped ??= readProjectPictures();
  return shipped.get(name);
}

/** Gives the name of the picture at an address within a page; undefined when it is no such address. */
export function pictureNameOf(address: string): string | undefined {
  return ADDRESS.exec(address)?.[1];
}
