import { describe, expect, it } from 'vitest';
import { isSignedBySlack } from '../../../src/channels/slack/verify.ts';

// the example of https://docs.slack.dev/authentication/verifying-requests-from-slack
const EXAMPLE = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body:
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar' +
    '&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com' +
    '%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
};
const at = (offsetSeconds: number) => new Date((Number(EXAMPLE.timestamp) + offsetSeconds) * 1000);

function isSigned(over: Partial<typeof EXAMPLE> = {}, offsetSeconds = 0): boolean {
  const { secret, ...request } = { ...EXAMPLE, ...over };
  return isSignedBySlack(request, { secret, now: at(offsetSeconds) });
}

describe('Slack’s signature', () => {
  it('is taken as Slack’s own example has it, within five minutes both ways', () => {
    expect(isSigned()).toBe(true);
    expect([isSigned({}, 300), isSigned({}, -300)]).toEqual([true, true]);
    expect([isSigned({}, 301), isSigned({}, -301)]).toEqual([false, false]);
  });

  it('T25 is refused when anything of it is another', () => {
    expect(isSigned({ body: `${EXAMPLE.body}&` })).toBe(false);
    expect(isSigned({ secret: 'another' })).toBe(false);
    expect(isSigned({ timestamp: '1531420619' })).toBe(false);
    expect(isSigned({ signature: EXAMPLE.signature.replace('v0', 'v1') })).toBe(false);
    expect(isSigned({ signature: EXAMPLE.signature.slice(0, -1) })).toBe(false);
    expect(isSigned({ signature: '' })).toBe(false);
    for (const timestamp of ['', 'now', '-1531420618', '1531420618.5', '9'.repeat(20)])
      expect(isSigned({ timestamp })).toBe(false);
  });

  it('T25 is refused when it is missing', () => {
    const now = at(0);
    const { secret, body, timestamp, signature } = EXAMPLE;
    expect(isSignedBySlack({ body, timestamp, signature: undefined }, { secret, now })).toBe(false);
    expect(isSignedBySlack({ body, timestamp: undefined, signature }, { secret, now })).toBe(false);
  });
});
