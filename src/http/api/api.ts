import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { ZodError } from 'zod';
import type { Deps } from '../../deps.ts';
import type { AppEnv } from '../env.ts';
import { createProblem, problemResponse, type Problem } from '../problem.ts';
import { addAlertRoutes } from './alert-routes.ts';
import { authenticate } from './authenticate.ts';
import { addDeliveryRoutes } from './delivery-routes.ts';
import { addMetricRoutes } from './metric-routes.ts';
import { addPreviewRoute } from './preview-route.ts';
import { addProposalRoutes } from './proposal-routes.ts';
import { addRecordRoutes } from './record-routes.ts';
import { addRemarkRoutes } from './remark-routes.ts';
import { addSourceRoutes } from './source-routes.ts';
import { addWatchlistRoutes } from './watchlist-routes.ts';

const INFO = {
  title: 'Heartbeat',
  version: '1',
  description:
    'Metrics, alerts and deliveries of one workspace. Lists hold `items` and `next`; errors are `application/problem+json` with a stable `code`.',
};

/** Makes the JSON API under `/api`. */
export function createApi(deps: Deps): OpenAPIHono<AppEnv> {
  const api = new OpenAPIHono<AppEnv>({
    defaultHook: (result) =>
      result.success ? undefined : problemResponse(toInvalid(result.target, result.error)),
  });
  addDocument(api, deps);
  api.use('/api/*', authenticate(deps));
  api.use(
    '/api/*',
    methodNotAllowed({ app: api, onMethodNotAllowed: (_c, methods) => refuseMethod(methods.join(', ')) }),
  );
  addMetricRoutes(api, deps);
  addPreviewRoute(api, deps);
  addAlertRoutes(api, deps);
  addRemarkRoutes(api, deps);
  addSourceRoutes(api, deps);
  addDeliveryRoutes(api, deps);
  addProposalRoutes(api, deps);
  addRecordRoutes(api, deps);
  addWatchlistRoutes(api, deps);
  return api;
}

/** The document is open, and made when somebody first asks. */
function addDocument(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'One of API_TOKENS',
  });
  let document: ReturnType<typeof api.getOpenAPI31Document> | undefined;
  api.get('/api/openapi.json', (c) => {
    document ??= api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: INFO,
      servers: [{ url: deps.publicUrl() }],
    });
    return c.json(document);
  });
}

function toInvalid(target: string, error: ZodError): Problem {
  const errors = error.issues.map(({ path, message }) => ({ in: target, name: path.join('.'), message }));
  const said = errors.map(({ name, message }) => (name === '' ? message : `${name}: ${message}`)).join('; ');
  return createProblem(400, {
    code: 'request_invalid',
    detail: `This request cannot be used: ${said}.`,
    errors,
  });
}

function refuseMethod(allow: string): Response {
  const problem = createProblem(405, {
    code: 'method_not_allowed',
    detail: `This address takes ${allow} only.`,
  });
  return problemResponse(problem, { allow });
}
