/** Gives what a person wrote as they wrote it: Slack escapes three characters, and wraps links and names. */
export function readText(text: string): string {
  return text
    .replace(/^\s*<@[^>]*>\s*/, '')
    .replace(/<[@#!][^>|]*\|([^>]*)>/g, '$1')
    .replace(/<([^>|]+)\|[^>]*>/g, '$1')
    .replace(/<([^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
