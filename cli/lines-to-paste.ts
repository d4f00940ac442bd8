/** What a project's files need, as it is pasted; the first line says into which file. */
export type Lines = string

/** What `rollcall init --for` knows, in the order in which the lines are printed. */
export const TOOLS = ['vite', 'next', 'vitest', 'jest', 'playwright', 'storybook'] as const
/** One of the tools that lines are printed for. */
export type Tool = (typeof TOOLS)[number]

const TITLES: Readonly<Record<Tool, string>> = {
  vite: 'Vite',
  next: 'Next.js, App Router',
  vitest: 'Vitest',
  jest: 'Jest, started with NODE_OPTIONS=--experimental-vm-modules, because MSW 3 and rollcall are ES modules',
  playwright: 'Playwright Test, with your application sending to http://127.0.0.1:4010 in place of the real server',
  storybook: 'Storybook',
}

const COMMONJS_JEST =
  'Jest, in CommonJS: the mock is a server beside the tests, because what Jest requires cannot be an ES module'

/** What stands above the lines of a tool. */
export const titleOf = (tool: Tool, { isCommonJs }: Pick<Named, 'isCommonJs'>): string =>
  tool === 'jest' && isCommonJs ? COMMONJS_JEST : TITLES[tool]

/** As far as lines name it. */
export interface Named {
  /** An API's: of its entry `rollcall/<name>` and of what that exports. */
  readonly name: string
  /** Of an operation of the API. */
  readonly operationId: string
  readonly mswMajor: number
  /** The path of its document, where it is the project's own. */
  readonly document?: string
  /** Whether the project's `.js` files are CommonJS. */
  readonly isCommonJs?: boolean
}

/** Where `rollcall generate` writes what pages import. */
const OUT = 'src/api'

/** How the files of a project come to the API: what they import, and the expression. */
function findApi({ name, document }: Named, page?: string): { readonly imported: string; readonly api: string } {
  if (document === undefined) return { imported: `import { ${name} } from 'rollcall/${name}'\n`, api: name }
  if (page === undefined) {
    return { imported: "import { readApi } from 'rollcall/document'\n", api: `await readApi('${document}')` }
  }
  const written = `// npx rollcall generate ${document} --out ${OUT}`
  return { imported: `import { api } from '${page}' ${written}\n`, api: 'api' }
}

/**
 * The lines of one tool, a text for each file of the project; a Vite config is among them from MSW 3 on, whose plug-in
 * serves the worker.
 */
export function linesToPaste(tool: Tool, named: Named): Lines[] {
  const { name, operationId, mswMajor, document, isCommonJs } = named
  const node = findApi(named)
  const around = (imported: string) => `import { createMock } from 'rollcall'
${imported}import { createHandlers } from 'rollcall/msw'
`
  const imports = around(node.imported)
  const mockOf = (api: string) => {
    const told = document === undefined ? '' : `// With your behaviours: [extendApi(${api}, behaviours)]\n`
    return `${told}export const mock = createMock({ apis: [${api}] })\n`
  }
  const pageAt = (path: string) => {
    const { imported, api } = findApi(named, path)
    return `import { setupWorker } from 'msw/browser'
${around(imported)}
${mockOf(api)}`
  }
  const served = document === undefined ? ` ${name}` : ''
  const of = document === undefined ? `api: '${name}', ` : ''
  const start = "setupWorker(...createHandlers(mock, { persist: 'session' })).start()\n"
  const inTests = `${mockOf(node.api)}export const server = setupServer(...createHandlers(mock))

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
        `// src/mock.ts\n${pageAt('./api/api')}await ${start}`,
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
        `// mock.ts\n${pageAt(`./${OUT}/api`)}export const started = ${start}`,
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
        `// mock-server.ts, for what the server fetches; its state is not that of the page
import { setupServer } from 'msw/node'
${imports}
${mockOf(node.api)}setupServer(...createHandlers(mock)).listen()
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
      if (isCommonJs) return commonJsJest(named)
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
    command: 'npx rollcall mock${served}',
    url: 'http://127.0.0.1:4010/__rollcall/health',
    reuseExistingServer: !process.env.CI,
  },
})
`,
        `// tests/outage.spec.ts
import { expect, test } from 'rollcall/playwright'

test('says that the server failed', async ({ page, rollcall }) => {
  await rollcall.failNext({ ${of}operationId: '${operationId}', status: 500 })
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
${pageAt(`../${OUT}/api`)}const worker = setupWorker(...createHandlers(mock))

export default {
  beforeAll: async () => void (await worker.start()),
  beforeEach: () => mock.reset(),
}
`,
      ]
  }
}

/** Outside of its tests Jest runs plain Node, where CommonJS can import ES modules. */
function commonJsJest(named: Named): Lines[] {
  const { name, operationId, document } = named
  const api =
    document === undefined
      ? `  const { ${name} } = await import('rollcall/${name}')\n`
      : `  const { readApi } = await import('rollcall/document')\n  const api = await readApi('${document}')\n`
  return [
    `// jest.config.js
module.exports = { globalSetup: './rollcall.setup.cjs', globalTeardown: './rollcall.teardown.cjs' }
`,
    `// rollcall.setup.cjs
module.exports = async () => {
  const { createMock } = await import('rollcall')
${api}  const { listen } = await import('rollcall/http')
  globalThis.rollcall = await listen(createMock({ apis: [${document === undefined ? name : 'api'}] }), { port: 0 })
  process.env.ROLLCALL_URL = globalThis.rollcall.url
}
`,
    `// rollcall.teardown.cjs
module.exports = () => globalThis.rollcall.close()
`,
    `// outage.test.js, with your application sending to ROLLCALL_URL and these headers
const url = process.env.ROLLCALL_URL
const headers = { 'x-rollcall-session': process.env.JEST_WORKER_ID }
const control = (path, body) => fetch(url + '/__rollcall/' + path, { method: 'POST', headers, body })

afterEach(() => control('reset'))

test('says that the server failed', async () => {
  const ordered = await control('failures', JSON.stringify({ operationId: '${operationId}', status: 503 }))
  expect(ordered.status).toBe(204)
})
`,
  ]
}
