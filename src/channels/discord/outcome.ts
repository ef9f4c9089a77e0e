import { z } from 'zod';
import { classifyHttp, refusalText, type NotSent, type SendOutcome } from '../../delivery/index.ts';
import { jsonOf, type HttpResult } from '../../lib/http-call.ts';
import { SECOND } from '../../lib/time.ts';

export const SETTING = 'DISCORD_WEBHOOKS';

// https://discord.com/developers/docs/topics/opcodes-and-status-codes, JSON error codes
const UNKNOWN_MESSAGE = 10_008;
const OTHERS_MESSAGE = 50_005;

const Made = z.object({ id: z.string().regex(/^\d+$/) });
const Refusal = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
  retry_after: z.number().nonnegative().optional(),
});

/** Gives what became of a call: by its status, and by Discord's code within that status. */
export function readOutcome(
  result: HttpResult,
  { hasPicture, now }: { hasPicture: boolean; now: Date },
): SendOutcome {
  const body = jsonOf(result);
  if (result.kind === 'answered' && result.status === 200) {
    const made = Made.safeParse(body);
    if (made.success) return { kind: 'sent', messageId: made.data.id, hasPicture };
  }
  return refusalOf(result, Refusal.safeParse(body).data ?? {}, now);
}

function refusalOf(
  result: HttpResult,
  { retry_after, ...refusal }: z.infer<typeof Refusal>,
  now: Date,
): NotSent {
  const { code } = refusal;
  const says = refusalText(refusal);
  const outcome = classifyHttp(result, {
    refused: 'gone',
    missing: 'gone',
    setting: SETTING,
    says,
    waitMs: retry_after === undefined ? null : Math.ceil(retry_after * SECOND),
    now,
  });
  const status = result.kind === 'answered' ? result.status : null;
  const isLost = (status === 404 && code === UNKNOWN_MESSAGE) || (status === 403 && code === OTHERS_MESSAGE);
  return isLost ? { kind: 'lost', reason: `${status} ${says}` } : outcome;
}
