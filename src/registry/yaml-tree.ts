import { type Document, Lexer, LineCounter, parseDocument } from 'yaml';
import { type Finding, hasError, type Parsed } from './finding.ts';
import { createYamlWalk, pathKey } from './yaml-walk.ts';
import { syntaxFinding } from './yaml-sentences.ts';

/** A YAML file as plain data, with the line of each value. */
export type YamlTree = {
  /** maps, lists, texts, numbers, booleans and, for an empty file, null; keys without a value are left out */
  data: unknown;
  /** 1-based line of a key or a list's entry; of its nearest parent when the path is not there */
  lineOf: (path: readonly PropertyKey[]) => number;
  /** 1-based line on which the text of a `key: |` block begins; null when the value is written another way */
  blockLineOf: (path: readonly PropertyKey[]) => number | null;
  /** tells whether the key stands there without a value */
  isEmpty: (path: readonly PropertyKey[]) => boolean;
};

/** Reads YAML 1.2 without its dangers: no tags, no keys that are not text, bounded aliases and depth, no key twice. */
export function parseYaml(text: string): Parsed<YamlTree> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    schema: 'core',
    uniqueKeys: false,
  });
  const lineAt = (offset: number): number => Math.max(1, lineCounter.linePos(offset).line);
  const [error] = document.errors;
  if (error) {
    const where = { lines: text.split('\n'), line: lineAt(error.pos[0]), lastQuoteLine: lastQuoteLine(text) };
    return { value: null, findings: [syntaxFinding(error, where)] };
  }
  return walkDocument(document, text, lineAt);
}

function walkDocument(
  document: Document,
  text: string,
  lineAt: (offset: number) => number,
): Parsed<YamlTree> {
  const findings: Finding[] = [];
  const walk = createYamlWalk({ text, lineAt, findings });
  const data = walk.read(document.contents, []);
  if (hasError(findings)) return { value: null, findings };
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const line = walk.lines.get(pathKey(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
  const blockLineOf = (path: readonly PropertyKey[]): number | null => walk.blocks.get(pathKey(path)) ?? null;
  const isEmpty = (path: readonly PropertyKey[]): boolean => walk.empties.has(pathKey(path));
  return { value: { data, lineOf, blockLineOf, isEmpty }, findings };
}

/** Marks that the lexer adds and that take no room in the text: start of document, of flow, of a scalar. */
const LEXER_MARKS = new Set(['\u0002', '\u0018', '\u001F']);

// A quote that is never closed swallows the rest of the file, so it is the last quoted token.
function lastQuoteLine(text: string): number | null {
  let line = 1;
  let quoteLine: number | null = null;
  for (const token of new Lexer().lex(text)) {
    if (LEXER_MARKS.has(token)) continue;
    if (token.startsWith('"') || token.startsWith("'")) quoteLine = line;
    line += token.split('\n').length - 1;
  }
  return quoteLine;
}
