import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import { hasRole, may, requireMayOperate, requireRole } from '../../src/people/index.ts';
import type { Role } from '../../src/registry/index.ts';
import { aPerson } from '../support/registry-parts.ts';

const ROLES: readonly Role[] = ['viewer', 'operator', 'approver', 'admin'];

function refusalOf(run: () => void): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error;
  }
}

describe('roles', () => {
  it('include every lower one and no higher one', () => {
    for (const [held, role] of ROLES.entries()) {
      for (const [needed, minimum] of ROLES.entries()) expect(hasRole(role, minimum)).toBe(held >= needed);
    }
  });

  it.each([
    ['read', 'viewer'],
    ['star', 'viewer'],
    ['ack', 'operator'],
    ['refresh', 'operator'],
    ['verify', 'approver'],
    ['retry_delivery', 'approver'],
    ['change_people', 'admin'],
    ['pause', 'admin'],
  ] as const)('%s needs %s', (action, least) => {
    for (const role of ROLES) expect(may(role, action)).toBe(hasRole(role, least));
    expect(may(null, action)).toBe(false);
  });

  it('T16 a stranger is refused everything, also reading', () => {
    const refusal = refusalOf(() => requireRole({ role: null }, 'viewer'));
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({ code: 'not_a_member', details: {} });
  });

  it('says which role is needed', () => {
    const refusal = refusalOf(() => requireRole({ role: 'viewer' }, 'approver'));
    expect(refusal).toMatchObject({
      code: 'role_too_low',
      details: { needs: 'approver', role: 'viewer' },
      message: 'This needs the role approver, and yours is viewer. Ask an admin of the workspace.',
    });
    expect(refusalOf(() => requireRole({ role: 'approver' }, 'approver'))).toBeNull();
  });
});

describe('operating a metric', () => {
  const metric = { owner: 'ann@shop.test' };

  it('is for operators', () => {
    const caller = { role: 'operator', person: aPerson('bob@shop.test', { role: 'operator' }) } as const;
    expect(refusalOf(() => requireMayOperate(caller, metric))).toBeNull();
    expect(refusalOf(() => requireMayOperate(caller, null))).toBeNull();
  });

  it('is for its owner, also as a viewer', () => {
    const caller = { role: 'viewer', person: aPerson('ann@shop.test', { role: 'viewer' }) } as const;
    expect(refusalOf(() => requireMayOperate(caller, metric))).toBeNull();
  });

  it('is refused to other viewers, of other metrics and of those that are gone', () => {
    const caller = { role: 'viewer', person: aPerson('bob@shop.test', { role: 'viewer' }) } as const;
    for (const of of [metric, { owner: null }, null]) {
      expect(refusalOf(() => requireMayOperate(caller, of))).toMatchObject({
        code: 'role_too_low',
        details: { needs: 'operator' },
      });
    }
  });

  it('is refused to an API name without an owner to match, and to strangers', () => {
    expect(
      refusalOf(() => requireMayOperate({ role: 'viewer', person: null }, { owner: null })),
    ).toMatchObject({
      code: 'role_too_low',
    });
    expect(refusalOf(() => requireMayOperate({ role: null, person: null }, metric))).toMatchObject({
      code: 'not_a_member',
    });
  });
});
