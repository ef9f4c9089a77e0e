import { nameText } from './name-text.ts';
import { instant, sayLine } from './lines.ts';
import type { Line } from './types.ts';
import type { WhySilence } from './why-types.ts';
import type { Words } from './words-types.ts';

/** Gives a line for each thing that keeps messages back, folds or replaces them. */
export function silenceLines(silences: readonly WhySilence[], now: Date, words: Words): Line[] {
  return silences.map((silence) => silenceLine(silence, now, words));
}

function silenceLine(silence: WhySilence, now: Date, words: Words): Line {
  switch (silence.kind) {
    case 'maintenance':
    case 'quiet':
      return sayLine(words, silence.kind === 'quiet' ? 'why-quiet' : 'why-maintenance', {
        name: nameText(silence.name),
        until: instant(silence.until, now, words),
      });
    case 'storm':
      return [words.t('why-storm', { place: nameText(silence.place), count: silence.alerts })];
    case 'flapping':
      return [words.t('why-flapping')];
    case 'source':
      return sayLine(words, 'why-source', {
        alert: `A-${silence.number}`,
        source: nameText(silence.source),
        at: instant(silence.at, now, words),
      });
  }
}
