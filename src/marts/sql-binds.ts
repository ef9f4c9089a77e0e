import { scanSql } from './parse-sql.ts';
import { lineOfByte, lineOfCharacter, type SqlProblem } from './sql-problem.ts';

/** SQL whose `:from` and `:to` are numbered parameters, in this order. */
export type BoundSql = { text: string; usesFrom: boolean; usesTo: boolean };

const PARAMETER = 'PARAM';
const NAME = /^[a-z_]\w*$/i;

type Bind = { start: number; end: number; name: string };

/**
 * Replaces `:from` and `:to` by `$n::timestamptz`. PostgreSQL's own scanner tells what is a string, a quoted name, a comment or a
 * `::` cast, where a colon is no bind.
 */
export function numberBinds(sql: string): { ok: BoundSql } | { problems: readonly SqlProblem[] } {
  const scanned = scanSql(sql);
  if ('refusal' in scanned) {
    const { message, position } = scanned.refusal;
    return { problems: [{ reason: message, hint: null, line: lineOfCharacter(sql, position) }] };
  }
  const problems: SqlProblem[] = [];
  const binds: Bind[] = [];
  scanned.tokens.forEach((token, index) => {
    if (token.tokenName === PARAMETER) problems.push(positional(token.text, lineOfByte(sql, token.start)));
    const next = scanned.tokens[index + 1];
    if (token.text !== ':' || !next || next.start !== token.end || !NAME.test(next.text)) return;
    const bind = { start: token.start, end: next.end, name: next.text.toLowerCase() };
    if (bind.name === 'from' || bind.name === 'to') binds.push(bind);
    else problems.push(unknownBind(next.text, lineOfByte(sql, token.start)));
  });
  return problems.length > 0 ? { problems } : { ok: replaceBinds(sql, binds) };
}

function replaceBinds(sql: string, binds: readonly Bind[]): BoundSql {
  const usesFrom = binds.some(({ name }) => name === 'from');
  const usesTo = binds.some(({ name }) => name === 'to');
  const bytes = Buffer.from(sql);
  let text = '';
  let done = 0;
  for (const { start, end, name } of binds) {
    const number = name === 'to' && usesFrom ? 2 : 1;
    text += `${bytes.subarray(done, start).toString()}$${number}::timestamptz`;
    done = end;
  }
  return { text: text + bytes.subarray(done).toString(), usesFrom, usesTo };
}

function positional(text: string, line: number): SqlProblem {
  return { reason: `${text} is a numbered parameter`, hint: 'Write :from and :to instead.', line };
}

function unknownBind(name: string, line: number): SqlProblem {
  return {
    reason: `:${name} is not known`,
    hint: 'Only :from and :to are given. In a slice of an array put a space after the colon.',
    line,
  };
}
