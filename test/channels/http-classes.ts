/** The error classes that every channel of one HTTP call has in common. */
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/delivery/index.ts';
import type { Fault } from './stand-in.ts';

export const TIMEOUT_MS = 150;

export type Classified = {
  /** a channel to a stand-in of its own, and one message on it */
  start: (options: { timeoutMs?: number }) => Promise<{
    api: { fail(fault: Fault): void; close(): Promise<void> };
    send: () => Promise<SendOutcome>;
  }>;
  /** forms that a message is tried in, one after another */
  forms: number;
  refused: 'gone' | 'unauthorized';
  missing: 'gone' | 'bad';
  setting: RegExp;
};

/** Tests them; each channel adds its platform's own. */
export function describeHttpClasses({ start, forms, ...channel }: Classified): void {
  const outcomeOf = async (fault: Fault, timeoutMs?: number): Promise<SendOutcome> => {
    const { api, send } = await start(timeoutMs === undefined ? {} : { timeoutMs });
    for (let form = 0; form < forms; form += 1) api.fail(fault);
    return send();
  };

  describe('error classes of HTTP', () => {
    it.each([1, 30, 3600])('T12 429 waits exactly as told: %i s', async (seconds) => {
      const outcome = await outcomeOf({ status: 429, headers: { 'retry-after': String(seconds) } });
      expect(outcome).toMatchObject({ kind: 'wait', afterMs: seconds * 1000 });
    });

    it('T12 429 and 503 wait until the date they name, by the clock of who answers', async () => {
      for (const status of [429, 503]) {
        const headers = {
          date: 'Fri, 20 Nov 2026 10:00:00 GMT',
          'retry-after': 'Fri, 20 Nov 2026 10:00:42 GMT',
        };
        expect(await outcomeOf({ status, headers })).toMatchObject({ kind: 'wait', afterMs: 42_000 });
      }
    });

    it('T12 429 that names no time waits a little; 503 is tried again', async () => {
      expect(await outcomeOf({ status: 429 })).toMatchObject({ kind: 'wait', afterMs: 5_000 });
      expect(await outcomeOf({ status: 503 })).toMatchObject({ kind: 'retry', statusCode: 503 });
    });

    it('T12 "429" inside a text is not a 429', async () => {
      const body = '{"message": "429 Too Many Requests", "retry_after": 429, "code": 429}';
      expect(await outcomeOf({ status: 400, body })).toMatchObject({ kind: 'bad', statusCode: 400 });
      expect(await outcomeOf({ status: 500, body })).toMatchObject({ kind: 'retry', statusCode: 500 });
    });

    it.each([
      [{ status: 500 }, { kind: 'retry', statusCode: 500, maybeSent: false }],
      [{ status: 408 }, { kind: 'retry', statusCode: 408, maybeSent: false }],
      [
        { status: 502, body: '<html>' },
        { kind: 'retry', statusCode: 502, maybeSent: true },
      ],
      [{ status: 504 }, { kind: 'retry', statusCode: 504, maybeSent: true }],
      [{ status: 400 }, { kind: 'bad', statusCode: 400 }],
      [{ status: 413 }, { kind: 'bad', statusCode: 413 }],
      [{ status: 422 }, { kind: 'bad', statusCode: 422 }],
      [
        'cut_before',
        {
          kind: 'retry',
          statusCode: null,
          maybeSent: true,
          reason: expect.stringMatching(/^the connection failed/),
        },
      ],
      ['cut_after', { kind: 'retry', statusCode: null, maybeSent: true }],
    ] satisfies [Fault, object][])('T12 %o is %o', async (fault, expected) => {
      expect(await outcomeOf(fault)).toMatchObject(expected);
    });

    it('no answer in time may have sent it', async () => {
      expect(await outcomeOf('hang', TIMEOUT_MS)).toEqual({
        kind: 'retry',
        reason: 'no answer within 0.15 s',
        statusCode: null,
        maybeSent: true,
      });
    });

    it('where nothing listens nothing was sent', async () => {
      const { api, send } = await start({});
      await api.close();
      expect(await send()).toEqual({
        kind: 'retry',
        reason: 'the connection failed (ECONNREFUSED)',
        statusCode: null,
        maybeSent: false,
      });
    });

    it.each([401, 403])(
      'T12 %i names the setting and is not retried as if it were passing',
      async (status) => {
        const outcome = await outcomeOf({ status });
        expect(outcome).toMatchObject({
          kind: channel.refused,
          reason: expect.stringMatching(channel.setting),
        });
      },
    );

    it.each([404, 410])('%i is final', async (status) => {
      expect(await outcomeOf({ status })).toMatchObject({ kind: channel.missing, statusCode: status });
    });

    it('follows no redirect', async () => {
      const outcome = await outcomeOf({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
      expect(outcome).toMatchObject({
        kind: 'bad',
        reason: expect.stringMatching(/redirects are not followed/),
      });
    });

    it('a wait of a year is kept within what the log can count', async () => {
      const outcome = await outcomeOf({ status: 429, headers: { 'retry-after': '31536000' } });
      expect(outcome).toMatchObject({ kind: 'wait', afterMs: 24 * 24 * 3_600_000 });
    });
  });
}
