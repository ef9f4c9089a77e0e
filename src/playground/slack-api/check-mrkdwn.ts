/** What Slack reads between `<` and `>`: a link, an instant, a channel, a person. */
const SEQUENCE = /<([^<>\n]*)>/g;
const LINK = /^(?:https?:\/\/|mailto:|tel:)[^|\s]+(?:\|[^|]*)?$/i;
const INSTANT = /^!date\^\d{1,10}\^[^|^]*(?:\^https?:[^|]+)?\|[^|]+$/;

/** Gives what a text would call out: everybody, a group, a person, a channel. */
export function findMentions(text: string): string[] {
  return [...text.matchAll(SEQUENCE)]
    .map(([, inner = '']) => inner)
    .filter((inner) => /^(?:!(?!date\^)|[@#])/.test(inner));
}

/** Gives what is not written as Slack asks: characters that are not escaped, sequences it does not know. */
export function checkMrkdwn(text: string): string[] {
  const sequences = [...text.matchAll(SEQUENCE)].map(([, inner = '']) => inner);
  const unknown = sequences.filter((inner) => !LINK.test(inner) && !INSTANT.test(inner));
  const rest = text.replace(SEQUENCE, '');
  return [
    ...unknown.map((inner) => `unknown sequence <${inner}>`),
    ...(/[<>]/.test(rest) ? ['an angle bracket is not escaped'] : []),
    ...(/&(?!amp;|lt;|gt;)/.test(text) ? ['an ampersand is not escaped'] : []),
  ];
}
