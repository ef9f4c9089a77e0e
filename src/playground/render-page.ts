import { randomBytes } from 'node:crypto';
import type { Locale, Registry } from '../registry/index.ts';
import type { PageFiles } from './page-files.ts';
import { listPageWords } from './page-words.ts';

/** Gives the page in the reader's language; no script or style runs in it but its own. */
export function renderPage(
  html: PageFiles['html'],
  request: Request,
  { workspace }: Pick<Registry, 'workspace'>,
): Response {
  const nonce = randomBytes(16).toString('base64url');
  const locale = chooseLocale(request.headers.get('accept-language'), workspace.locale);
  const words = { en: listPageWords('en'), ru: listPageWords('ru') };
  const filled: Record<string, string> = {
    nonce,
    locale,
    title: escapeHtml(`${words[locale].title} · ${workspace.name}`),
    noscript: escapeHtml(words[locale].noscript),
    // "<" could end the element that holds the data
    boot: JSON.stringify({ locale, words }).replaceAll('<', '\\u003c'),
  };
  return new Response(
    html.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => filled[name] ?? ''),
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': policyOf(nonce),
      },
    },
  );
}

function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The first language the page speaks of those the browser names: browsers list the preferred one first. */
function chooseLocale(accepted: string | null, fallback: Locale): Locale {
  const [first] = (accepted ?? '').matchAll(/(?:^|,)\s*(en|ru)\b/gi);
  return (first?.[1]?.toLowerCase() as Locale | undefined) ?? fallback;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
