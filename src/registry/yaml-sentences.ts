import type { YAMLError } from 'yaml';
import { errorAt, type Finding } from './finding.ts';

type ErrorCode = YAMLError['code'];

const QUOTE_IT = 'Put the whole value in quotes.';
const INDENT_IT = 'Give keys of one level the same number of leading spaces.';

/** What each syntax error of YAML means to somebody who writes a file by hand: what happened, and what to do. */
const SENTENCES: Record<ErrorCode, readonly [reason: string, hint: string]> = {
  ALIAS_PROPS: ['An alias (*name) can have no tag or anchor of its own.', 'Write the value out.'],
  BAD_ALIAS: ['This alias (*name) is not valid.', 'Quote the value if it is text that starts with *.'],
  BAD_DIRECTIVE: ['A line that starts with % is a YAML directive, and this is none.', QUOTE_IT],
  BAD_DQ_ESCAPE: [
    'A backslash inside double quotes starts an escape, and this is none.',
    'Use single quotes, or write \\\\ for a backslash.',
  ],
  BAD_INDENT: ['The indentation does not fit, or a bracket is not closed.', INDENT_IT],
  BAD_PROP_ORDER: ['The tag or anchor stands in the wrong place.', 'Remove it.'],
  BAD_SCALAR_START: ['A value that is not in quotes cannot start with this character.', QUOTE_IT],
  BLOCK_AS_IMPLICIT_KEY: [
    'This line is a second "key: value" inside a value, or is indented too far.',
    `${INDENT_IT} Put a value that holds ": " in quotes.`,
  ],
  BLOCK_IN_FLOW: [
    'A block of lines cannot stand inside [ ] or { }.',
    'Write it on lines of its own, without brackets.',
  ],
  DUPLICATE_KEY: ['This key stands twice.', 'Remove one of them.'],
  IMPOSSIBLE: ['This is not YAML.', 'Write "key: value" on each line.'],
  KEY_OVER_1024_CHARS: ['This key is longer than 1024 characters.', 'Is a line break missing?'],
  MISSING_CHAR: [
    'Something is missing here: a colon after a key, a closing quote or a bracket.',
    'Write "key: value".',
  ],
  MULTILINE_IMPLICIT_KEY: ['A key must fit on one line.', 'Is a colon missing, or a quote not closed?'],
  MULTIPLE_ANCHORS: ['This value has two anchors (&name).', 'Remove one of them.'],
  MULTIPLE_DOCS: ['A second document starts here (---).', 'Put it in a file of its own.'],
  MULTIPLE_TAGS: ['This value has two tags (!name).', 'Remove them.'],
  NON_STRING_KEY: ['This key is not text.', 'Write a word, then a colon.'],
  RESOURCE_EXHAUSTION: ['The values are nested too deep.', 'Write them flatter.'],
  TAB_AS_INDENT: ['A tab stands where spaces must.', 'Replace tabs by spaces.'],
  TAG_RESOLVE_FAILED: ['The value does not fit its tag (!name).', 'Remove the tag.'],
  UNEXPECTED_TOKEN: ['Something follows a value that has already ended.', QUOTE_IT],
  BAD_COLLECTION_TYPE: ['The value does not fit its tag (!name).', 'Remove the tag.'],
};

const UNCLOSED_QUOTE = /closing ["']/;
const UNCLOSED_BRACKET = /end with a ([\]}])/;
const GLUED_COMMENT = /[\s,[{](#[^\s#][^\s,\]}]*)/;
const LINES_OF_A_BRACKET = 20;

/** Turns the first syntax error of a file into one finding; later ones are mostly its consequences. */
export function syntaxFinding(
  error: YAMLError,
  { lines, line, lastQuoteLine }: { lines: readonly string[]; line: number; lastQuoteLine: number | null },
): Finding {
  const tabLine = lines.findIndex((text) => /^ *\t/.test(text) && text.trim() !== '');
  if (tabLine !== -1) return errorAt(tabLine + 1, ...SENTENCES.TAB_AS_INDENT);
  if (UNCLOSED_QUOTE.test(error.message)) {
    return errorAt(
      lastQuoteLine ?? line,
      'A quote is opened here and never closed.',
      'Close it, or double a quote that is part of the text.',
    );
  }
  const bracket = UNCLOSED_BRACKET.exec(error.message)?.[1];
  if (bracket) return bracketFinding(bracket, lines, line);
  return errorAt(line, ...SENTENCES[error.code]);
}

// The parser notices an open bracket lines later; a value such as #growth inside it is the usual cause.
function bracketFinding(bracket: string, lines: readonly string[], line: number): Finding {
  const opening = bracket === ']' ? '[' : '{';
  for (let at = line; at >= Math.max(1, line - LINES_OF_A_BRACKET); at--) {
    const text = lines[at - 1] ?? '';
    if (!text.includes(opening)) continue;
    const comment = GLUED_COMMENT.exec(text.slice(text.indexOf(opening)))?.[1];
    if (comment) return commentTrap(at, `The ${opening} is never closed`, comment);
    return errorAt(at, `The ${opening} is never closed.`, `Add ${bracket}.`);
  }
  return errorAt(line, `A ${opening} is never closed.`, `Add ${bracket}.`);
}

/** The finding about a value that YAML took for a comment. */
export function commentTrap(line: number, what: string, comment: string): Finding {
  return errorAt(line, `${what}: everything after # is a comment.`, `Quote it: "${comment.trim()}".`);
}
