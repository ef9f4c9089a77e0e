import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { createApiCaller, findApiToken, parseApiTokens } from '../../src/people/index.ts';

describe('API_TOKENS', () => {
  const tokens = parseApiTokens('ci:s3cret, grafana:viewer:other-secret ,');

  it('names callers and their roles; approver unless given', () => {
    expect(tokens.map(({ name, role }) => [name, role])).toEqual([
      ['ci', 'approver'],
      ['grafana', 'viewer'],
    ]);
  });

  it('finds the one whose token is presented, and nobody for anything else', () => {
    expect(findApiToken(tokens, 's3cret')?.name).toBe('ci');
    expect(findApiToken(tokens, 'other-secret')?.name).toBe('grafana');
    for (const presented of ['', 's3cre', 's3crets', 'S3CRET', 'ci', 'viewer:other-secret']) {
      expect(findApiToken(tokens, presented)).toBeUndefined();
    }
  });

  it('keeps no token where a log could print it', () => {
    expect(inspect(tokens, { depth: 5 })).not.toContain('s3cret');
    expect(JSON.stringify(tokens)).not.toContain('s3cret');
  });

  it('makes a caller that acts as api:<name>', () => {
    const workspace = { id: 'shop', locale: 'ru', timezone: 'Europe/Madrid' } as const;
    expect(createApiCaller({ name: 'ci', role: 'approver' }, { workspace, requestId: 'r1' })).toEqual({
      workspaceId: 'shop',
      person: null,
      actor: 'api:ci',
      role: 'approver',
      channel: 'api',
      locale: 'ru',
      timezone: 'Europe/Madrid',
      roomTeams: [],
      requestId: 'r1',
    });
  });

  it.each([
    ['s3cret', 'entry 1 is not two or three parts'],
    [':s3cret', 'entry 1 has no name made of letters, digits, . _ -'],
    ['ci:', 'entry 1 has an empty token'],
    ['ci:viewer:', 'entry 1 has an empty token'],
    ['a:x,ci:aprover:s3cret', 'entry 2 has a middle part that is not viewer, operator, approver or admin'],
    ['ci:viewer:s3cret:more', 'entry 1 is not two or three parts'],
    ['a:s3cret,b:s3cret', 'entry 2 repeats the token of another'],
    [' , ', 'there is no entry'],
  ])('refuses %j and never repeats a secret', (text, problem) => {
    const refuse = () => parseApiTokens(text);
    expect(refuse).toThrow(InputError);
    expect(refuse).toThrow(`${problem}. Write name:token or name:role:token, separated by commas.`);
    expect(refuse).not.toThrow('s3cret');
  });
});
