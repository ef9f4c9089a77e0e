import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld({ db: database.db, tokens: TOKENS });
  await world.tick(3.1);
});
afterAll(() => world.close());

const RUNS = { numRuns: 150 };
const TOKEN = 'press-1';

/** What must not be, whatever comes: a crash, a refusal without a code, a secret or an inside. */
async function findTrouble(answer: Response): Promise<string | null> {
  const text = await answer.text();
  if (answer.status >= 500) return `${answer.status} ${text}`;
  if (/sign-2|look-only|press-1|prisma|node_modules/i.test(text)) return `tells ${text}`;
  const type = answer.headers.get('content-type') ?? '';
  if (answer.status < 400 || text === '' || type.startsWith('text/html')) return null;
  const isProblem = type === 'application/problem+json' && 'code' in (JSON.parse(text) as object);
  return isProblem ? null : `${answer.status} ${type} ${text}`;
}

it('any body of a snooze', async () => {
  const nearly = fc.record({ for: fc.anything(), until: fc.anything() }, { requiredKeys: [] });
  const bodies = fc.oneof(
    fc.json(),
    fc.string(),
    nearly.map((value) => JSON.stringify(value) ?? ''),
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(
      bodies,
      fc.constantFrom('application/json', 'application/json; charset=x', 'text/plain', ''),
      async (body, type) => {
        const headers = type === '' ? {} : { 'content-type': type };
        expect(
          await findTrouble(
            await world.ask('/api/alerts/A-1001/snooze', { method: 'POST', token: TOKEN, body, headers }),
          ),
        ).toBeNull();
      },
    ),
    RUNS,
  );
});

it('any name of an alert, any version, any key', async () => {
  const word = fc
    .string({ minLength: 1, maxLength: 60 })
    .map((text) => text.replaceAll(/[^\x20-\x7e]/g, 'x').trim() || 'x');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), word, word, async (name, version, key) => {
      const headers = { 'if-match': version, 'idempotency-key': key };
      expect(
        await findTrouble(
          await world.ask(`/api/alerts/${encodeURIComponent(name.replaceAll(/[\uD800-\uDFFF]/g, ''))}/ack`, {
            method: 'POST',
            token: TOKEN,
            headers,
          }),
        ),
      ).toBeNull();
    }),
    RUNS,
  );
});

it('any query', async () => {
  const paths = [
    '/api/metrics',
    '/api/alerts',
    '/api/deliveries',
    '/api/audit/registry',
    '/api/metrics/conversion/history',
    '/cockpit.png',
    '/metric/conversion.png',
    '/docs',
    '/cockpit',
  ];
  const names = [
    'limit',
    'cursor',
    'state',
    'level',
    'metric',
    'team',
    'domain',
    'owner',
    'from',
    'to',
    'alert',
    'channel',
    'status',
    'page',
    'q',
    'theme',
    'locale',
    'range',
    'exp',
    'sig',
    'watchlist',
  ];
  const pairs = fc.array(
    fc.tuple(
      fc.constantFrom(...names),
      fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.integer().map(String)),
    ),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), pairs, async (path, parameters) => {
      const query = new URLSearchParams(
        parameters.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
      );
      expect(await findTrouble(await world.ask(`${path}?${query.toString()}`, { token: TOKEN }))).toBeNull();
    }),
    RUNS,
  );
});

it('any path, method and header', async () => {
  const segment = fc.oneof(
    fc.constantFrom(
      'docs',
      'metrics',
      'cuts',
      'audit',
      'api',
      'alerts',
      'play',
      'login',
      '..',
      '%2e%2e',
      '%',
      '%00',
      '%ff',
    ),
    fc.webSegment(),
  );
  const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  const header = fc.string().map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(segment, { maxLength: 5 }),
      methods,
      header,
      async (segments, method, value) => {
        const headers = {
          cookie: value,
          authorization: `Bearer ${value}`,
          'accept-language': value,
          'if-none-match': value,
          accept: value,
        };
        expect(await findTrouble(await world.ask(`/${segments.join('/')}`, { method, headers }))).toBeNull();
        expect(
          await findTrouble(await world.ask(`/${segments.join('/')}`, { method, token: TOKEN })),
        ).toBeNull();
      },
    ),
    RUNS,
  );
});
