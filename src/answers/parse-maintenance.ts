import { parseSpan, type Span } from './parse-span.ts';

/** What somebody wants kept back, for how long, and why; each as far as it was said. */
export type MaintenanceText = { what: string; span: Span | undefined; why: string };

/** As in `an hour and a half`: no span has more words. */
const SPAN_WORDS_MAX = 4;

type Candidate = MaintenanceText & { span: Span; isCounted: boolean };

/**
 * Reads `checkout success 2h deploy`: what, how long, and why. Names have numbers and hours in them too (`Orders per hour`), so of the
 * words that may be the time those are taken that begin with a number, have a unit, and stand behind something that is known.
 */
export function parseMaintenance(text: string, isKnown: (what: string) => boolean): MaintenanceText {
  const words = text.trim().split(/\s+/u);
  const candidates = listCandidates(words);
  const known = candidates.filter(({ what }) => isKnown(what));
  const found = known.find(({ isCounted }) => isCounted) ?? known[0] ?? candidates[0];
  return found ?? { what: words.join(' '), span: undefined, why: '' };
}

/** The longest time that begins at each word, behind one word at least. */
function listCandidates(words: readonly string[]): Candidate[] {
  return words.flatMap((_, at): Candidate[] => {
    if (at === 0) return [];
    for (let length = Math.min(SPAN_WORDS_MAX, words.length - at); length > 0; length -= 1) {
      const said = words.slice(at, at + length).join(' ');
      const span = parseSpan(said.toLowerCase());
      if (!span) continue;
      const what = words.slice(0, at).join(' ');
      const why = words.slice(at + length).join(' ');
      return [{ what, span, why, isCounted: /^\d+\s*\p{L}/u.test(said) }];
    }
    return [];
  });
}
