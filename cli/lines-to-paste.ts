/** What a project's files need, as it is pasted; the first line says into which file. */
export type Lines = string

/** What `rollcall init --for` knows, in the order in which the lines are printed. */
export const TOOLS = ['vite', 'next', 'vitest', 'jest', 'playwright', 'storybook'] as const
/** One of the tools that lines are printed for. */
export type Tool = (typeof TOOLS)[number]

/** What stands above the lines of each tool. */
export const TITLES: Readonly<Record<Tool, string>> = {
  vite: 'Vite',
  next: 'Next.js, App Router',
  vitest: 'Vitest',
  jest: 'Jest, started with NODE_OPTIONS=--experimental-vm-modules, because MSW 3 and rollcall are ES modules',
  playwright: 'Playwright Test, with your application sending to http://127.0.0.1:4010 in place of the real server',
  storybook: 'Storybook',
}

/** As far as lines name it. */
export interface Named {
  /** An API's: of its entry `rollcall/<name>` and of what that exports. */
  readonly name: string
  /** Of an operation of the API. */
  readonly operationId: string
  readonly mswMajor: number
}

/**
 * The lines of one tool, a text for each file of the project; a Vite config is among them from MSW 3 on, whose plug-in
 * serves the worker.
 */
export function linesToPaste(tool: Tool, { name, operationId, mswMajor }: Named): Lines[] {
  const imports = `import { createMock } from 'rollcall'
import { ${name} } from 'rollcall/${name}'
import { createHandlers } from 'rollcall/msw'
`
  const page = `import { setupWorker } from 'msw/browser'
${imports}
export const mock = createMock({ apis: [${name}] })
`
  const start = "setupWorker(...createHandlers(mock, { persist: 'session' })).start()\n"
  const inTests = `export const mock = createMock({ apis: [${name}] })
export const server = setupServer(...createHandlers(mock))

beforeAll(() => server.listen())
afterEach(() => {
  server.resetHandlers()
  mock.reset()
})
afterAll(() => server.close())
`
  switch (tool) {
    case 'vite':
      return [
        `// src/mock.ts\n${page}await ${start}`,
        "// src/main.tsx, first\nif (import.meta.env.DEV) await import('./mock')\n",
        ...(mswMajor < 3
          ? []
          : [
              `// vite.config.ts, if MSW's own plugin is to serve the worker, in place of the file
import { msw } from 'msw/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [msw({ mode: 'worker-only' })] }) // beside the plugins you have
`,
            ]),
      ]
    case 'next':
      return [
        // Not awaited there: webpack warns of a top-level await in a page.
        `// mock.ts\n${page}export const started = ${start}`,
        `// app/mock-provider.tsx
'use client'
import { type ReactNode, useEffect, useState } from 'react'

export function MockProvider({ children }: { children: ReactNode }) {
  const [isReady, setReady] = useState(process.env.NODE_ENV !== 'development')
  useEffect(() => {
    if (process.env.NODE_ENV === 'development' && typeof window !== 'undefined')
      import('../mock').then(({ started }) => started).then(() => setReady(true))
  }, [])
  return isReady ? children : null
}
`,
        `// app/layout.tsx, in <body>, with: import { MockProvider } from './mock-provider'
<MockProvider>{children}</MockProvider>
`,
        `// mock-server.ts, for what the server fetches; its users are not those of the page
import { setupServer } from 'msw/node'
${imports}
export const mock = createMock({ apis: [${name}] })
setupServer(...createHandlers(mock)).listen()
`,
        `// instrumentation.ts
export async function register() {
  if (process.env.NODE_ENV === 'development' && process.env.NEXT_RUNTIME === 'nodejs') await import('./mock-server')
}
`,
      ]
    case 'vitest':
      return [
        `// vitest.config.ts
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { setupFiles: './mock-server.ts' } })
`,
        `// mock-server.ts
import { setupServer } from 'msw/node'
${imports}import { afterAll, afterEach, beforeAll } from 'vitest'

${inTests}`,
      ]
    case 'jest':
      return [
        `// jest.config.mjs
export default { setupFilesAfterEnv: ['./mock-server.mjs'] }
`,
        `// mock-server.mjs
import { setupServer } from 'msw/node'
${imports}
${inTests}`,
      ]
    case 'playwright':
      return [
        `// playwright.config.ts
import { defineConfig } from '@playwright/test'

export default defineConfig({
  webServer: {
    command: 'npx rollcall mock ${name}',
    url: 'http://127.0.0.1:4010/__rollcall/health',
    reuseExistingServer: !process.env.CI,
  },
})
`,
        `// tests/outage.spec.ts
import { expect, test } from 'rollcall/playwright'

test('says that the server failed', async ({ page, rollcall }) => {
  await rollcall.failNext({ api: '${name}', operationId: '${operationId}', status: 500 })
  await page.goto('http://localhost:5173/')
  // What your page does and says then stands here.
  expect(await rollcall.readJournal()).toEqual([])
})
`,
      ]
    case 'storybook':
      return [
        `// .storybook/main.ts, beside what you have
export default { staticDirs: ['../public'] }
`,
        `// .storybook/preview.ts, beside what you have
import { setupWorker } from 'msw/browser'
${imports}
export const mock = createMock({ apis: [${name}] })
const worker = setupWorker(...createHandlers(mock))

export default {
  beforeAll: async () => void (await worker.start()),
  beforeEach: () => mock.reset(),
}
`,
      ]
  }
}
