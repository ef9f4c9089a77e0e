/** A text with the tags around it; cutting it never touches the tags. */
export type Piece = { text: string; open: string; close: string };

export const ELLIPSIS = '…';
const JOINER = '\u200d';
/** Marks that belong to the character before them: a cut goes in front of that character. */
const EXTENDER = /^(?:\p{M}|\p{Emoji_Modifier}|\u200d|\ufe0f)/u;
const MAX_STEPS_BACK = 40;

/** Gives the length of pieces, in UTF-16 units without tags. */
export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.text.length, 0);
}

/** Gives pieces cut to at most `room` UTF-16 units, with an ellipsis where something was left out. */
export function fitPieces(pieces: readonly Piece[], room: number): Piece[] {
  if (lengthOf(pieces) <= room) return [...pieces];
  const kept: Piece[] = [];
  let left = room - ELLIPSIS.length;
  for (const piece of pieces) {
    if (piece.text.length > left) {
      kept.push({ ...piece, text: piece.text.slice(0, cutAt(piece.text, left)) });
      break;
    }
    kept.push(piece);
    left -= piece.text.length;
  }
  return withEllipsis(kept);
}

/** Gives a text cut to at most `room` UTF-16 units, with an ellipsis where something was left out. */
export function fitText(text: string, room: number): string {
  return fitPieces([{ text, open: '', close: '' }], room)
    .map((piece) => piece.text)
    .join('');
}

/** Gives the last place at or before `end` where a text may be cut: not inside a surrogate pair or a joined emoji. */
function cutAt(text: string, end: number): number {
  let at = Math.max(0, end);
  const lowest = Math.max(0, at - MAX_STEPS_BACK);
  while (
    at > lowest &&
    (isInsidePair(text, at) || EXTENDER.test(text.slice(at, at + 2)) || text[at - 1] === JOINER)
  )
    at -= 1;
  return isInsidePair(text, at) ? at - 1 : at;
}

function isInsidePair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff;
}

function withEllipsis(pieces: readonly Piece[]): Piece[] {
  const last = pieces.at(-1);
  if (!last) return [{ text: ELLIPSIS, open: '', close: '' }];
  const text = last.text.trimEnd();
  return text === ''
    ? withEllipsis(pieces.slice(0, -1))
    : [...pieces.slice(0, -1), { ...last, text: text + ELLIPSIS }];
}
