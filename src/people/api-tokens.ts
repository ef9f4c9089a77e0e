import { createHash, timingSafeEqual } from 'node:crypto';
import { InputError } from '../errors.ts';
import type { Role, Workspace } from '../registry/index.ts';
import { isRole } from './roles.ts';
import type { Caller } from './types.ts';

/** Somebody who may use the API. Holds the token's hash, so that no log can hold the token. */
export type ApiToken = { name: string; role: Role; tokenHash: Buffer };

const DEFAULT_ROLE: Role = 'approver';
const FORMAT = 'Write name:token or name:role:token, separated by commas';
const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/**
 * Reads the setting `API_TOKENS`. Throws InputError `api_tokens_invalid` that names the bad entries by their place, never
 * by what they hold.
 */
export function parseApiTokens(text: string): ApiToken[] {
  const entries = text.split(',').map((entry) => entry.trim());
  const tokens: ApiToken[] = [];
  const problems: string[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry === '') continue;
    const parsed = parseEntry(entry);
    const isTwice = 'token' in parsed && tokens.some((known) => isSame(known, parsed.token));
    if (isTwice) problems.push(`entry ${index + 1} repeats the token of another`);
    else if ('token' in parsed) tokens.push(parsed.token);
    else problems.push(`entry ${index + 1} ${parsed.problem}`);
  }
  if (problems.length === 0 && tokens.length === 0) problems.push('there is no entry');
  if (problems.length > 0) {
    throw new InputError('api_tokens_invalid', `${problems.join('; ')}. ${FORMAT}.`, {
      details: { problems: problems.join('; ') },
    });
  }
  return tokens;
}

function parseEntry(entry: string): { token: ApiToken } | { problem: string } {
  const [name = '', ...rest] = entry.split(':').map((part) => part.trim());
  if (!NAME_PATTERN.test(name)) return { problem: 'has no name made of letters, digits, . _ -' };
  const [first, second, ...more] = rest;
  if (first === undefined || more.length > 0) return { problem: 'is not two or three parts' };
  if (second === undefined) {
    return first === ''
      ? { problem: 'has an empty token' }
      : { token: { name, role: DEFAULT_ROLE, tokenHash: hashOf(first) } };
  }
  if (!isRole(first)) return { problem: 'has a middle part that is not viewer, operator, approver or admin' };
  return second === ''
    ? { problem: 'has an empty token' }
    : { token: { name, role: first, tokenHash: hashOf(second) } };
}

/** Finds whose token was presented, in a time that tells nothing about the tokens; undefined when nobody's. */
export function findApiToken(tokens: readonly ApiToken[], presented: string): ApiToken | undefined {
  const tokenHash = hashOf(presented);
  let found: ApiToken | undefined;
  for (const token of tokens) {
    if (isSame(token, { tokenHash })) found = token;
  }
  return found;
}

/** Makes the caller behind an API token. */
export function createApiCaller(
  token: Pick<ApiToken, 'name' | 'role'>,
  { workspace, requestId }: { workspace: Pick<Workspace, 'id' | 'locale' | 'timezone'>; requestId: string },
): Caller {
  return {
    workspaceId: workspace.id,
    person: null,
    actor: `api:${token.name}`,
    role: token.role,
    channel: 'api',
    locale: workspace.locale,
    timezone: workspace.timezone,
    roomTeams: [],
    requestId,
  };
}

function isSame(left: Pick<ApiToken, 'tokenHash'>, right: Pick<ApiToken, 'tokenHash'>): boolean {
  return timingSafeEqual(left.tokenHash, right.tokenHash);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
