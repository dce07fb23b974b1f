/** The test runner's projects: `unit` is fast and pure, the others start real parts. */
import { defineConfig } from 'vitest/config';

/** As long as Playwright waits by itself: a loaded machine takes longer than Vitest's second. */
const patient = { poll: { timeout: 30_000 } };

const slow = { testTimeout: 60_000, hookTimeout: 120_000, expect: patient };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // property tests on a busy machine
          ...slow,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [
            'test/{infra,local,integration,attacks,e2e}/**',
            'test/bench/**',
            // beside them, the log of a run and its checker are pure
            'test/faults/{,scenarios/}*.test.ts',
          ],
        },
      },
      { test: { name: 'infra', include: ['test/infra/**/*.test.ts'], isolate: false, ...slow } },
      { test: { name: 'local', include: ['test/local/**/*.test.ts'], ...slow } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...slow } },
      { test: { name: 'faults', include: ['test/faults/{,scenarios/}*.test.ts'], ...slow } },
      { test: { name: 'attacks', include: ['test/attacks/**/*.test.ts'], ...slow } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // once for all files; each start builds again where the sources have changed since
          globalSetup: 'test/support/built-site.ts',
          // most of a browser test is waiting for one of many processes
          maxWorkers: 2,
          expect: patient,
          // a test that fails may have waited before
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
