import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { errorAt, type Finding, quoted, warningAt } from './finding.ts';
import { commentTrap } from './yaml-sentences.ts';

const MAX_DEPTH = 24;
const MAX_NODES = 50_000;
const MAX_ALIASES = 100;

/** A tag changes what a value is; these say only what it is anyway. */
const PLAIN_TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

type Source = { text: string; lineAt: (offset: number) => number; findings: Finding[] };
type Path = readonly (string | number)[];

/** Reads YAML nodes to plain data. `lines`, `blocks` and `empties` fill while it reads, by `pathKey`. */
export type YamlWalk = {
  read(node: unknown, path: Path): unknown;
  readonly lines: ReadonlyMap<string, number>;
  readonly blocks: ReadonlyMap<string, number>;
  readonly empties: ReadonlySet<string>;
};

type State = Source & {
  lines: Map<string, number>;
  blocks: Map<string, number>;
  empties: Set<string>;
  anchors: Map<string, unknown>;
  nodesLeft: number;
  aliasesLeft: number;
  /** line of the entry being read */
  line: number;
  /** a limit was passed: nothing more is read */
  stopped: boolean;
};

/** Makes the key under which a path's line is kept. */
export function pathKey(path: readonly PropertyKey[]): string {
  return path.map(String).join('\0');
}

/** Starts a walk over one document; what is wrong goes to `findings`. */
export function createYamlWalk(source: Source): YamlWalk {
  const state: State = {
    ...source,
    lines: new Map(),
    blocks: new Map(),
    empties: new Set(),
    anchors: new Map(),
    nodesLeft: MAX_NODES,
    aliasesLeft: MAX_ALIASES,
    line: 1,
    stopped: false,
  };
  return { ...state, read: (node, path) => readNode(state, node, path) };
}

function readNode(state: State, node: unknown, path: Path): unknown {
  if (state.stopped) return null;
  if (path.length > MAX_DEPTH || state.nodesLeft-- <= 0) {
    return stop(
      state,
      'The values are nested too deep, or are too many.',
      'Write them flatter; avoid aliases (*name).',
    );
  }
  if (isAlias(node)) return readAlias(state, node, path);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
  if (node.anchor) state.anchors.set(node.anchor, node);
  if (node.tag && !PLAIN_TAGS.has(node.tag)) {
    state.findings.push(errorAt(state.line, `The tag ${quoted(node.tag)} means nothing here.`, 'Remove it.'));
    return null;
  }
  if (isScalar(node)) return readScalar(state, node);
  return isMap(node) ? readMap(state, node, path) : readList(state, node, path);
}

function stop(state: State, reason: string, hint: string): null {
  state.stopped = true;
  state.findings.push(errorAt(state.line, reason, hint));
  return null;
}

function readAlias(state: State, alias: Alias, path: Path): unknown {
  const target = state.anchors.get(alias.source);
  if (target === undefined) {
    const reason = `*${quoted(alias.source)} repeats an anchor (&${quoted(alias.source)}) that is not set before it.`;
    state.findings.push(errorAt(state.line, reason, 'Quote the value if it is text that starts with *.'));
    return null;
  }
  if (state.aliasesLeft-- <= 0) {
    return stop(state, `More than ${MAX_ALIASES} aliases (*name) are used.`, 'Write the values out.');
  }
  return readNode(state, target, path);
}

function readScalar(state: State, { value }: Scalar): unknown {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
    state.findings.push(
      errorAt(
        state.line,
        'The text holds a character that cannot be stored.',
        'Remove the \\0 or \\ud… escape.',
      ),
    );
    return '';
  }
  return value;
}

function readList(state: State, list: YAMLSeq, path: Path): unknown[] {
  const entries: unknown[] = [];
  for (const [index, item] of list.items.entries()) {
    const offset = offsetOf(item);
    if (offset !== null) state.line = state.lineAt(offset);
    const entryPath = [...path, index];
    state.lines.set(pathKey(entryPath), state.line);
    if (isScalar(item) && item.value === null) {
      const comment = offset === null ? null : gluedComment(state.text, offset, /^\s*#([^\s#].*)/);
      if (comment) state.findings.push(commentTrap(state.line, 'This entry has no value', `#${comment}`));
    }
    entries.push(readNode(state, item, entryPath));
  }
  return entries;
}

function readMap(state: State, map: YAMLMap, path: Path): Record<string, unknown> {
  const data = new Map<string, unknown>();
  for (const pair of map.items) {
    const key = readKey(state, pair);
    if (key === null) continue;
    const line = state.line;
    const keyPath = [...path, key];
    if (data.has(key) || state.empties.has(pathKey(keyPath))) {
      const first = state.lines.get(pathKey(keyPath)) ?? line;
      state.findings.push(
        errorAt(line, `${quoted(key)} stands twice; it is also in line ${first}.`, 'Remove one of them.'),
      );
      continue;
    }
    state.lines.set(pathKey(keyPath), line);
    const value = readNode(state, pair.value, keyPath);
    noteStyle(state, pair, { key, line, path: keyPath, value });
    if (value === null) state.empties.add(pathKey(keyPath));
    else data.set(key, value);
  }
  return Object.fromEntries(data);
}

function readKey(state: State, { key }: Pair): string | null {
  const offset = offsetOf(key);
  if (offset !== null) state.line = state.lineAt(offset);
  const value = isScalar(key) ? readScalar(state, key) : null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  state.findings.push(errorAt(state.line, 'A key must be a word.', 'Write "key: value".'));
  return null;
}

// Looks at how a value is written: a block of text, or a value that a comment swallowed or cut off.
function noteStyle(
  state: State,
  pair: Pair,
  entry: { key: string; line: number; path: Path; value: unknown },
): void {
  const { key, line, path, value } = entry;
  const node = pair.value;
  if (!isScalar(node) || !isScalar(pair.key) || !node.range || !pair.key.range) return;
  if (node.type === Scalar.BLOCK_LITERAL) state.blocks.set(pathKey(path), state.lineAt(node.range[0]) + 1);
  if (value === null) {
    const comment = gluedComment(state.text, pair.key.range[1], /^\s*:\s+#([^\s#].*)/);
    if (comment) state.findings.push(commentTrap(line, `${quoted(key)} has no value`, `#${comment}`));
  } else if (node.type === Scalar.PLAIN && typeof value === 'string') {
    const comment = gluedComment(state.text, node.range[1], /^\s+#([^\s#].*)/);
    if (comment) {
      const reason = `${quoted(key)} ends before #${quoted(comment)}: everything after # is a comment.`;
      state.findings.push(
        warningAt(line, reason, 'Quote the whole value, or put a space after # if it is a comment.'),
      );
    }
  }
}

function gluedComment(text: string, offset: number, pattern: RegExp): string | null {
  const end = text.indexOf('\n', offset);
  return pattern.exec(text.slice(offset, end === -1 ? undefined : end))?.[1]?.trim() ?? null;
}

function offsetOf(node: unknown): number | null {
  if (!isAlias(node) && !isScalar(node) && !isMap(node) && !isSeq(node)) return null;
  return node.range?.[0] ?? null;
}
