import { readerOf } from '../channels/mail/index.ts';
import type { Words } from '../answers/index.ts';
import { inTransaction } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { isUnsubscribed, placeKey, setSubscribed } from '../delivery/index.ts';
import { recordJournal } from '../journal/index.ts';
import type { AppContext } from './env.ts';
import { sendBroken, sendMailPage } from './mail-answers.ts';
import { openSubscription } from './mail-links.ts';
import { loadSigner } from './signing.ts';

/** Where mail programs and people end the mails to a mailbox. */
export const UNSUBSCRIBE = '/mail/unsubscribe';
/** RFC 8058: what a mail program posts. */
const ONE_CLICK = { name: 'List-Unsubscribe', value: 'One-Click' } as const;
const AGAIN = { name: 'subscribe', value: 'yes' } as const;

/** Shows whether a mailbox gets mails, with a button that changes it. */
export async function showSubscription(c: AppContext, deps: Deps): Promise<Response> {
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
export async function changeSubscription(c: AppContext, deps: Deps): Promise<Response> {
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
