import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const ROOT = `${import.meta.dirname}/../..`
const APIS = ['dynamic', 'royalti', 'descope']

/** A page's bundle, from the sources; MSW is the page's own. */
async function bundle(code: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: `${ROOT}/mocks`, loader: 'ts' },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // Without chunks of their own, esbuild wraps what the page shares with a module that is loaded later, asked for or not.
    external: ['msw', '*/inspector/panel.tsx'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  const text = outputFiles[0]?.text ?? ''
  return {
    text,
    size: gzipSync(text, { level: 9 }).length,
    holds: Object.entries(output?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
    imports: output?.imports.map(({ path }) => path),
  }
}

const page = (api: string) => `
  import { createMock } from './index.ts'
  import { ${api} } from './${api}.ts'
  import { createHandlers } from './adapters/msw.ts'
  export const handlers = createHandlers(createMock({ apis: [${api}] }), { persist: 'session' })
`

/** What turns text into code, which a strict Content-Security-Policy forbids. */
const EVALUATES = /\beval\s*\(|\bFunction\s*\(|\bimport\s*\(/

describe.each(APIS)('a page with createMock, createHandlers and %s', async (api) => {
  const { text, size, holds, imports } = await bundle(page(api))

  it('is at most 30 kB, minified and gzipped', () => {
    console.log(`${api}: ${(size / 1000).toFixed(1)} kB`)
    expect(size).toBeLessThanOrEqual(30_000)
    // Far less would mean that something is missing.
    expect(size).toBeGreaterThan(15_000)
  })

  it('imports MSW alone: nothing of Node, nothing that is loaded later', () => {
    expect(imports).toEqual(['msw'])
  })

  it('holds this API, no other, and no package but MSW', () => {
    const others = APIS.filter((other) => other !== api).join('|')
    expect(holds).toContain(`generated/${api}/validators.js`)
    expect(holds.filter((path) => new RegExp(`(?:${others})|node_modules|http-server|mocks/data/`).test(path))).toEqual(
      [],
    )
  })

  it('evaluates no text', () => {
    expect(EVALUATES.exec(text)?.[0]).toBeUndefined()
  })
})

describe('the test', () => {
  it.each([
    [
      'a module of Node',
      "import { readFileSync } from 'node:fs'; console.log(readFileSync)",
      /Could not resolve "node:fs"/,
    ],
    ['a server', "import { listen } from './adapters/http-server.ts'; console.log(listen)", /Could not resolve "node:/],
  ])('would notice %s', async (_, code, error) => {
    await expect(bundle(code)).rejects.toThrow(error)
  })

  it('would notice another API, a package and a text that is run', async () => {
    const { holds } = await bundle(`${page('royalti')}; import { descope } from './descope.ts'; console.log(descope)`)
    expect(holds).toContain('generated/descope/validators.js')
    for (const code of ['eval(x)', 'new Function("a")', 'import(x)']) expect(EVALUATES.test(code)).toBe(true)
  })
})
