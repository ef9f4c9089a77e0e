import { Lexer, Tokenizer, walkTokens, type Token, type TokensList } from 'marked';

/** Lists, quotes and emphasis nested deeper than this are text. */
const MAX_DEPTH = 8;

/** A page as it was read: its tokens, and the anchor of each heading. */
export type MarkdownTokens = { tokens: TokensList; ids: ReadonlyMap<Token, string> };

/** Reads Markdown with tables, as code hosts do. Headings get anchors, numbered when a title comes twice. */
export function readMarkdown(markdown: string): MarkdownTokens {
  const tokens = new Lexer({ gfm: true, tokenizer: new ShallowTokenizer() }).lex(markdown);
  const ids = new Map<Token, string>();
  const taken = new Map<string, number>();
  void walkTokens(tokens, (token) => {
    if (token.type === 'heading') ids.set(token, takeId(plainText(token.tokens ?? []), taken));
  });
  return { tokens, ids };
}

/** Gives the text of pieces without their marks. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map(textOf).join('');
}

function textOf(token: Token): string {
  if ('tokens' in token && token.tokens) return plainText(token.tokens);
  return 'text' in token ? String(token.text) : '';
}

/** Words in lower case joined by dashes. */
function takeId(title: string, taken: Map<string, number>): string {
  const words = title.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
  const slug = words.trim().replaceAll(/\s+/g, '-') || 'section';
  const count = taken.get(slug) ?? 0;
  taken.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}

/** The library reads nesting by recursion without end: a page of nothing but `> ` would overflow the stack. */
class ShallowTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): ReturnType<Tokenizer['blockquote']> {
    return this.#deeper(() => super.blockquote(source));
  }

  override list(source: string): ReturnType<Tokenizer['list']> {
    return this.#deeper(() => super.list(source));
  }

  override emStrong(...args: Parameters<Tokenizer['emStrong']>): ReturnType<Tokenizer['emStrong']> {
    return this.#deeper(() => super.emStrong(...args));
  }

  override del(...args: Parameters<Tokenizer['del']>): ReturnType<Tokenizer['del']> {
    return this.#deeper(() => super.del(...args));
  }

  #deeper<T>(read: () => T): T | undefined {
    if (this.#depth >= MAX_DEPTH) return undefined;
    this.#depth += 1;
    const found = read();
    this.#depth -= 1;
    return found;
  }
}
