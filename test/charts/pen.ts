import { THEMES, type Pen } from '../../charts/index.ts';
import { createWords } from '../../src/answers/index.ts';
import { measureText } from '../../src/pictures/measure.ts';
import type { Reader } from '../../charts/types.ts';
import { reader } from '../pictures/fixtures.ts';

/** A pen as pictures are drawn with. */
export function pen(over: Partial<Reader> = {}): Pen {
  const { theme, locale, timezone, nowMs } = reader(over);
  return {
    words: createWords(locale, timezone),
    colors: THEMES[theme],
    measure: measureText,
    nowMs,
  };
}
