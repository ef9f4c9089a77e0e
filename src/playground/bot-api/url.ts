/**
 * Says why Telegram takes no such address in a button and makes none of it clickable in a text, or null (tdlib's
 * `LinkManager::check_link`). A host without a dot makes it refuse the whole message.
 */
export function problemOfUrl(url: string): string | null {
  if (/^tg:/i.test(url)) return null;
  const protocol = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (protocol !== undefined && protocol !== 'http' && protocol !== 'https')
    return 'Unsupported URL protocol';
  const host = /^(?:https?:\/\/)?(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url)?.[1] ?? '';
  if (host === '') return 'URL host is empty';
  return /\s/.test(url) || (!host.includes('.') && !host.startsWith('[')) ? 'Wrong HTTP URL' : null;
}
