import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;
let document: Document;

type Schema = Record<string, unknown>;
type Operation = {
  summary: string;
  security: unknown[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content: Record<string, { schema: Schema }> }>;
};
type Document = {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
};

beforeAll(async () => {
  world = await createWorld({ db: database.db, tokens: TOKENS });
  await world.tick(3.1);
  document = (await (await world.ask('/api/openapi.json')).json()) as Document;
});
afterAll(() => world.close());

/** What a schema of the document says of a value, by a validator that knows nothing of the routes. */
function validate(schema: Schema, value: unknown): void {
  const whole = { ...schema, $defs: document.components.schemas };
  const text = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/');
  z.fromJSONSchema(JSON.parse(text) as never).parse(value);
}

it('is open, and OpenAPI 3.1', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'http://localhost:8080' }]);
  expect(document.components.securitySchemes).toHaveProperty('bearer');
});

it('has every route of the API, and no other', () => {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(routes.sort()).toEqual([
    'get /api/alerts',
    'get /api/alerts/{id}',
    'get /api/audit/registry',
    'get /api/deliveries',
    'get /api/deliveries/{id}',
    'get /api/metrics',
    'get /api/metrics/{slug}',
    'get /api/metrics/{slug}/history',
    'get /api/metrics/{slug}/preview',
    'get /api/proposals',
    'get /api/sources',
    'get /api/watchlists',
    'post /api/alerts/{id}/ack',
    'post /api/alerts/{id}/feedback',
    'post /api/alerts/{id}/notes',
    'post /api/alerts/{id}/snooze',
    'post /api/alerts/{id}/unack',
    'post /api/deliveries/{id}/retry',
  ]);
});

it('says of each what it needs, what it answers and how it fails', () => {
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
    expect(operation.summary.length).toBeGreaterThan(10);
    expect(operation.security).toEqual([{ bearer: [] }]);
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '429', '500', '503']),
    );
    for (const [status, { content }] of Object.entries(operation.responses))
      expect(Object.keys(content)).toEqual([
        status === '200' ? 'application/json' : 'application/problem+json',
      ]);
  }
  const snooze = document.paths['/api/alerts/{id}/snooze']?.['post'];
  expect(snooze?.requestBody?.required).toBe(true);
  expect(snooze?.parameters?.map(({ name }) => name)).toEqual(['id', 'If-Match', 'Idempotency-Key']);
});

it('points at nothing that is not there', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(references.length).toBeGreaterThan(10);
  for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? '');
});

it.each([
  ['/api/metrics', '/api/metrics'],
  ['/api/metrics/{slug}', '/api/metrics/conversion'],
  ['/api/metrics/{slug}', '/api/metrics/latency'],
  ['/api/metrics/{slug}/history', '/api/metrics/conversion/history'],
  ['/api/metrics/{slug}/preview', '/api/metrics/conversion/preview?enter=2&alert=none'],
  ['/api/alerts', '/api/alerts'],
  ['/api/alerts/{id}', '/api/alerts/A-1001'],
  ['/api/audit/registry', '/api/audit/registry'],
  ['/api/deliveries', '/api/deliveries'],
  ['/api/sources', '/api/sources'],
])('what %s answers is what it says', async (route, path) => {
  const answer = await world.ask(path, { token: 'look-only' });
  expect(answer.status).toBe(200);
  const schema = document.paths[route]?.['get']?.responses['200']?.content['application/json']?.schema ?? {};
  validate(schema, await answer.json());
});

it.each([
  [401, '/api/metrics', {}],
  [404, '/api/metrics/nope', { token: 'look-only' }],
  [400, '/api/alerts?level=green', { token: 'look-only' }],
  [403, '/api/alerts/A-1001/ack', { token: 'look-only', method: 'POST' }],
] as const)('a failure of %d is what it says', async (status, path, ask) => {
  const answer = await world.ask(path, ask);
  expect(answer.status).toBe(status);
  validate(document.components.schemas['Problem'] ?? {}, await answer.json());
});
