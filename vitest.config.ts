import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The examples import the package by its name: here, and for tsc and Playwright, its sources; under Node, `dist/`.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['**/*.test.ts'],
    // What stands in examples/vitest needs a server; examples/examples.test.ts starts one and runs them.
    exclude: ['**/node_modules/**', 'dist/**', 'examples/vitest/**'],
    testTimeout: 20_000,
  },
})
