import { defineConfig } from 'vitest/config';
import { Sequencer } from './test/support/sequencer.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // as long as a busy machine may take; what must be quick says so itself
    expect: { poll: { timeout: 10_000 } },
    // tests wait for ticks and servers more than they compute: two more workers fill two cores; three are quicker on a good
    // day, and on a slow one miss what tests promise in seconds
    maxWorkers: 4,
    // files that follow one another share what was loaded: modules, words, fonts, a database (see test/support/database.ts)
    isolate: false,
    sequence: { sequencer: Sequencer },
    unstubGlobals: true,
    coverage: {
      provider: 'custom',
      customProviderModule: './test/support/coverage.ts',
      reporter: ['text-summary', 'json-summary'],
      include: ['src/**/*.{ts,tsx}', 'charts/**/*.{ts,tsx}'],
      // generated; types only; run in threads, processes and browsers of their own, where coverage does not see them
      exclude: [
        'src/db/generated/**',
        '**/*types.ts',
        'src/**/*-worker.ts',
        'src/cli.ts',
        'src/playground/page/**',
      ],
    },
  },
});
