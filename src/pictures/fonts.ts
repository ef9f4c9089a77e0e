import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { FontWeight } from '../../charts/theme.ts';
import { readFontMetrics, type FontMetrics } from './font-metrics.ts';

export const FONT_FAMILY = 'Inter';

/** One weight of Inter: the file's bytes, and what it covers and how wide. */
export type Font = { weight: FontWeight; data: Buffer; metrics: FontMetrics };

const FILES: Record<FontWeight, string> = {
  400: '400Regular/Inter_400Regular.ttf',
  600: '600SemiBold/Inter_600SemiBold.ttf',
  700: '700Bold/Inter_700Bold.ttf',
};

let loaded: Record<FontWeight, Font> | undefined;

/** Gives the weights that pictures are written in; the files are read once. */
export function loadFonts(): Record<FontWeight, Font> {
  loaded ??= { 400: loadFont(400), 600: loadFont(600), 700: loadFont(700) };
  return loaded;
}

function loadFont(weight: FontWeight): Font {
  const require = createRequire(import.meta.url);
  const data = readFileSync(require.resolve(`@expo-google-fonts/inter/${FILES[weight]}`));
  return { weight, data, metrics: readFontMetrics(data) };
}
