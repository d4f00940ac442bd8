import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { linesToPaste, TOOLS } from './lines-to-paste.ts'
import { runHere } from './run-here.ts'
import { run } from './spawn-rollcall.ts'

const ROOT = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const WORKER = 'mockServiceWorker.js'
const { version } = require('msw/package.json')
const worker = await readFile(require.resolve('msw/mockServiceWorker.js'), 'utf8')

const HOST = {
  getCanonicalFileName: (name: string) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => '\n',
}

let project: string

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'rollcall-init-'))
  onTestFinished(() => rm(project, { recursive: true }))
  await put('package.json', '{ "private": true, "type": "module" }')
  await mkdir(join(project, 'node_modules'))
})

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true })
  await writeFile(join(project, path), text)
}
const installMsw = () => symlink(dirname(require.resolve('msw/package.json')), join(project, 'node_modules', 'msw'))
const pretendMsw = (old: string) =>
  put('node_modules/msw/package.json', JSON.stringify({ name: 'msw', version: old, exports: { './*': './*' } }))

const init = (...args: string[]) => runHere(['init', ...args], { cwd: project })
const text = (path: string) => readFile(join(project, path), 'utf8')
const everything = async () =>
  (await readdir(project, { recursive: true })).filter((path) => !path.startsWith('node_modules')).sort()

describe('rollcall init', () => {
  it("puts MSW's worker into ./public, prints lines for every tool, and changes nothing else", async () => {
    await installMsw()
    const before = await text('package.json')
    const { code, stdout, stderr } = await run(['init'], { cwd: project })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await everything()).toEqual(['package.json', 'public', `public/${WORKER}`])
    expect([await text(`public/${WORKER}`), await text('package.json')]).toEqual([worker, before])
    expect(stdout.split('\n')[0]).toBe(`${join('public', WORKER)}: the worker of MSW ${version}`)
    const named = { name: 'dynamic', operationId: 'bulkCreateUser', mswMajor: 3 }
    for (const tool of TOOLS) for (const lines of linesToPaste(tool, named)) expect(stdout).toContain(`\n${lines}`)
    expect(stdout.match(/^--- .*/gm)).toHaveLength(TOOLS.length)
  })

  it('puts it into the folder that is named, deep as it is', async () => {
    await installMsw()
    expect((await init('web/static')).code).toBe(0)
    expect(await everything()).toEqual(['package.json', 'web', 'web/static', `web/static/${WORKER}`])
  })

  it.each<[what: string, saved: string | string[], folders: string[]]>([
    ['one folder', 'static', ['static']],
    ['several', ['a', 'b'], ['a', 'b']],
  ])('puts it where package.json says: %s', async (_, workerDirectory, folders) => {
    await installMsw()
    await put('package.json', JSON.stringify({ msw: { workerDirectory } }))
    expect((await init()).code).toBe(0)
    for (const folder of folders) expect(await text(`${folder}/${WORKER}`)).toBe(worker)
    expect(await everything()).toHaveLength(1 + 2 * folders.length)
  })

  it('puts it nowhere where a Vite config has the plugin that serves it, unless a folder is named', async () => {
    await installMsw()
    await put('vite.config.ts', "import { msw } from 'msw/vite'\n")
    const { code, stdout } = await init()
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: "vite.config.ts has MSW's plugin, which serves the worker: nothing to put anywhere",
    })
    expect(await everything()).toEqual(['package.json', 'vite.config.ts'])
    await init('public')
    expect(await text(`public/${WORKER}`)).toBe(worker)
  })

  it('says so when the worker is there already', async () => {
    await installMsw()
    await init()
    const { code, stdout } = await init()
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe(`${join('public', WORKER)} is the worker of MSW ${version} already`)
  })

  it('says which worker it replaces', async () => {
    await installMsw()
    await put(`public/${WORKER}`, worker.replace(`'${version}'`, "'2.9.0'"))
    expect((await init()).stdout).toContain(`: the worker of MSW ${version}, in place of that of 2.9.0\n`)
    expect(await text(`public/${WORKER}`)).toBe(worker)
  })

  it('prints the lines for the tools that are named, with the API that is named', async () => {
    await installMsw()
    const { stdout } = await init('--for', 'jest', '--for', 'storybook', '--api', 'royalti')
    expect(stdout.match(/^--- \w+/gm)).toEqual(['--- Jest', '--- Storybook'])
    expect(stdout).toContain("import { royalti } from 'rollcall/royalti'")
    expect(stdout).not.toContain('dynamic')
  })

  it('explains itself', async () => {
    const { code, stdout } = await init('--help')
    expect(code).toBe(0)
    for (const said of ['Usage: rollcall init [dir]', '--yes', '--document', '--for', '--api', ...TOOLS])
      expect(stdout).toContain(said)
  })
})

