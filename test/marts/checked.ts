import { checkSql } from '../../src/marts/check-sql.ts';
import type { CheckedSql } from '../../src/marts/index.ts';

/** SQL that passes the check; a test that gives other SQL is wrong. */
export function checked(sql: string): CheckedSql {
  const result = checkSql(sql);
  if ('problems' in result) throw new Error(result.problems.map(({ reason }) => reason).join('; '));
  return result.ok;
}

/** Why SQL is refused, in one text. */
export function refusal(sql: string): string {
  const result = checkSql(sql);
  return 'ok' in result ? 'accepted' : result.problems.map(({ reason }) => reason).join('; ');
}
