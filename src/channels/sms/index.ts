/**
 * SMS, through Twilio's Messages API. In: deliveries to phone numbers. Out: one text of at most three segments each; what became
 * of each call.
 */
export { createSmsChannel, type SmsOptions } from './channel.ts';
