import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    unstubGlobals: true,
    coverage: { include: ['src/**', 'charts/**'], exclude: ['src/db/generated/**', '**/types.ts'] },
  },
});
