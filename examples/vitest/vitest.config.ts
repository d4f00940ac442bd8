import { defineConfig } from 'vitest/config'

export default defineConfig({
  // In this repository the package is its sources; in yours this line is not needed.
  resolve: { tsconfigPaths: true },
})
