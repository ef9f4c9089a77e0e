import type { SmsConfig } from '../../config-channels.ts';
import {
  cannotEdit,
  otherChannel,
  type Channel,
  type SendOutcome,
  type SendRequest,
} from '../../delivery/index.ts';
import type { Words } from '../../answers/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { callHttp } from '../../lib/http-call.ts';
import { readOutcome } from './outcome.ts';
import { renderSms } from './render.ts';

const OWN_NAME = 'SMS';
/** Ids of Twilio's messaging services begin so; anything else is a sender. */
const SERVICE = /^MG[0-9a-f]{32}$/;

export type SmsOptions = {
  account: SmsConfig;
  /** the wording of whoever has a number */
  wordsOf(place: SendRequest['place']): Words;
  clock: Clock;
  timeoutMs?: number;
};

/** Makes the Channel that sends SMS through Twilio's Messages API. What carriers do later is not known here. */
export function createSmsChannel(options: SmsOptions): Channel {
  return {
    name: 'sms',
    limits: { perPlaceGapMs: 1_000, perGroup: null, perBotPerSecond: 10 },
    isGroup: () => false,
    send: (request) => send(request, options),
  };
}

async function send(request: SendRequest, options: SmsOptions): Promise<SendOutcome> {
  const { place, operation } = request;
  if (place.channel !== 'sms') return otherChannel(OWN_NAME, place.channel);
  if (operation === 'edit') return cannotEdit(OWN_NAME);
  const { apiRoot, accountSid, authToken, from } = options.account;
  const text = renderSms(request, options.wordsOf(place).t('channel-may-repeat'));
  const result = await callHttp({
    url: `${apiRoot}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      To: place.number,
      [SERVICE.test(from) ? 'MessagingServiceSid' : 'From']: from,
      Body: text,
    }).toString(),
    timeoutMs: options.timeoutMs,
  });
  return readOutcome(result, options.clock.now());
}
