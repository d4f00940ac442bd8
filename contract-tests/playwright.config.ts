import { defineConfig } from 'playwright/test'

/** `ROLLCALL_URL=… npx playwright test` in this folder verifies the implementation there. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  timeout: 600_000,
  workers: 1,
  outputDir: '../node_modules/.cache/playwright',
})
