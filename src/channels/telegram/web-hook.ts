import { createHash, timingSafeEqual } from 'node:crypto';
import type { Api } from 'grammy';
import { listAllowedUpdates, signalOf } from './polling.ts';

/** Where Telegram sends updates, and the word that proves them to be Telegram's. */
export type WebHookMode = { kind: 'webhook'; secret: string; publicUrl: string };

const WEBHOOK_PATH = '/telegram';

/** Tells Telegram where to send updates, and which. */
export async function setWebHook(
  api: Api,
  { secret, publicUrl }: WebHookMode,
  { hasInline, signal }: { hasInline: boolean; signal: AbortSignal },
): Promise<void> {
  const url = publicUrl.replace(/\/+$/, '') + WEBHOOK_PATH;
  const settings = { secret_token: secret, allowed_updates: listAllowedUpdates(hasInline) };
  await api.setWebhook(url, settings, signalOf(signal));
}

/** Compares secrets. Digests have one length, so that neither the time nor the length tells how much was right. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
