import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../errors.ts';
import { isSlug, SLUG_HINT } from './field-schemas.ts';
import { errorAt, type Finding, inFile, type Parsed, quoted, warningAt } from './finding.ts';
import { decodeText, MAX_FILE_BYTES, tooLarge } from './source-text.ts';
import type { Problem } from './types.ts';

/** What there is to read at a path: text, nothing, or something that may not be read. */
export type FileReading = { kind: 'text' | 'missing' | 'refused'; text: Parsed<string> };

/** The files of one kind in a folder, by id, and what is wrong with their names. */
export type FolderListing = { files: { id: string; file: string }[]; problems: Problem[] };

/**
 * Reads a file of the workspace by its path within the folder. What leads outside (also by a symbolic link), is no plain file
 * or is too large is refused with a finding.
 */
export async function readWorkspaceFile(dir: string, file: string): Promise<FileReading> {
  try {
    const [root, path] = await Promise.all([realpath(dir), realpath(join(dir, file))]);
    if (!isInside(root, path)) {
      return refused(errorAt(1, 'The file leads outside the workspace folder.', 'Move it into the folder.'));
    }
    return await readPlainFile(path);
  } catch (error) {
    return unreadable(error);
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

// Opened without waiting, so that a pipe named x.yaml holds nothing up.
async function readPlainFile(path: string): Promise<FileReading> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      return refused(errorAt(1, 'This is not a plain file.', 'Put a text file in its place.'));
    if (stats.size > MAX_FILE_BYTES) return refused(tooLarge(stats.size));
    return { kind: 'text', text: decodeText(await handle.readFile()) };
  } finally {
    await handle.close();
  }
}

function refused(finding: Finding): FileReading {
  return { kind: 'refused', text: { value: null, findings: [finding] } };
}

function unreadable(error: unknown): FileReading {
  if (isMissing(error)) return { kind: 'missing', text: { value: null, findings: [] } };
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return refused(
      errorAt(1, 'The file may not be read.', 'Give the user that runs Heartbeat the right to read it.'),
    );
  }
  return refused(errorAt(1, `The file could not be read (${code}).`, 'Look at the disk and try again.'));
}

/** Lists the YAML files of `metrics` or `cuts`; a file whose name is no slug is an error, one that is overlooked a warning. */
export async function listYamlFiles(dir: string, folder: 'metrics' | 'cuts'): Promise<FolderListing> {
  const listing: FolderListing = { files: [], problems: [] };
  for (const entry of await listFolder(join(dir, folder))) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const hint = `Move the files into ${folder}/ itself.`;
      listing.problems.push(...inFile(file, [warningAt(1, 'Folders inside are not read.', hint)]));
      continue;
    }
    const [, name = '', extension] = /^(.*)\.(ya?ml)$/i.exec(entry.name) ?? [];
    if (extension === undefined) continue;
    if (extension !== 'yaml') {
      const hint = `Rename it to ${name}.yaml.`;
      listing.problems.push(
        ...inFile(file, [warningAt(1, `Files that end in .${extension} are not read.`, hint)]),
      );
    } else if (isSlug(name)) listing.files.push({ id: name, file });
    else listing.problems.push(...inFile(file, [badName(name)]));
  }
  return listing;
}

function badName(name: string): Finding {
  const suggestion = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+/, '');
  const hint = isSlug(suggestion) ? `Rename it to ${suggestion}.yaml.` : SLUG_HINT;
  return errorAt(1, `The file name is the id, and ${quoted(name)} is not a slug.`, hint);
}

/** Lists the pages in `docs`, by slug. */
export async function listPages(dir: string): Promise<FolderListing> {
  const listing: FolderListing = { files: [], problems: [] };
  for (const entry of await listFolder(join(dir, 'docs'))) {
    const name = /^(.*)\.md$/.exec(entry.name)?.[1];
    if (name === undefined || entry.isDirectory()) continue;
    const file = `docs/${entry.name}`;
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name)) listing.files.push({ id: name.toLowerCase(), file });
    else {
      const hint = 'Name it with letters, digits, - and _.';
      listing.problems.push(
        ...inFile(file, [warningAt(1, 'The file name cannot be part of a web address.', hint)]),
      );
    }
  }
  return listing;
}

async function listFolder(path: string) {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (isMissing(error)) return [];
    throw new InputError(
      'workspace_unreadable',
      `${path} could not be read (${codeOf(error)}). Check the disk and its rights.`,
      {
        details: { path },
        cause: error,
      },
    );
  }
}

// A folder that cannot be read is not an empty one: nothing is retired because of it.
function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
