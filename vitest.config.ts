import { defineConfig } from 'vitest/config';

const onRealStacks = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  globalSetup: ['test/stack/no-leaks.ts'],
  env: {
    // Its own clean-up container is one more image to fetch; the stacks are taken down by the tests that start them.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
    TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
  },
};
const promises = ['test/promises/**/*.test.ts'];
const inBrowser = ['test/{lab,prove}/**/*.test.ts'];

export default defineConfig(({ mode }) => ({
  test: {
    // `npm run promises` alone writes the table.
    reporters: mode === 'full' ? ['default', './test/promises/write-table.ts'] : ['default'],
    // What fails soonest comes first, and the browser has the machine for itself.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,pinner,placement,setup,lab,bench,prove}/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...onRealStacks,
          name: 'stack',
          include: ['test/**/*.test.ts'],
          exclude: [...inBrowser, ...promises],
          // Two at a time, each on a stack of its own: much of a test is waiting for containers.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...onRealStacks,
          name: 'promises',
          include: promises,
          // What is promised in seconds is measured with the machine to itself.
          fileParallelism: false,
          provide: { fullLength: mode === 'full' },
          testTimeout: mode === 'full' ? 1_200_000 : onRealStacks.testTimeout,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...onRealStacks,
          name: 'browser',
          include: inBrowser,
          // A network interface comes or goes with every container, and Chromium then drops its connections.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
}));
