import { getCookie, setCookie } from 'hono/cookie';
import { LOCALES, type Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { DAY, SECOND } from '../lib/time.ts';
import type { Locale, Person } from '../registry/index.ts';
import type { AppContext } from './env.ts';

const COOKIE = 'heartbeat_locale';
const REMEMBERED_MS = 365 * DAY;

/** Gives the wording of a page's reader: as asked for, as remembered, as the person's file or the browser says. */
export function wordsOfReader(c: AppContext, deps: Pick<Deps, 'registry' | 'wordsFor'>): Words {
  const { workspace } = deps.registry.current();
  const person = personOf(c);
  const locale =
    toLocale(c.req.query('locale')) ??
    toLocale(getCookie(c, COOKIE)) ??
    person?.locale ??
    findAccepted(c.req.header('accept-language')) ??
    workspace.locale;
  return deps.wordsFor(locale, person?.timezone ?? workspace.timezone);
}

/** Keeps the language that was asked for in the address, so that the next page is in it too. */
export function rememberLocale(c: AppContext): void {
  const locale = toLocale(c.req.query('locale'));
  if (!locale || locale === getCookie(c, COOKIE)) return;
  setCookie(c, COOKIE, locale, {
    path: '/',
    sameSite: 'Lax',
    httpOnly: true,
    maxAge: REMEMBERED_MS / SECOND,
  });
}

/** Gives the person who is signed in at the browser; null for everybody else. */
export function personOf(c: AppContext): Person | null {
  const access = c.get('access');
  if (access?.kind !== 'session' || access.signedIn.kind !== 'person') return null;
  return access.signedIn.person;
}

/** Gives the language we speak that a browser's `Accept-Language` likes best. */
export function findAccepted(header: string | undefined): Locale | undefined {
  const wishes = (header ?? '').split(',').map((part) => {
    const [range = '', ...parameters] = part.trim().split(';');
    const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
    return { locale: toLocale(range.split('-')[0]?.toLowerCase()), weight: Number(weight ?? 1) };
  });
  wishes.sort((a, b) => b.weight - a.weight);
  return wishes.find(({ locale, weight }) => locale !== undefined && weight > 0)?.locale;
}

function toLocale(text: string | undefined): Locale | undefined {
  return LOCALES.find((known) => known === text);
}
