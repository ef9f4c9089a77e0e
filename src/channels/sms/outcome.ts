import { z } from 'zod';
import { classifyHttp, refusalText, type SendOutcome } from '../../delivery/index.ts';
import { jsonOf, type HttpResult } from '../../lib/http-call.ts';

const SETTING = 'TWILIO_URL and SMS_FROM';

// https://www.twilio.com/docs/api/errors
/** Not a number, not a mobile one, it said STOP, no route to it, its country is switched off. */
const NUMBER_GONE: ReadonlySet<number> = new Set([21_211, 21_614, 21_610, 21_612, 21_408]);
const NOT_AUTHENTICATED = 20_003;
const TOO_MANY = 20_429;

const Made = z.object({ sid: z.string().min(1) });
const Refusal = z.object({ code: z.number().optional(), message: z.string().optional() });

/** Gives what became of a call: by its status, and by Twilio's code within that status. */
export function readOutcome(result: HttpResult, now: Date): SendOutcome {
  const body = jsonOf(result);
  if (result.kind === 'answered' && (result.status === 200 || result.status === 201)) {
    const made = Made.safeParse(body);
    if (made.success) return { kind: 'sent', messageId: made.data.sid, hasPicture: false };
  }
  const refusal = Refusal.safeParse(body).data ?? {};
  const says = refusalText(refusal);
  const { code } = refusal;
  const meaning = { refused: 'unauthorized', missing: 'bad', setting: SETTING, says, now } as const;
  if (result.kind === 'answered' && result.status === 400 && code !== undefined) {
    if (NUMBER_GONE.has(code)) return { kind: 'gone', reason: `400 ${says}`, statusCode: 400 };
    const status = CODES_OF_OTHER_STATUS.get(code);
    if (status !== undefined) return classifyHttp({ ...result, status }, meaning);
  }
  return classifyHttp(result, meaning);
}

/** Codes that Twilio sends with 400 too, and the status that they mean. */
const CODES_OF_OTHER_STATUS = new Map([
  [NOT_AUTHENTICATED, 401],
  [TOO_MANY, 429],
]);
