/** Twilio's Messages API, strict: https://www.twilio.com/docs/messaging/api/message-resource and its error codes. */
import { startStandIn, type Asked, type Reply } from '../stand-in.ts';

export const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
export const TOKEN = 't0p-secret';
export const SENDER = '+34600111222';
export const SERVICE = `MG${'0'.repeat(32)}`;
/** Numbers that the API answers differently about. */
export const NUMBERS = { stopped: '+34600000010', landline: '+34910000014', limited: '+34600000029' };

const BODY_MAX = 1_600;

export type Sms = { to: string; body: string; sender: string };

export async function startTwilio() {
  const sent: Sms[] = [];
  const take = ({ method, url, headers, body }: Asked): Reply => {
    const basic = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
    if (headers.get('authorization') !== basic) return refuse(401, 20_003, 'Authenticate');
    if (method !== 'POST' || url.pathname !== `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`)
      return refuse(404, 20_404, 'The requested resource was not found');
    if (!headers.get('content-type')?.startsWith('application/x-www-form-urlencoded'))
      return refuse(400, 21_602, 'Message body is required');
    return accept(new URLSearchParams(body.toString()));
  };
  const accept = (form: URLSearchParams): Reply => {
    const [to = '', text = ''] = [form.get('To'), form.get('Body')].map((value) => value ?? '');
    const sender = form.get('MessagingServiceSid') ?? form.get('From');
    if (sender !== SENDER && sender !== SERVICE) return refuse(400, 21_606, "The 'From' number is not yours");
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return refuse(400, 21_211, `The 'To' number ${to} is not valid`);
    if (to === NUMBERS.stopped) return refuse(400, 21_610, 'Attempt to send to unsubscribed recipient');
    if (to === NUMBERS.landline) return refuse(400, 21_614, "'To' number is not a valid mobile number");
    if (to === NUMBERS.limited) return refuse(429, 20_429, 'Too many requests');
    if (text.trim() === '') return refuse(400, 21_602, 'Message body is required');
    if (text.length > BODY_MAX)
      return refuse(400, 21_617, 'The concatenated message body exceeds the 1600 character limit');
    sent.push({ to, body: text, sender });
    return { status: 201, body: JSON.stringify({ sid: `SM${sent.length}`, status: 'queued' }) };
  };
  return { ...(await startStandIn(take)), sent };
}

export function refuse(status: number, code: number, message: string): Reply {
  return {
    status,
    body: JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }),
  };
}

/** Counts segments as carriers do, written apart from the code under test: 3GPP TS 23.038 and 23.040. */
export function segmentsOf(body: string): number {
  const basic = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]$/;
  const double = /^[\f^{}\\[~\]|€]$/;
  const characters = Array.from(body);
  const isGsm = characters.every((one) => basic.test(one) || double.test(one));
  const size = (one: string): number => (isGsm ? (double.test(one) ? 2 : 1) : one.length);
  const total = characters.reduce((sum, one) => sum + size(one), 0);
  if (total <= (isGsm ? 160 : 70)) return 1;
  const each = isGsm ? 153 : 67;
  return (
    1 +
    characters.reduce(
      ({ used, breaks }, one) =>
        used + size(one) > each
          ? { used: size(one), breaks: breaks + 1 }
          : { used: used + size(one), breaks },
      { used: 0, breaks: 0 },
    ).breaks
  );
}
