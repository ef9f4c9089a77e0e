/**
 * Web hooks out. In: deliveries to named addresses. Out: one event each, as JSON, signed as Standard Webhooks say; what became
 * of each call.
 */
export { createWebhookChannel, type WebhookOptions } from './channel.ts';
export { WebhookAlert, WebhookEvent, WebhookNotice } from './event.ts';
