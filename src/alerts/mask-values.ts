const MASK = '…';
/** Words before a quoted name that is no value. */
const NAMES = String.raw`(?:column|relation|table|view|function|schema|type|operator|constraint|index|role|database|parameter)`;
const NAMED = new RegExp(String.raw`\b${NAMES}\s+$`, 'i');
const QUOTED = /"(?:[^"]|"")*"/g;
const LITERAL = /'(?:[^']|'')*'/g;
/** `Key (email)=(ann@shop.test)` and `Failing row contains (…)`. */
const ROW = /(=|contains\s)\((?:[^()]|\([^()]*\))*\)/gi;
const ADDRESS = /[^\s@<>()"']+@[^\s@<>()"']+/g;

/** Masks the values that a database repeats in its errors, and keeps the names of columns and tables. */
export function maskValues(text: string): string {
  return text
    .replaceAll(ROW, (_match, before: string) => `${before}(${MASK})`)
    .replaceAll(LITERAL, `'${MASK}'`)
    .replaceAll(QUOTED, (quoted, at: number, whole: string) =>
      NAMED.test(whole.slice(0, at)) ? quoted : `"${MASK}"`,
    )
    .replaceAll(ADDRESS, MASK);
}
