/** A piece of a line of Markdown. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; children: readonly Inline[] }
  | { kind: 'emphasis'; children: readonly Inline[] }
  | { kind: 'link'; href: string; children: readonly Inline[] };

export type Alignment = 'left' | 'center' | 'right' | null;

export type ListItem = { text: readonly Inline[]; children: readonly Block[] };

/** A block of a Markdown page. */
export type Block =
  | { kind: 'heading'; level: number; text: readonly Inline[]; id: string }
  | { kind: 'paragraph'; text: readonly Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: readonly ListItem[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; children: readonly Block[] }
  | { kind: 'table'; head: readonly Cell[]; rows: readonly (readonly Cell[])[] }
  | { kind: 'rule' };

export type Cell = { text: readonly Inline[]; align: Alignment };
