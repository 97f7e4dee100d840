import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.setup.ts'],
    pool: 'forks',
    // Two cores in CI; PostgreSQL needs a part of them.
    maxWorkers: 2,
    // Engine tests wait for conditions, not for time; this only ends one that never comes true.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    allowOnly: false,
  },
});
