import type { Hono } from 'hono';
import type { Words } from '../answers/index.ts';
import { readerOf } from '../channels/mail/index.ts';
import type { Deps } from '../deps.ts';
import { effectiveLocale, effectiveTimezone, type Caller } from '../people/index.ts';
import type { Person } from '../registry/index.ts';
import { remoteAddressOf, type AppContext, type AppEnv } from './env.ts';
import { askAct, readAction, showActed, type ActPage, type MailAction } from './mail-act.ts';
import { openPress, sealForm, type MailPress, type Opened } from './mail-links.ts';
import { sendBroken, sendMailPage } from './mail-answers.ts';
import { changeSubscription, showSubscription, UNSUBSCRIBE } from './mail-subscription.ts';
import { createRateLimiter, RATES, tooManyRequests } from './rate-limit.ts';
import { loadSigner } from './signing.ts';

/** What acts for who has confirmed: the presses of every chat. */
export type MailHook = {
  /** Presses a button for a caller; gives what became of it in words. Never throws. */
  press(caller: Caller, words: Words, data: string): Promise<string>;
};

const ACT = '/mail/act';

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
  const { words, to } = found;
  const page = await askAct(deps, found);
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
