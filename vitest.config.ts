import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// What stands in examples/vitest needs a server; examples/examples.test.ts starts one and runs them.
const exclude = ['**/node_modules/**', 'dist/**', 'examples/vitest/**']
const IN_BROWSER = '**/*.browser.test.ts'
/** On servers that others wrote, which not every machine can have: `npm run test:servers`, apart from `npm test`. */
const ON_SERVERS = '**/*.servers.test.ts'

export default defineConfig({
  // The examples import the package by its name: here, and for tsc and Playwright, its sources; under Node, `dist/`.
  resolve: { tsconfigPaths: true },
  test: {
    testTimeout: 20_000,
    // Many tests wait for a process or a socket: one more than there are cores takes four fifths of the time.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        // A third of the time would go to reading the same modules for each file anew: files of one worker share them.
        test: {
          name: 'node',
          include: ['**/*.test.ts'],
          exclude: [...exclude, IN_BROWSER, ON_SERVERS],
          isolate: false,
          globalSetup: 'scripts/bundle-command.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [IN_BROWSER],
          exclude,
          globalSetup: 'contract-tests/proofs/browsers/provide-chromium.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: [ON_SERVERS],
          exclude,
          globalSetup: 'contract-tests/proofs/real-servers/provide-servers.ts',
        },
      },
    ],
  },
})
