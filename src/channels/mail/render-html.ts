import { lineText, type Line, type Span } from '../../answers/index.ts';
import { isWebAddress } from './content.ts';
import type { MailContent, MailLink, Tone } from './types.ts';

const WIDTH_PX = 600;
const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";

const LIGHT = {
  page: '#f3f4f6',
  card: '#ffffff',
  text: '#111827',
  muted: '#5b6472',
  line: '#e5e7eb',
  link: '#1d4ed8',
};
const DARK = {
  page: '#0f1419',
  card: '#182029',
  text: '#e5e7eb',
  muted: '#9ca3af',
  line: '#2c3846',
  link: '#9dbaff',
};
/** Each has a contrast of at least 4.5 to white, which stands on it. */
const TONES: Record<Tone, string> = { red: '#c62828', amber: '#8f5500', green: '#2e7d32', calm: '#4b5563' };

/** Clients that know the reader's scheme take these over the inline styles; the others show the light one. */
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
a{text-underline-offset:3px}
@media (prefers-color-scheme:dark){
.hb-page{background:${DARK.page}!important}
.hb-card{background:${DARK.card}!important;border-color:${DARK.line}!important}
.hb-text{color:${DARK.text}!important}
.hb-muted{color:${DARK.muted}!important}
.hb-link{color:${DARK.link}!important}
.hb-code{background:${DARK.page}!important;color:${DARK.text}!important;border-color:${DARK.line}!important}
.hb-second{color:${DARK.text}!important;border-color:#5b6472!important}
}
@media (max-width:480px){
.hb-outer{padding:0!important}
.hb-card{border-radius:0!important;border-left:0!important;border-right:0!important}
.hb-button{display:block!important;text-align:center!important;margin-right:0!important}
}`.trim();

/** Fills the preview, so that it does not go on with the body's first words. */
const PREVIEW_END = '&#847;&zwnj;&nbsp;'.repeat(60);

/** Gives a mail as HTML: one column, at most 600 px, light and dark, nothing from elsewhere but the picture inside the mail. */
export function renderHtml(content: MailContent): string {
  return `<!doctype html>
<html lang="${escapeHtml(content.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(content.title)}</title>
<style>${STYLE}</style>
</head>
<body class="hb-page" style="margin:0;padding:0;background:${LIGHT.page};-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(content.preheader)}${PREVIEW_END}</div>
<table role="presentation" class="hb-page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${LIGHT.page}"><tr>
<td class="hb-outer" align="center" style="padding:24px 12px">
<table role="presentation" class="hb-card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:${WIDTH_PX}px;background:${LIGHT.card};border:1px solid ${LIGHT.line};border-radius:12px;border-collapse:separate;overflow:hidden">
<tr><td style="height:6px;line-height:6px;font-size:0;background:${TONES[content.tone]}">&nbsp;</td></tr>
<tr><td style="padding:20px 24px 24px;font-family:${FONT};text-align:start">
${bodyOf(content)}
</td></tr>
</table>
${footerOf(content)}
</td></tr></table>
</body>
</html>
`;
}

function bodyOf(content: MailContent): string {
  const { state, tone, lines, picture, code, links, mark } = content;
  const [first, ...rest] = lines;
  return [
    state === null || lineText(first ?? []).includes(capitalise(state))
      ? ''
      : `<div style="margin:0 0 10px"><span style="display:inline-block;padding:3px 10px;border-radius:999px;background:${TONES[tone]};color:#ffffff;font-size:13px;line-height:18px;font-weight:600">${escapeHtml(capitalise(state))}</span></div>`,
    first
      ? `<h1 class="hb-text" dir="auto" style="margin:0 0 10px;font-size:22px;line-height:28px;font-weight:700;color:${LIGHT.text};${WRAP}">${lineOf(first)}</h1>`
      : '',
    ...rest.map((line) => paragraphOf(line)),
    picture ? pictureOf(picture) : '',
    code === null ? '' : codeOf(code),
    links.length > 0
      ? `<div style="margin:16px 0 0">${links.map((link) => buttonOf(link)).join('\n')}</div>`
      : '',
    mark === null
      ? ''
      : `<p class="hb-muted" style="margin:16px 0 0;font-size:14px;line-height:20px;font-style:italic;color:${LIGHT.muted}">${escapeHtml(mark)}</p>`,
  ]
    .filter(Boolean)
    .join('\n');
}

const WRAP = 'overflow-wrap:anywhere;word-break:break-word';

function paragraphOf(line: Line): string {
  const html = lineOf(line);
  return `<p class="hb-text" dir="auto" style="margin:0 0 4px;font-size:16px;line-height:24px;color:${LIGHT.text};${WRAP}">${html === '' ? '&nbsp;' : html}</p>`;
}

function pictureOf({ cid, alt }: { cid: string; alt: string }): string {
  return `<div style="margin:16px 0 0"><img src="cid:${cid}" alt="${escapeHtml(alt)}" width="552" style="display:block;width:100%;max-width:552px;height:auto;border:0;border-radius:8px;color:${LIGHT.muted}"></div>`;
}

function codeOf(code: string): string {
  return `<pre class="hb-code" style="margin:16px 0 0;padding:12px;background:${LIGHT.page};border:1px solid ${LIGHT.line};border-radius:8px;font:13px/20px ${MONO};color:${LIGHT.text};white-space:pre-wrap;${WRAP}">${escapeHtml(code)}</pre>`;
}

function buttonOf({ label, url, primary }: MailLink): string {
  const look = primary
    ? 'background:#1d4ed8;border:1px solid #1d4ed8;color:#ffffff'
    : `border:1px solid #b6bdc8;color:${LIGHT.text}`;
  return `<a href="${escapeHtml(url)}" class="hb-button${primary ? '' : ' hb-second'}" style="display:inline-block;margin:0 8px 8px 0;padding:10px 18px;border-radius:8px;font-size:16px;line-height:22px;font-weight:600;text-decoration:none;${look}">${escapeHtml(label)}</a>`;
}

function footerOf({ footer, unsubscribe }: MailContent): string {
  const link = unsubscribe
    ? ` <a href="${escapeHtml(unsubscribe.url)}" class="hb-muted" style="color:${LIGHT.muted}">${escapeHtml(unsubscribe.label)}</a>`
    : '';
  return `<p class="hb-muted" style="max-width:${WIDTH_PX}px;margin:16px 0 0;padding:0 12px 16px;font-family:${FONT};font-size:13px;line-height:20px;color:${LIGHT.muted};text-align:center">${escapeHtml(footer)}${link}</p>`;
}

function lineOf(line: Line): string {
  return line.map(spanOf).join('');
}

function spanOf(span: Span): string {
  if (typeof span === 'string') return escapeHtml(span);
  const text = escapeHtml(span.text);
  switch (span.kind) {
    case 'bold':
      return `<strong>${text}</strong>`;
    case 'italic':
      return `<em>${text}</em>`;
    case 'code':
      return `<code style="font:14px/20px ${MONO}">${text}</code>`;
    case 'link':
      return isWebAddress(span.url)
        ? `<a href="${escapeHtml(new URL(span.url).href)}" class="hb-link" style="color:${LIGHT.link}">${text}</a>`
        : text;
    case 'at':
      return Number.isNaN(span.at.getTime())
        ? text
        : `<time datetime="${span.at.toISOString()}">${text}</time>`;
  }
}

function capitalise(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}

const ESCAPES: Record<string, string> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => ESCAPES[char] ?? char);
}
