import { oneLine } from './shorten.ts';

/** What is done to a list that exists. */
export type WatchlistVerb = 'rename' | 'describe' | 'add' | 'remove' | 'delete' | 'share' | 'unshare';

/** What somebody wrote after `/watchlist`. `list` and `name` are empty where nothing was said. */
export type WatchlistText =
  | { kind: 'lists' }
  | { kind: 'show'; list: string }
  | { kind: 'create'; name: string; team: string | null; items: readonly string[] }
  | { kind: 'open'; token: string }
  | { kind: WatchlistVerb; list: string; text: string; items: readonly string[] };

/** What may follow `/watchlist`. */
const SUBCOMMANDS = [
  'create',
  'create team',
  'open',
  'rename',
  'describe',
  'add',
  'remove',
  'delete',
  'share',
  'unshare',
] as const;
type Subcommand = (typeof SUBCOMMANDS)[number];
const LONGEST_FIRST = SUBCOMMANDS.toSorted((a, b) => b.length - a.length);

/** A name has at most 60 characters. */
const NAME_WORDS_MAX = 30;

/** A word, a quoted name, or a comma; `end` is where it ends in the text. */
type Token = { text: string; isQuoted: boolean; isComma: boolean; end: number };

const TOKEN =
  /((?:team|domain|tag):)?(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”])|(,)|((?:[^\s,"“«„]|(?<=[^\s,])["“«„])+)|(["“«„])/giu;

/**
 * Reads what follows `/watchlist`. Of subcommands that start alike the longest wins; a quoted word is a name, whatever it says.
 * Of names that exist (`known`) the longest that the words begin with is meant; any other name is one word, unless quoted.
 */
export function parseWatchlist(text: string, known: readonly string[]): WatchlistText {
  const tokens = tokenize(text);
  if (tokens.length === 0) return { kind: 'lists' };
  const subcommand = findSubcommand(tokens);
  if (subcommand === undefined) return { kind: 'show', list: joinTokens(tokens) };
  const rest = tokens.slice(subcommand.split(' ').length);
  if (subcommand === 'create' || subcommand === 'create team') return parseCreate(subcommand, rest);
  if (subcommand === 'open') return { kind: 'open', token: rest[0]?.text ?? '' };
  return parseVerb(subcommand, { text, rest, known });
}

function findSubcommand(tokens: readonly Token[]): Subcommand | undefined {
  return LONGEST_FIRST.find((subcommand) =>
    subcommand.split(' ').every((word, index) => {
      const token = tokens[index];
      return token?.isQuoted === false && token.text.toLowerCase() === word;
    }),
  );
}

function parseCreate(subcommand: 'create' | 'create team', tokens: readonly Token[]): WatchlistText {
  const words = subcommand === 'create' ? tokens : tokens.slice(1);
  return {
    kind: 'create',
    team: subcommand === 'create' ? null : (tokens[0]?.text ?? ''),
    name: words[0]?.isComma === false ? words[0].text : '',
    items: toItems(words.slice(1)),
  };
}

function parseVerb(
  kind: WatchlistVerb,
  { text, rest, known }: { text: string; rest: readonly Token[]; known: readonly string[] },
): WatchlistText {
  // nothing follows these but the name
  if (kind === 'delete' || kind === 'share' || kind === 'unshare')
    return { kind, list: joinTokens(rest), text: '', items: [] };
  const count = countNameTokens(rest, known);
  const list = rest.slice(0, count);
  const from = list.at(-1)?.end ?? text.length;
  return {
    kind,
    list: joinTokens(list),
    text: unquoted(text.slice(from)),
    items: toItems(rest.slice(count)),
  };
}

function countNameTokens(tokens: readonly Token[], known: readonly string[]): number {
  const [first] = tokens;
  if (first === undefined || first.isQuoted) return tokens.slice(0, 1).length;
  const names = new Set(known.map(toKey));
  for (let count = Math.min(tokens.length, NAME_WORDS_MAX); count > 1; count -= 1)
    if (names.has(toKey(joinTokens(tokens.slice(0, count))))) return count;
  return 1;
}

/** Gives the parts between commas, quotes taken off; empty ones are left out. */
export function splitItems(text: string): string[] {
  return toItems(tokenize(text));
}

function toItems(tokens: readonly Token[]): string[] {
  const items: Token[][] = [[]];
  for (const token of tokens) {
    if (token.isComma) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.map(joinTokens).filter((item) => item !== '');
}

function tokenize(text: string): Token[] {
  return [...oneSpaced(text).matchAll(TOKEN)].flatMap((match) => {
    const [whole, prefix = '', ...groups] = match;
    const quoted = groups.slice(0, 4).find((part) => part !== undefined);
    const isQuoted = quoted !== undefined && prefix === '';
    const token = {
      text: quoted === undefined ? whole : prefix + quoted.trim(),
      isQuoted,
      isComma: whole === ',',
      end: match.index + whole.length,
    };
    return token.text === '' || LONE_QUOTE.test(whole) ? [] : [token];
  });
}

const LONE_QUOTE = /^["“«„]$/u;

/** Positions in a text stay as they are. */
function oneSpaced(text: string): string {
  return text.replace(/\s/gu, ' ');
}

function joinTokens(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

function unquoted(text: string): string {
  const words = oneLine(text);
  const [, inside] = /^["“«„]([^"“”»]*)["”»“]$/u.exec(words) ?? [];
  return inside?.trim() ?? words;
}

function toKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
