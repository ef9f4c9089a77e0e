import type { Logger } from 'pino';
import type { z } from 'zod';
import { NotFoundError } from '../errors.ts';
import { OfMetric, PressButton, Send, SkipClock, type Actions } from './actions.ts';
import type { BotApi } from './bot-api/index.ts';
import type { PageFiles } from './page-files.ts';
import { findPhoto } from './photo.ts';
import { toProblemResponse } from './problem.ts';
import { readBody } from './read-body.ts';
import { renderPage } from './render-page.ts';
import { refuseOtherSites } from './same-origin.ts';
import { SlackClose, SlackOpenHome, SlackPress, SlackSend, SlackSubmit } from './slack/actions.ts';
import type { SlackSide } from './slack/start.ts';
import type { Playground, PlaygroundOptions } from './types.ts';

export type RouterOptions = Pick<PlaygroundOptions, 'registry'> & {
  log: Logger;
  botApi: BotApi;
  slack: Pick<SlackSide, 'actions' | 'findFile'>;
  files: PageFiles;
  actions: Actions;
  openEvents: () => Response;
  /** tells all pages what the controls show */
  tellStatus: () => void;
};

type Post = (request: Request) => Promise<object | undefined>;

/** Makes the function that answers `/play` and everything below it. */
export function createRouter(options: RouterOptions): Playground['handle'] {
  const { botApi, files, log, openEvents, registry, slack } = options;
  const posts = listPosts(options);

  async function answer(request: Request, path: string): Promise<Response> {
    const post = posts[path];
    if (request.method === 'POST' && post) {
      refuseOtherSites(request);
      return Response.json((await post(request)) ?? {}, { headers: { 'cache-control': 'no-store' } });
    }
    const found = request.method === 'GET' || request.method === 'HEAD' ? get(request, path) : undefined;
    if (!found) throw new NotFoundError('not_found', `There is no ${request.method} ${path}. Open /play.`);
    return found;
  }

  function get(request: Request, path: string): Response | undefined {
    if (path === '/play' || path === '/play/') return renderPage(files.html, request, registry.current());
    if (path === '/play/events' && request.method === 'GET') return openEvents();
    return files.find(path) ?? findPhoto(botApi, path) ?? slack.findFile(path);
  }

  return async (request) => {
    const path = new URL(request.url).pathname;
    if (path !== '/play' && !path.startsWith('/play/')) return undefined;
    try {
      return await answer(request, path);
    } catch (error) {
      return toProblemResponse(error, log);
    }
  };
}

type Act<Body> = (body: Body) => object | void | Promise<object | void>;

/** `undefined` is answered with an empty object. */
function take<Body>(schema: z.ZodType<Body>, act: Act<Body>): Post {
  return async (request) => (await act(await readBody(request, schema))) ?? undefined;
}

/** What visitors do, by path. */
function listPosts({ actions, slack, tellStatus }: RouterOptions): Readonly<Record<string, Post>> {
  const control =
    <Body>(act: (body: Body) => void | Promise<void>) =>
    async (body: Body): Promise<undefined> => {
      await act(body);
      tellStatus();
    };
  return {
    '/play/send': take(Send, actions.send),
    '/play/press': take(PressButton, actions.press),
    '/play/fall': take(OfMetric, control(actions.fall)),
    '/play/restore': take(OfMetric, control(actions.restore)),
    '/play/skip': take(SkipClock, control(actions.skip)),
    '/play/slack/send': take(SlackSend, slack.actions.send),
    '/play/slack/press': take(SlackPress, slack.actions.press),
    '/play/slack/home': take(SlackOpenHome, slack.actions.openHome),
    '/play/slack/submit': take(SlackSubmit, slack.actions.submit),
    '/play/slack/close': take(SlackClose, slack.actions.close),
  };
}
