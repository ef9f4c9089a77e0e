import { Dispatcher, FormData, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { callHttp, retryAfterMs } from '../../src/lib/http-call.ts';
import { startStandIn } from '../channels/stand-in.ts';

const NOW = new Date('2026-11-20T10:00:00Z');

class SilentDispatcher extends Dispatcher {
  override dispatch(): boolean {
    return true;
  }
}

describe('a call', () => {
  it('gives status, headers and the text of the answer', async () => {
    const server = await startStandIn(({ body }) => ({
      status: 418,
      headers: { 'x-of': 'tea' },
      body: `${body.toString()}!`,
    }));
    const result = await callHttp({
      url: server.url,
      method: 'PATCH',
      headers: { 'x-a': '1' },
      body: 'short',
    });
    expect(result).toMatchObject({ kind: 'answered', status: 418, text: 'short!' });
    expect(result.kind === 'answered' && result.headers['x-of']).toBe('tea');
    expect(server.asked[0]).toMatchObject({ method: 'PATCH' });
    expect(server.asked[0]?.headers.get('x-a')).toBe('1');
  });

  it('reads no more of an answer than 64 KiB', async () => {
    const server = await startStandIn(() => ({ status: 200, body: 'x'.repeat(5_000_000) }));
    const result = await callHttp({ url: server.url, method: 'POST', body: '' });
    expect(result.kind === 'answered' && result.text.length).toBe(64 * 1024);
  });

  it('keeps the status of an answer that breaks off', async () => {
    const server = await startStandIn(() => ({ status: 202, body: 'whole' }));
    server.fail('half');
    const result = await callHttp({ url: server.url, method: 'POST', body: '', timeoutMs: 200 });
    expect(result).toMatchObject({ kind: 'answered', status: 202, text: 'w' });
  });

  it('goes its own way, whatever carries the calls of `fetch`, which takes no form of another undici', async () => {
    const server = await startStandIn(() => ({ status: 200 }));
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(100)]), 'a.png');
    const ofAll = getGlobalDispatcher();
    setGlobalDispatcher(new SilentDispatcher());
    const result = await callHttp({ url: server.url, method: 'POST', body: form, timeoutMs: 2_000 });
    setGlobalDispatcher(ofAll);
    expect(result).toMatchObject({ kind: 'answered', status: 200 });
    expect(server.asked[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('whose host is not known, or speaks no TLS, sent nothing', async () => {
    const server = await startStandIn(() => ({ status: 200 }));
    for (const url of ['http://no-such-host.invalid/', server.url.replace('http:', 'https:')]) {
      expect(await callHttp({ url, method: 'POST', body: 'x' })).toMatchObject({
        kind: 'failed',
        maybeSent: false,
      });
    }
    expect(server.asked).toEqual([]);
  });
});

describe('Retry-After', () => {
  it.each([
    [{}, null],
    [{ 'retry-after': '' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': '9999999999' }, null],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '17' }, 17_000],
    [{ 'retry-after': '0.65' }, 650],
    [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'Fri, 20 Nov 2026 08:00:30 GMT', date: 'Fri, 20 Nov 2026 08:00:00 GMT' }, 30_000],
  ])('%o is %o', (headers, ms) => {
    expect(retryAfterMs(headers as Record<string, string>, NOW)).toBe(ms);
  });
});
