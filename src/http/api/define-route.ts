import { createRoute, type z } from '@hono/zod-openapi';
import { PROBLEM_TYPE } from '../problem.ts';
import { Problem } from './schemas.ts';

const SECURITY = [{ bearer: [] }];

/** What may go wrong, by status. */
const TROUBLE = {
  400: 'The request cannot be used as it is',
  401: 'No valid token',
  403: 'The token may not do that',
  404: 'There is no such thing',
  409: 'It has changed, or somebody else did it',
  412: 'The version in If-Match is not the present one',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'The Idempotency-Key came with another request before',
  429: 'Too many requests; Retry-After says how long to wait',
  500: 'Something went wrong inside',
  503: 'A system behind Heartbeat does not answer',
} as const;

type Trouble = keyof typeof TROUBLE;

const ALWAYS: readonly Trouble[] = [400, 401, 429, 500, 503];

/** Responses for problems: those that every route has, and more. */
function problems(more: readonly Trouble[]) {
  const content = { [PROBLEM_TYPE]: { schema: Problem } };
  return Object.fromEntries(
    [...new Set([...ALWAYS, ...more])]
      .sort((a, b) => a - b)
      .map((status) => [status, { description: TROUBLE[status], content }]),
  );
}

type Route<Path extends string, Schema extends z.ZodType> = {
  path: Path;
  summary: string;
  tag: string;
  answer: Schema;
};

function described<Path extends string, Schema extends z.ZodType>(
  { path, summary, tag, answer }: Route<Path, Schema>,
  trouble: readonly Trouble[],
) {
  return {
    path,
    summary,
    tags: [tag],
    security: SECURITY,
    responses: {
      200: { description: summary, content: { 'application/json': { schema: answer } } },
      ...(problems(trouble) as object),
    },
  };
}

/** A list or a thing to read. */
export function defineRead<
  Path extends string,
  Schema extends z.ZodType,
  Request extends { query?: z.ZodObject; params?: z.ZodObject },
>(route: Route<Path, Schema> & { request: Request; trouble?: readonly Trouble[] }) {
  return createRoute({ method: 'get', request: route.request, ...described(route, route.trouble ?? []) });
}

/** Something to do to a thing. */
export function defineWrite<
  Path extends string,
  Schema extends z.ZodType,
  Request extends {
    params: z.ZodObject;
    headers: z.ZodObject;
    body?: { required: true; content: { 'application/json': { schema: z.ZodType } } };
  },
>(route: Route<Path, Schema> & { request: Request }) {
  const trouble = [403, 404, 409, 412, 413, 415, 422] as const;
  return createRoute({ method: 'post', request: route.request, ...described(route, trouble) });
}
