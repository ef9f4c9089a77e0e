import { createHash } from 'node:crypto';

/** The look of every page: system fonts, two schemes, tables that fold to cards, print. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--text:#111827;--muted:#5b6472;--line:#e5e7eb;--soft:#f7f8fa;--link:#1d4ed8;
--red:#c62828;--amber:#8f5500;--green:#2e7d32;--stale:#5f656b;--focus:#2563eb}
@media (prefers-color-scheme:dark){:root{--bg:#0f1419;--text:#e5e7eb;--muted:#9ca3af;--line:#273241;--soft:#161d25;--link:#9dbaff;
--red:#ff6b6b;--amber:#ffb547;--green:#6fcf97;--stale:#9aa0a6;--focus:#7aa2ff}}
*{box-sizing:border-box}
html{font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;background:var(--bg);color:var(--text);
scroll-padding-top:24px;-webkit-text-size-adjust:100%}
body{margin:0}
a{color:var(--link);text-underline-offset:3px;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
h1{font-size:30px;margin:0 0 8px;letter-spacing:-.01em}
h2{font-size:22px;margin:48px 0 8px}
h2 a{color:inherit;text-decoration-color:var(--line)}
h3{font-size:16px;margin:24px 0 4px}
h4{font-size:16px;margin:16px 0 4px;color:var(--muted)}
p,ul,ol,blockquote{margin:0 0 16px;max-width:72ch}
li>ul,li>ol,li>p{margin:0}
li>p+*{margin-top:8px}
p img{display:block;margin:8px 0;max-width:100%;height:auto;border:1px solid var(--line);border-radius:8px;background:var(--bg)}
blockquote{border-left:3px solid var(--line);padding-left:16px;color:var(--muted)}
hr{border:0;border-top:1px solid var(--line);margin:32px 0}
code,pre{font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code{overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:16px;overflow-x:auto;margin:0 0 16px}
pre code{overflow-wrap:normal}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:16px;background:var(--bg);padding:8px 16px;z-index:3}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;padding:16px max(24px,calc((100% - 1184px)/2));border-bottom:1px solid var(--line)}
.top .brand{font-weight:700;color:inherit;text-decoration:none;margin-right:auto;min-width:0;overflow:hidden;text-overflow:ellipsis}
.top a{padding:2px 0}
.top [aria-current]{color:inherit;font-weight:600;text-decoration:none}
.shell{display:grid;grid-template-columns:224px minmax(0,1fr);gap:48px;max-width:1232px;margin:0 auto;padding:0 24px}
.contents{position:sticky;top:0;align-self:start;max-height:calc(100vh - 64px);overflow-y:auto;padding:32px 0;font-size:15px}
.contents h2{font-size:13px;margin:24px 0 4px;color:var(--muted);font-weight:600}
.contents h2:first-child{margin-top:0}
.contents ul{list-style:none;padding:0;margin:0}
.contents a{display:block;padding:3px 8px;margin-left:-8px;border-radius:6px;text-decoration:none;color:inherit;overflow-wrap:anywhere}
.contents a:hover{background:var(--soft)}
.contents [aria-current]{background:var(--soft);font-weight:600;scroll-initial-target:nearest}
main{padding:32px 0 96px;min-width:0}
footer{border-top:1px solid var(--line);padding:24px;color:var(--muted);font-size:14px;text-align:center}
.lead{color:var(--muted);margin-bottom:24px}
.muted{color:var(--muted)}
.nowrap{white-space:nowrap}
.small{font-size:14px}
.mark{white-space:nowrap;font-weight:600}
.mark span{display:inline-block;width:1.2em;text-align:center;margin-right:.15em}
.mark.red{color:var(--red)}.mark.amber{color:var(--amber)}.mark.green{color:var(--green)}
.mark.stale,.mark.silent,.mark.unverified{color:var(--stale)}
.counts{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;padding:0;margin:0 0 24px}
.counts [aria-current]{color:inherit;font-weight:600;text-decoration:none}
form.search{display:flex;gap:8px;max-width:72ch;margin:0 0 24px}
input{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--muted);border-radius:8px;padding:8px 12px;width:100%;min-width:0}
input:placeholder-shown{text-overflow:ellipsis}
button{font:inherit;font-weight:600;color:var(--bg);background:var(--text);border:0;border-radius:8px;padding:8px 20px;cursor:pointer;white-space:nowrap}
.scroll{overflow-x:auto;margin:0 0 24px}
table{border-collapse:collapse;width:100%;margin:0 0 24px;font-variant-numeric:tabular-nums}
.scroll table{margin:0}
th,td{text-align:left;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line)}
th{font-size:13px;font-weight:600;color:var(--muted);white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
.number,.align-right{text-align:right}
.align-center{text-align:center}
td.number{white-space:nowrap}
table.plain code{white-space:nowrap}
table.metrics{table-layout:fixed}
table.metrics th:first-child{width:28%}
table.metrics th:nth-child(3){width:19%}
table.metrics td{overflow-wrap:break-word}
table.lined{table-layout:auto;font-size:15px}
table.lined th:nth-child(3){width:auto}
table.lined td,table.lined th{padding-right:12px}
table.lined td:last-child{white-space:nowrap}
.metric{border-top:1px solid var(--line);margin-top:56px;padding-top:24px}
.metric h2{margin:0;font-size:24px}
.feeds{margin:0 0 4px}
.feeds+p:not(.feeds){margin-top:12px}
.now{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 24px;margin:4px 0 16px;max-width:none}
.now strong{font-size:36px;line-height:1.3;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
figure{margin:0 0 24px}
figure img{display:block;width:100%;max-width:640px;height:auto;border:1px solid var(--line);border-radius:16px;background:var(--bg)}
figure.wide img{max-width:960px}
dl{display:grid;grid-template-columns:minmax(112px,max-content) minmax(0,1fr);gap:6px 24px;margin:0 0 24px;max-width:80ch}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.notice{border:1px solid var(--line);border-left:4px solid var(--amber);border-radius:8px;padding:12px 16px;margin:0 0 24px;max-width:72ch}
.cards li>span{display:block}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,280px),1fr));gap:12px 32px;list-style:none;padding:0;max-width:none}
@media (max-width:1000px){
html{scroll-padding-top:72px}
.shell{display:block;padding:0 16px}
.top{padding:12px 16px;flex-wrap:nowrap;gap:16px}
.contents{z-index:2;background:var(--bg);border-bottom:1px solid var(--line);margin:0 -16px;padding:6px 16px;display:flex;gap:20px;
overflow-x:auto;max-height:none;align-items:center}
.contents h2{margin:0;flex:none}
.contents ul{display:flex;gap:4px}
.contents a{white-space:nowrap;margin:0;padding:8px}
main{padding-top:24px}
}
@media (max-width:860px){
table.cards-on-phone,table.cards-on-phone tbody{display:block}
table.cards-on-phone thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.cards-on-phone tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 16px;padding:12px 0;border-bottom:1px solid var(--line)}
table.cards-on-phone td,table.lined td{display:block;flex:0 0 100%;border:0;padding:0}
table.cards-on-phone td:first-child{flex:1 1 0;min-width:50%}
table.cards-on-phone td.number{flex:none}
table.cards-on-phone td.rest{flex:none;max-width:100%;font-size:14px;color:var(--muted)}
table.cards-on-phone td.rest[data-label]::before{content:attr(data-label) ": "}
table.cards-on-phone td:empty{display:none}
}
@media (max-width:640px){
h1{font-size:26px}
dl{grid-template-columns:minmax(88px,30%) minmax(0,1fr);gap:6px 16px}
.now strong{font-size:32px}
}
@media (max-width:480px){
.top{flex-wrap:wrap;gap:4px 16px}
.top .brand{flex-basis:100%;white-space:nowrap}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
:root{--bg:#fff;--text:#000;--muted:#444;--line:#bbb;--soft:#fff;--link:#000}
.contents,.search,.skip,.top nav{display:none}
.shell{display:block;padding:0}
.metric{break-inside:avoid-page}
pre{white-space:pre-wrap}
main a[href^="http"]::after{content:" (" attr(href) ")";font-size:12px}
}`;

const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** What a page may load: its own style, pictures of this site, forms to this site; no script at all. */
export const SITE_CSP = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
