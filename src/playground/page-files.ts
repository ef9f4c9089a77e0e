import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export type PageFiles = {
  /** the page, with `{{name}}` where something is filled in */
  html: string;
  /** Gives a style sheet or script by its path; undefined when the path is none's. */
  find(path: string): Response | undefined;
};

/** Reads the files of the page, which are part of the package and not compiled. */
export function readPageFiles(): PageFiles {
  const dir = join(findRoot(import.meta.dirname), 'src', 'playground', 'page');
  const names = readdirSync(dir).filter((name) => TYPES[extname(name)] !== undefined);
  const assets = new Map(names.map((name) => [`/play/${name}`, readAsset(join(dir, name))]));
  return {
    html: readFileSync(join(dir, 'index.html'), 'utf8'),
    find(path) {
      const asset = assets.get(path);
      return asset && new Response(asset.body, { headers: asset.headers });
    },
  };
}

function readAsset(file: string): { body: string; headers: Record<string, string> } {
  const body = readFileSync(file, 'utf8');
  const hash = createHash('sha256').update(body).digest('base64url');
  const type = TYPES[extname(file)] ?? 'text/plain';
  return { body, headers: { 'content-type': type, etag: `"${hash}"`, 'cache-control': 'no-cache' } };
}

/** Compiled code lies in `dist` without the page's files, so the way leads up to the package and down from there. */
function findRoot(folder: string): string {
  const parent = dirname(folder);
  if (existsSync(join(folder, 'package.json')) || parent === folder) return folder;
  return findRoot(parent);
}