describe('rollcall init refuses', () => {
  it.each([
    [
      'a tool that it does not know',
      ['--for', 'vit'],
      2,
      /^there is no tool vit; did you mean vite\?; init knows: vite, /,
    ],
    [
      'an API that is not built in',
      ['--api', 'royalt'],
      2,
      /^there is no API royalt; did you mean royalti\?; init knows: /,
    ],
    ['a flag', ['--fro', 'vite'], 2, /^init has no flag --fro; did you mean --for\?; see rollcall init --help$/],
    ['two folders', ['a', 'b'], 2, /^init takes one folder; see rollcall init --help$/],
    ['a file as the folder', ['package.json'], 1, /^package\.json is a file; name the folder /],
  ])('%s, in one line, and writes nothing', async (_, args, exitCode, message) => {
    await installMsw()
    const { code, stdout, stderr } = await init(...args)
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
    expect(stderr).toMatch(/^rollcall: .*\n$/)
    expect(stderr.slice('rollcall: '.length, -1)).toMatch(message)
    expect(await everything()).toEqual(['package.json'])
  })

  it.each([
    [[], 'no document is found here, and ', ', or name yours with --document'],
    [['--api', 'royalti'], '', ''],
  ])('where MSW is not installed, and says what to run: %j', async (args, why, instead) => {
    expect(await init(...args)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `rollcall: ${why}MSW is not installed here; run: npm install --save-dev msw${instead}\n`,
    })
    expect(await everything()).toEqual(['package.json'])
  })

  it.each(['1.3.5', '2.9.9'])('MSW %s, and says what to run', async (old) => {
    await pretendMsw(old)
    expect(await init()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `rollcall: MSW ${old} is too old, rollcall needs 2.10 or newer; run: npm install --save-dev msw@latest\n`,
    })
  })

  it("to overwrite a file that is not MSW's", async () => {
    await installMsw()
    await put(`public/${WORKER}`, 'self.mine = true')
    expect(await init()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `rollcall: ${join('public', WORKER)} is not MSW's; it was left as it is: move it away, or name another folder\n`,
    })
    expect(await text(`public/${WORKER}`)).toBe('self.mine = true')
  })
})

describe('the lines to paste', () => {
  it('are TypeScript that holds, for every tool and API', { timeout: 60_000 }, async () => {
    await rm(join(project, 'node_modules'), { recursive: true })
    await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'), 'dir')
    // All that this package is.
    await put('playwright.d.ts', "declare module '@playwright/test' { export * from 'playwright/test' }")
    const pasted: string[] = []
    for (const name of ['dynamic', 'royalti', 'descope'])
      for (const tool of TOOLS)
        for (const lines of linesToPaste(tool, { name, operationId: 'any', mswMajor: 3 })) {
          const file = `${name}/${tool}/${/^\/\/ ([^\s,]+)/.exec(lines)?.[1]}`
          await put(file, file.endsWith('layout.tsx') ? asLayout(lines) : lines)
          if (/\.tsx?$/.test(file)) pasted.push(file)
        }
    expect(pasted.length).toBeGreaterThan(30)
    const compilerOptions = {
      ...{ module: 'esnext', moduleResolution: 'bundler', moduleDetection: 'force', types: ['node', 'vite/client'] },
    }
    const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['**/*', '**/.storybook/*'] }
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project)
    const program = ts.createProgram(fileNames, options)
    // What they import is the sources of the package, which `npm run check` looks at.
    const told = pasted.flatMap((file) => {
      const source = program.getSourceFile(join(project, file))
      if (!source) return [`${file} is not looked at`]
      const wrong = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return wrong.map((one) => ts.formatDiagnostic(one, HOST))
    })
    expect(told).toEqual([])
  })

  const asLayout = (lines: string): string => {
    const [head = '', element = ''] = lines.split('\n')
    const [, imported = ''] = /with: (.*)$/.exec(head) ?? []
    return `${imported}
      import type { ReactNode } from 'react'
      export default ({ children }: { children: ReactNode }) => <html lang="en"><body>${element}</body></html>`
  }
})
