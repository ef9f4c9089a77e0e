/** A local server in a platform's place: it keeps what was asked, answers as the platform does, and fails on command. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Asked = { method: string; url: URL; headers: Headers; body: Buffer };
export type Reply = { status: number; headers?: Record<string, string>; body?: string };
/** `hang`: no answer; `cut_before`: the connection ends and nothing was done; `cut_after`: it was done; `half`: the answer breaks off. */
export type Fault = Reply | 'hang' | 'cut_before' | 'cut_after' | 'half';

export type StandIn = {
  url: string;
  asked: Asked[];
  /** strikes the next call */
  fail(fault: Fault): void;
  close(): Promise<void>;
};

/** Starts a stand-in that answers by `answer`; it ends with the test. */
export async function startStandIn(answer: (asked: Asked) => Reply | Promise<Reply>): Promise<StandIn> {
  const asked: Asked[] = [];
  const faults: Fault[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await read(request);
    asked.push(one);
    await strike(faults.shift(), { response, done: () => answer(one) });
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (fault) => faults.push(fault),
    close,
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', 'http://stand-in'),
    headers: new Headers(request.headers as Record<string, string>),
    body: Buffer.concat(chunks),
  };
}

async function strike(
  fault: Fault | undefined,
  { response, done }: { response: ServerResponse; done: () => Reply | Promise<Reply> },
): Promise<void> {
  if (fault === 'hang') return;
  if (fault === 'cut_before') return void response.destroy();
  if (fault === 'cut_after') {
    await done();
    return void response.destroy();
  }
  const reply = typeof fault === 'object' ? fault : await done();
  response.writeHead(reply.status, reply.headers);
  if (fault === 'half') {
    response.write(reply.body?.slice(0, 1) ?? '{');
    return;
  }
  response.end(reply.body ?? '');
}

/** Gives a body as JSON, or undefined when it is none. */
export function readJson(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
