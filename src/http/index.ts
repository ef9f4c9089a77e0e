/**
 * The web door. In: requests. Out: the JSON API, health and figures, pictures, pages of the site, Telegram's web hook and the
 * playground; addresses that open pages and pictures without a token.
 */
export { createHttpServer, type HttpServer, type HttpServerOptions } from './server.ts';
export type { PlaygroundRoutes } from './playground.ts';
export type { SlackHook } from './slack-hook.ts';
export type { TelegramHook } from './telegram-hook.ts';
export { createMailLinks } from './mail-links.ts';
export type { MailHook } from './mail-pages.ts';
export { presentDelivery } from './api/present.ts';
export { loadReadyState, type LoopStats, type ReadyOptions, type ReadyPart } from './ready.ts';
export { signLink } from './signed-links.ts';
export { createLoginLink } from './login-links.ts';
