import type { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Words } from '../answers/index.ts';
import { readerOf } from '../channels/mail/index.ts';
import { inTransaction } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { isUnsubscribed, placeKey, setSubscribed } from '../delivery/index.ts';
import { recordJournal } from '../journal/index.ts';
import { effectiveLocale, effectiveTimezone, type Caller } from '../people/index.ts';
import type { Person } from '../registry/index.ts';
import { renderMailPage, SITE_CSP, type MailPage } from '../site/index.ts';
import { remoteAddressOf, type AppContext, type AppEnv } from './env.ts';
import { askAct, readAction, showActed, type ActPage, type MailAction } from './mail-act.ts';
import { openPress, openSubscription, sealForm, type MailPress, type Opened } from './mail-links.ts';
import { createRateLimiter, RATES, tooManyRequests } from './rate-limit.ts';
import { wordsOfReader } from './reader.ts';
import { loadSigner } from './signing.ts';

/** What acts for who has confirmed: the presses of every chat. */
export type MailHook = {
  /** Presses a button for a caller; gives what became of it in words. Never throws. */
  press(caller: Caller, words: Words, data: string): Promise<string>;
};

const ACT = '/mail/act';
const UNSUBSCRIBE = '/mail/unsubscribe';
/** RFC 8058: what a mail program posts. */
const ONE_CLICK = { name: 'List-Unsubscribe', value: 'One-Click' } as const;
const AGAIN = { name: 'subscribe', value: 'yes' } as const;

/**
 * Mounts the pages that mails link to. The signature in the address is the key, so that they need no token; a GET changes
 * nothing, since scanners of mail open every link.
 */
export function addMailPages(app: Hono<AppEnv>, deps: Deps, hook: MailHook): void {
  const limiter = createRateLimiter(RATES.pages);
  app.use('/mail/*', async (c, next) => {
    const waitMs = limiter.take(remoteAddressOf(c));
    if (waitMs > 0) return tooManyRequests(waitMs);
    await next();
    return undefined;
  });
  app.get(ACT, (c) => ask(c, deps));
  app.post(ACT, (c) => act(c, deps, hook));
  app.get(UNSUBSCRIBE, (c) => showSubscription(c, deps));
  app.post(UNSUBSCRIBE, (c) => changeSubscription(c, deps));
}

async function ask(c: AppContext, deps: Deps): Promise<Response> {
  const signer = await loadSigner(deps);
  const now = deps.clock.now();
  const found = resolve(c, deps, openPress(signer, 'mail_link', { word: c.req.query('t') ?? '', now }));
  if (found instanceof Response) return found;
  const { page, words, to } = { ...found, page: await askAct(deps, found) };
  return sendMailPage(c, words, {
    ...page,
    forms: page.choices.map(({ label, press }) => ({
      action: ACT,
      fields: { form: sealForm(signer, { to, press }, now) },
      label,
    })),
  });
}

async function act(c: AppContext, deps: Deps, hook: MailHook): Promise<Response> {
  const { form } = await c.req.parseBody();
  const signer = await loadSigner(deps);
  const word = typeof form === 'string' ? form : '';
  const found = resolve(c, deps, openPress(signer, 'mail_form', { word, now: deps.clock.now() }));
  if (found instanceof Response) return found;
  const toast = await hook.press(found.caller, found.words, found.press);
  const page: ActPage = await showActed(deps, found, toast);
  return sendMailPage(c, found.words, { ...page, forms: [] });
}

type Found = { to: string; press: string; action: MailAction; caller: Caller; words: Words };

/** Who acts is the person of the mailbox that the word was made for, as owners.yaml has them now. */
function resolve(c: AppContext, deps: Deps, opened: Opened<MailPress>): Found | Response {
  if (opened.kind !== 'valid') return sendBroken(c, deps, opened.kind);
  const { to, press } = opened.data;
  const action = readAction(press);
  if (!action) return sendBroken(c, deps, 'forged');
  const { person, words } = readerOf(deps, to);
  if (!person) return sendBroken(c, deps, 'gone');
  return { to, press, action, words, caller: callerOf(c, deps, person) };
}

