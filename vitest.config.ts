import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    unstubGlobals: true,
    coverage: {
      provider: 'v8',
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
