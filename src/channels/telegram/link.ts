/**
 * Tells whether Telegram makes an address clickable, and takes it in a button: http or https on a host with a dot, or tg
 * (tdlib's LinkManager). Others make it refuse a whole keyboard.
 */
export function isClickable(address: string): boolean {
  if (/^tg:/i.test(address)) return true;
  if (!/^https?:\/\//i.test(address) || /\s/.test(address) || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname.includes('.') || hostname.startsWith('[');
}
