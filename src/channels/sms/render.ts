import { isVisible, oneLine, shorten, writePlain } from '../../answers/index.ts';
import type { SendRequest } from '../../delivery/index.ts';
import { countSegments, isGsm, simplify } from './segments.ts';

export const SEGMENTS_MAX = 3;
/** No text of three segments is longer; outside the GSM alphabet none is longer than the second. */
const UNITS_MAX = 459;
const UNITS_MAX_UCS2 = 201;
/** A link that takes more leaves no room for words. */
const LINK_MAX = 120;
const ELLIPSIS = '…';

type Rendering = Pick<SendRequest, 'answer' | 'view' | 'maybeSent'>;

/** Gives a text of at most three segments: the first line, cut at a word, and the alert's page where others can open it. Pure. */
export function renderSms({ answer, view, maybeSent }: Rendering, mark: string): string {
  const [first = []] = answer.lines;
  const line = oneLine(first.map(writePlain).join(''));
  const url = view?.url ?? null;
  const tail = [url !== null && url.length <= LINK_MAX ? url : null, maybeSent ? mark : null];
  const ending = tail.flatMap((part) => (part === null ? [] : [`\n${part}`])).join('');
  return fitWords(isVisible(line) ? line : ELLIPSIS, ending);
}

function fitWords(line: string, ending: string): string {
  const fits = (text: string): boolean => countSegments(text) <= SEGMENTS_MAX;
  const whole = simplify(line + ending);
  if (fits(whole)) return whole;
  for (let max = UNITS_MAX; max > 0; max -= 1) {
    const text = simplify(cutAtWord(line, max) + ending);
    if (fits(text)) return text;
    if (max > UNITS_MAX_UCS2 && !isGsm(text)) max = UNITS_MAX_UCS2 + 1;
  }
  return simplify(ELLIPSIS + ending);
}

/** At a space, unless that would leave less than half. */
function cutAtWord(line: string, max: number): string {
  const cut = shorten(line, max);
  if (cut === line) return line;
  const space = cut.lastIndexOf(' ');
  return space >= max / 2 ? cut.slice(0, space).trimEnd() + ELLIPSIS : cut;
}
