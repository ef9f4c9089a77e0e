import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import type { Deps } from '../deps.ts';
import { HeartbeatError } from '../errors.ts';
import { SECOND } from '../lib/time.ts';
import { renderNotice } from '../site/index.ts';
import { createApi } from './api/api.ts';
import type { AppContext, AppEnv } from './env.ts';
import type { Figures } from './figures.ts';
import { createGate } from './gate.ts';
import { limitBody } from './limit-body.ts';
import { addLogin, askForToken } from './login.ts';
import { addMailPages, type MailHook } from './mail-pages.ts';
import { addPages, PAGE_PATHS, sendPage } from './pages.ts';
import { addPictures, PICTURE_PATHS } from './pictures.ts';
import { addPlayground, type PlaygroundRoutes } from './playground.ts';
import { createProblem, problemResponse, toProblem, type Problem } from './problem.ts';
import { wordsOfReader } from './reader.ts';
import { loadReadyState, type ReadyOptions } from './ready.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { addSlackHook, type SlackHook } from './slack-hook.ts';
import { addTelegramHook, type TelegramHook } from './telegram-hook.ts';

const BODY_MAX_BYTES = 256 * 1024;
/** People send photos there. */
const PLAYGROUND_BODY_MAX_BYTES = 10 * 1024 * 1024;
const ANSWER_MAX_MS = 30 * SECOND;

export type AppOptions = ReadyOptions & {
  deps: Deps;
  figures: Figures;
  telegram: TelegramHook | null;
  slack?: SlackHook | null;
  mail?: MailHook | null;
  playground: PlaygroundRoutes | null;
};

const TOO_LARGE = createProblem(413, {
  code: 'body_too_large',
  detail: `The body is larger than ${BODY_MAX_BYTES / 1024} KiB. Send less.`,
});

/** Failures that a page has words for, by status. */
const FAILURES: Readonly<Record<number, string>> = { 503: 'unavailable', 504: 'slow' };

/** Makes the application: every route of the service, as one function from request to response. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { deps, figures, telegram, slack, mail, playground } = options;
  const app = new Hono<AppEnv>();
  app.use(requestLog(deps.log, (facts) => figures.countRequest(facts)));
  app.use(securityHeaders());
  limitBodies(app);
  app.onError((error, c) => answerError(c, deps, error));
  app.notFound((c) => problemResponse(unknownRoute(c.req.path)));

  addHealth(app, options);
  app.get('/', (c) => c.redirect(playground ? '/play' : '/docs'));
  addLogin(app, deps);
  app.route('/', createApi(deps));
  if (telegram) addTelegramHook(app, telegram);
  if (slack) addSlackHook(app, slack);
  if (mail) addMailPages(app, deps, mail);
  const refuse = (c: AppContext, problem: Problem): Response => refuseReader(c, deps, problem);
  if (playground) addPlayground(app, deps, { playground, refuse });
  const gate = createGate(deps, refuse);
  for (const path of [...PAGE_PATHS, ...PICTURE_PATHS]) app.use(path, timeout(ANSWER_MAX_MS), gate);
  addPictures(app, deps);
  addPages(app, deps);
  return app;
}

function addHealth(app: Hono<AppEnv>, options: AppOptions): void {
  app.get('/healthz', async (c) => {
    const { parts } = await loadReadyState(options);
    return c.json({ status: 'ok', parts }, 200, { 'cache-control': 'no-store' });
  });
  app.get('/readyz', async (c) => {
    const state = await loadReadyState(options);
    return c.json(state, state.status === 'ready' ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.get('/metrics', async (c) => {
    const { contentType, text } = await options.figures.render();
    return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-store' });
  });
}

function limitBodies(app: Hono<AppEnv>): void {
  const limit = (maxBytes: number) => limitBody(maxBytes, () => problemResponse(TOO_LARGE));
  const ordinary = limit(BODY_MAX_BYTES);
  const large = limit(PLAYGROUND_BODY_MAX_BYTES);
  app.use((c, next) => (c.req.path.startsWith('/play/') ? large(c, next) : ordinary(c, next)));
}

/** Pages and pictures that a reader may not see: browsers get a page that says how to get in, programs a problem. */
function refuseReader(c: AppContext, deps: Deps, problem: Problem): Response {
  if (problem.status !== 401 || !wantsPage(c)) {
    return problemResponse(
      problem,
      problem.status === 401 ? { 'www-authenticate': 'Bearer realm="heartbeat"' } : {},
    );
  }
  const { pathname, search } = new URL(c.req.url);
  const text = wordsOfReader(c, deps).t('site-refused-text');
  return askForToken(c, deps, { text, status: 401, next: `${pathname}${search}` });
}

function answerError(c: AppContext, deps: Deps, error: Error): Response {
  const problem = toProblem(error);
  if (!(error instanceof HeartbeatError) && !(error instanceof HTTPException))
    (c.get('log') ?? deps.log).error({ err: error, path: c.req.path }, 'a request failed');
  if (!isPage(c) || !wantsPage(c)) return problemResponse(problem);
  const words = wordsOfReader(c, deps);
  const kind = FAILURES[problem.status] ?? 'other';
  const text = words.t('site-failed-text', { kind, id: c.get('requestId') });
  const html = renderNotice(words, { title: words.t('site-failed'), text });
  return sendPage(c, { status: problem.status, html });
}

function isPage(c: AppContext): boolean {
  return /^\/(docs|audit|cockpit|alerts|login|mail)(\/|$)/.test(c.req.path);
}

function wantsPage(c: AppContext): boolean {
  return /text\/html/.test(c.req.header('accept') ?? '') && !c.req.path.endsWith('.png');
}

function unknownRoute(path: string): Problem {
  return createProblem(404, {
    code: 'route_unknown',
    detail: `There is nothing at ${path}. /docs shows the metrics, /api/openapi.json the API.`,
  });
}
