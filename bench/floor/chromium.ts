import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../test/playground/chromium.ts';

const EXECUTABLE = '/usr/bin/chromium';

/** A warm browser that draws pages, each as a new page. */
export type Browser = {
  draw(html: string, size: { width: number; height: number }): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** The faces of Inter, as files beside the page. */
export function fontFaces(): string {
  const require = createRequire(import.meta.url);
  const files = {
    400: '400Regular/Inter_400Regular',
    600: '600SemiBold/Inter_600SemiBold',
    700: '700Bold/Inter_700Bold',
  };
  const face = ([weight, file]: [string, string]): string => {
    const url = pathToFileURL(require.resolve(`@expo-google-fonts/inter/${file}.ttf`)).href;
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(${url})}`;
  };
  return Object.entries(files).map(face).join('');
}

/** Starts Chromium; gives null where there is none. */
export async function openBrowser(): Promise<Browser | null> {
  if (!existsSync(EXECUTABLE)) return null;
  const folder = await mkdtemp(join(tmpdir(), 'heartbeat-bench-'));
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: CHROMIUM_FLAGS });
  return {
    draw: async (html, viewport) => {
      const file = join(folder, 'page.html');
      await writeFile(file, html);
      const page = await browser.newPage({ viewport });
      await page.goto(pathToFileURL(file).href);
      const png = await page.screenshot({ type: 'png' });
      await page.close();
      return png;
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