function callerOf(c: AppContext, deps: Deps, person: Person): Caller {
  const { workspace } = deps.registry.current();
  return {
    workspaceId: deps.workspaceId,
    person,
    actor: person.email,
    role: person.role,
    channel: 'mail',
    locale: effectiveLocale(person, workspace),
    timezone: effectiveTimezone(person, workspace),
    roomTeams: [],
    requestId: c.get('requestId'),
  };
}

const BROKEN_STATUS = { forged: 403, expired: 410, gone: 403 } as const;

function sendBroken(c: AppContext, deps: Deps, why: keyof typeof BROKEN_STATUS): Response {
  const words = wordsOfReader(c, deps);
  const page = {
    title: words.t('mail-link-broken', { why }),
    lines: [],
    notes: [words.t('mail-link-next', { why })],
    forms: [],
  };
  return sendMailPage(c, words, page, BROKEN_STATUS[why]);
}

async function showSubscription(c: AppContext, deps: Deps): Promise<Response> {
  const word = c.req.query('t') ?? '';
  const address = openSubscription(await loadSigner(deps), word);
  if (address === undefined) return sendBroken(c, deps, 'forged');
  const { words, isOps } = readerOf(deps, address);
  if (isOps) return sendOpsInbox(c, words);
  const isSilent = await isUnsubscribed(deps, placeKey({ channel: 'mail', address }));
  const { name, value } = isSilent ? AGAIN : ONE_CLICK;
  return sendMailPage(c, words, {
    title: words.t(isSilent ? 'mail-unsubscribed' : 'mail-subscribed', { address }),
    lines: [],
    notes: [words.t(isSilent ? 'mail-unsubscribed-text' : 'mail-subscribed-text')],
    forms: [
      {
        action: `${UNSUBSCRIBE}?t=${encodeURIComponent(word)}`,
        fields: { [name]: value },
        label: words.t(isSilent ? 'mail-subscribe' : 'mail-unsubscribe'),
      },
    ],
  });
}

/** One POST without cookies does it, as RFC 8058 wants; mail programs post `List-Unsubscribe=One-Click`. */
async function changeSubscription(c: AppContext, deps: Deps): Promise<Response> {
  const address = openSubscription(await loadSigner(deps), c.req.query('t') ?? '');
  if (address === undefined) return sendBroken(c, deps, 'forged');
  const { words, isOps } = readerOf(deps, address);
  if (isOps) return sendOpsInbox(c, words);
  const form = await c.req.parseBody();
  if (form[ONE_CLICK.name] === ONE_CLICK.value) await subscribe(c, deps, { address, wanted: false });
  else if (form[AGAIN.name] === AGAIN.value) await subscribe(c, deps, { address, wanted: true });
  return showSubscription(c, deps);
}

async function subscribe(
  c: AppContext,
  deps: Deps,
  { address, wanted }: { address: string; wanted: boolean },
): Promise<void> {
  const { workspaceId } = deps;
  const place = placeKey({ channel: 'mail', address });
  const at = deps.clock.now();
  const { person } = readerOf(deps, address);
  await inTransaction(deps.db, async (tx) => {
    if (!(await setSubscribed(tx, { workspaceId, place, at }, wanted))) return;
    await recordJournal(tx, {
      workspaceId,
      at,
      actor: person?.email ?? address,
      channel: 'mail',
      verb: wanted ? 'mail.subscribe' : 'mail.unsubscribe',
      subject: `place:${place}`,
      before: null,
      after: null,
      requestId: c.get('requestId'),
    });
  });
}

function sendOpsInbox(c: AppContext, words: Words): Response {
  const page = { title: words.t('mail-link-broken', { why: 'forged' }), lines: [], forms: [] };
  return sendMailPage(c, words, { ...page, notes: [words.t('mail-ops-inbox')] }, 403);
}

function sendMailPage(
  c: AppContext,
  words: Words,
  page: MailPage,
  status: ContentfulStatusCode = 200,
): Response {
  return c.body(renderMailPage(words, page), status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': SITE_CSP,
    'cache-control': 'no-store',
  });
}
