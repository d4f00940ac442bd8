import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { run, start } from './cli/spawn-rollcall.ts'
import { VERSION } from './mocks/api/version.ts'
import { envOf, hostNode } from './scripts/find-host-node.ts'
import { cleanEnv, npm, packPackage } from './scripts/pack-package.ts'

const ROOT = import.meta.dirname
/** In bytes: how much a disk gives a file at least. */
const BLOCK = 4096
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

const hostVersion = execFileSync(hostNode, ['--version'], { encoding: 'utf8' }).trim()

const hostEnv = envOf(hostNode)

/** Without what the test runner around it says about itself. */
const outsideVitest = Object.fromEntries(
  Object.entries(cleanEnv).filter(([name]) => !/^(?:VITEST|TEST|NODE_ENV|NODE_OPTIONS)/.test(name)),
)

let folder: string
let tarball: string
let consumer: string
let packed: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-package-'))
  tarball = await packPackage(folder)
  packed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
  consumer = join(folder, 'consumer')
  await mkdir(consumer)
  await writeFile(join(consumer, 'package.json'), '{ "private": true, "type": "module" }')
  await npm(['install', tarball, '--prefer-offline', '--no-audit', '--no-fund'], consumer)
}, 300_000)
afterAll(() => rm(folder, { recursive: true }))

/** Every file that `exports` and `bin` lead to. */
function promised(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry.replace(/^\.\//, '')]
  return typeof entry === 'object' && entry !== null ? Object.values(entry).flatMap(promised) : []
}
const targets = [...promised(manifest.exports), ...promised(manifest.bin)]

const readLicenceName = (name: string): string =>
  readdirSync(join('node_modules', name)).find((file) => /^licen[cs]e/i.test(file)) as string

describe('the tarball', () => {
  it('holds what exports and bin promise', () => {
    const missing = targets.filter((target) => {
      const [before = '', after = ''] = target.split('*')
      return !packed.some((path) => path.startsWith(before) && path.endsWith(after))
    })
    expect(targets.length).toBeGreaterThan(10)
    expect(missing).toEqual([])
  })

  it('holds nothing else: what was built, the documents, the pages and what they lead to, and what npm always adds', () => {
    const ALLOWED =
      /^(?:dist\/(?:.+\.(?:js|d\.ts)|inspector\/(?:index\.html|inspector\.css|icon\.svg)|THIRD-PARTY-NOTICES\.txt)|openapi\/[^/]+\.(?:yaml|md)|docs\/[^/]+\.(?:md|svg|png)|examples\/.+|package\.json|LICENSE|(?:README|ARCHITECTURE|CHANGELOG|PARITY|benchmarks\/RESULTS|contract-tests\/SURVIVORS)\.md)$/
    expect(packed.filter((path) => !ALLOWED.test(path))).toEqual([])
    expect(
      packed.filter((path) =>
        /^(?!examples\/).*\.test\.|examples\.test|spawn-rollcall|faulty|node_modules|\.tgz$/.test(path),
      ),
    ).toEqual([])
    for (const path of ['package.json', 'README.md', 'LICENSE', 'openapi/dynamic.yaml']) expect(packed).toContain(path)
  })

  it('has no page with a link that leads nowhere', () => {
    const root = join(consumer, 'node_modules', manifest.name)
    const dead = packed
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [
          ...readFileSync(join(root, path), 'utf8')
            .replace(/^```[\s\S]*?^```$/gm, '')
            .matchAll(/\]\((?!https?:)([^)#]+)/g),
        ]
          .map(([, to = '']) => join(dirname(path), to).replace(/\/$/, ''))
          .filter((to) => !existsSync(join(root, to)))
          .map((to) => `${path} -> ${to}`),
      )
    expect(dead).toEqual([])
  })

  it('takes at most 12 MB of the disk, and 14 packages with those that it needs', async () => {
    const { packages } = JSON.parse(readFileSync(join(consumer, 'package-lock.json'), 'utf8'))
    const places = Object.keys(packages).filter((place) => existsSync(join(consumer, place, 'package.json')) && place)
    expect(places.length).toBeGreaterThanOrEqual(1 + Object.keys(manifest.dependencies).length)
    expect(places.length).toBeLessThanOrEqual(14)
    const files = places.flatMap((place) =>
      readdirSync(join(consumer, place), { recursive: true, withFileTypes: true }).map((entry) =>
        entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 1,
      ),
    )
    // As most disks keep files and folders: in blocks.
    const bytes = files.reduce((sum, size) => sum + Math.ceil(size / BLOCK) * BLOCK, 0)
    expect(bytes / 1e6).toBeGreaterThan(5)
    expect(bytes / 1e6).toBeLessThanOrEqual(12)
  })

  it('passes on the licences of the packages whose code it holds', () => {
    const notices = readFileSync(join(consumer, 'node_modules', manifest.name, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
    for (const name of ['ajv', 'js-yaml', 'json-p3', 'refa', 'yaml']) {
      const licence = readFileSync(join('node_modules', name, readLicenceName(name)), 'utf8').trim()
      expect(notices).toContain(`\n${licence}\n`)
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
    }
  })

  /** The modules of the package, each with what it imports. */
  async function readModules() {
    const { metafile } = await build({
      absWorkingDir: join(consumer, 'node_modules', manifest.name),
      entryPoints: targets.filter((target) => target.endsWith('.js')),
      outdir: 'nowhere',
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    })
    return metafile.inputs
  }

  it('is built of modules that import its dependencies and peers, every one of them, and nothing else', async () => {
    const imported = new Set(
      Object.values(await readModules())
        .flatMap(({ imports }) => imports)
        .filter(({ path, external }) => external && !isBuiltin(path))
        .map(({ path }) => (/^(?:@[^/]+\/)?[^/]+/.exec(path) as RegExpExecArray)[0]),
    )
    const dependencies = Object.keys(manifest.dependencies)
    expect(dependencies.filter((name) => !imported.has(name))).toEqual([])
    const declared = [...dependencies, ...Object.keys(manifest.peerDependencies)]
    expect([...imported].filter((name) => !declared.includes(name))).toEqual([])
  })

  it('mocks the APIs of its own without loading what reads documents, and from few files', async () => {
    const modules = await readModules()
    const [command, ...others] = Object.keys(modules).filter((path) => path.startsWith('dist/chunks/mock-'))
    expect(others).toEqual([])
    const loaded = new Set(['dist/cli/main.js', command as string])
    for (const path of loaded) {
      for (const { kind, path: imported } of modules[path]?.imports ?? []) {
        if (kind === 'import-statement' && modules[imported]) loaded.add(imported)
      }
    }
    const bytes = [...loaded].reduce((sum, path) => sum + (modules[path]?.bytes ?? 0), 0)
    expect(loaded.size).toBeGreaterThan(10)
    expect(loaded.size).toBeLessThan(20)
    expect(bytes).toBeLessThan(230_000)
  })
})

describe(`installed in an empty project, under the machine's own Node ${hostVersion}`, () => {
  /** As a user has it: the script that npm linked, started by its first line. */
  const bin = () => [join(consumer, 'node_modules', '.bin', 'rollcall')] as [string]

  it('prints its version', async () => {
    expect(await run(['--version'], { command: bin(), env: hostEnv })).toMatchObject({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    })
  })

  it('serves a mock, and stops when told', async () => {
    await using server = await start(['dynamic', '--quiet'], { command: bin(), cwd: consumer, env: hostEnv })
    const reply = await fetch(`${server.url}/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users`)
    expect([reply.status, await reply.json()]).toEqual([401, { error: 'No jwt provided!' }])
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
  })

  it('serves a document of the package by its path', async () => {
    const document = join('node_modules', manifest.name, 'openapi', 'royalti.yaml')
    await using server = await start([document, '--quiet'], { command: bin(), cwd: consumer, env: hostEnv })
    expect((await fetch(`${server.url}/nowhere`)).status).toBe(404)
  })

  it('applies an overlay, with the library that came along', async () => {
    const overlay = `overlay: 1.0.0\ninfo: { title: x, version: '1' }\nactions: [{ target: "$.paths['/user/']", remove: true }]\n`
    await writeFile(join(consumer, 'x.overlay.yaml'), overlay)
    const document = join('node_modules', manifest.name, 'openapi', 'royalti.yaml')
    const args = ['infer', document, '--overlay', 'x.overlay.yaml']
    const { code, stdout, stderr } = await run(args, { command: bin(), cwd: consumer, env: hostEnv })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^GET +\/user\/\{id\} +read/m)
    expect(stdout).not.toMatch(/ \/user\/ /)
  })

  describe('whose configuration is TypeScript', () => {
    const [major = 0, minor = 0] = hostVersion.slice(1).split('.').map(Number)
    /** By itself, Node runs TypeScript from 22.18 on; never an enum. */
    const runsTypeScript = major > 22 || (major === 22 && minor >= 18)
    const FILES = {
      'rollcall.config.ts': `import { defineConfig } from 'rollcall/config'
enum Port { Any = 0 }
const behaviours: string = './own.behaviours.ts'
export default defineConfig({ documents: 'openapi.yaml', behaviours, port: Port.Any })
`,
      'own.behaviours.ts': `import { defineBehaviours } from 'rollcall'
import { word } from './word'
export default defineBehaviours<any>()({ isAlive: () => ({ status: 204, headers: { 'x-word': word() } }) })
`,
      'word.ts': "export const word = (): string => 'one'\n",
      'openapi.yaml': `openapi: 3.1.0
info: { title: Alive, version: '1' }
paths:
  /health: { get: { operationId: isAlive, responses: { '204': { description: Yes } } } }
`,
    }
    let project: string
    beforeAll(async () => {
      project = join(consumer, 'typed')
      await mkdir(project)
      for (const [name, text] of Object.entries(FILES)) await writeFile(join(project, name), text)
    })

    it('says what loads that, where nothing is there that does', async () => {
      const { code, stderr } = await run(['check'], { command: bin(), cwd: project, env: hostEnv })
      expect(code).toBe(2)
      expect(stderr).toMatch(
        runsTypeScript
          ? /^rollcall: rollcall\.config\.ts.* enum/
          : /^rollcall: rollcall\.config\.ts is TypeScript, which needs Node 22\.18 or newer, or the package jiti: npm install --save-dev jiti\n$/,
      )
    })

    it('loads it by jiti, an enum, a file that it names and what that imports; edits are served', async () => {
      const jiti = join(consumer, 'node_modules', 'jiti')
      await symlink(join(ROOT, 'node_modules', 'jiti'), jiti)
      onTestFinished(() => rm(jiti))
      await using server = await start(['--watch'], { command: bin(), cwd: project, env: hostEnv })
      const word = async () => (await fetch(`${server.url}/health`)).headers.get('x-word')
      expect(await word()).toBe('one')
      await writeFile(join(project, 'word.ts'), FILES['word.ts'].replace('one', 'two'))
      await server.printed(/^word\.ts: read again; state kept$/m)
      expect(await word()).toBe('two')
    })
  })

  it('names the packages that generate needs and nobody installed', async () => {
    const document = join('node_modules', manifest.name, 'openapi', 'dynamic.yaml')
    const { code, stderr } = await run(['generate', document, '--out', 'made'], {
      command: bin(),
      cwd: consumer,
      env: hostEnv,
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^rollcall: generate needs more packages; run: npm install --save-dev .*\n$/)
    expect(await readdir(consumer)).not.toContain('made')
  })

  it('says that generate does not go with a TypeScript that has no API', async () => {
    const openapiTypescript = join(consumer, 'node_modules', 'openapi-typescript')
    await mkdir(openapiTypescript)
    onTestFinished(() => rm(openapiTypescript, { recursive: true }))
    // What openapi-typescript does where TypeScript is 7.
    await writeFile(join(openapiTypescript, 'index.js'), "(void 0).createKeywordTypeNode('never')")
    const document = join('node_modules', manifest.name, 'openapi', 'dynamic.yaml')
    const outcome = await run(['generate', document, '--out', 'made'], { command: bin(), cwd: consumer, env: hostEnv })
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toMatch(
      /^rollcall: generate needs TypeScript 5, .*typescript@5 openapi-typescript esbuild\n$/,
    )
  })

  it('names the package that prism needs and nobody installed', async () => {
    expect(existsSync(join(consumer, 'node_modules', '@stoplight'))).toBe(false)
    const outcome = await run(['prism', '--port', '0'], { command: bin(), cwd: consumer, env: hostEnv })
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toMatch(/^rollcall: Prism is not installed; run: npm install .*@stoplight\/prism-http\S*\n$/)
  })

  it('is imported by name', async () => {
    const program = `
      import { createMock } from 'rollcall'
      import { dynamic } from 'rollcall/dynamic'
      import { royalti } from 'rollcall/royalti'
      import { descope } from 'rollcall/descope'
      import { readApi } from 'rollcall/document'
      import { listen } from 'rollcall/http'
      import { loadDocument, casesOf } from 'rollcall/contract'
      import { makeUsers } from 'rollcall/data'
      import manifest from 'rollcall/package.json' with { type: 'json' }
      const mock = createMock({ apis: [dynamic, royalti, descope] })
      const server = await listen(mock, { port: 0 })
      const { status } = await fetch(server.url + '/user/', { headers: { authorization: 'Bearer RWAK-example' } })
      await server.close()
      const { name } = await readApi('node_modules/rollcall/openapi/descope.yaml')
      const { cases } = casesOf((await loadDocument('royalti')).document)
      const users = await makeUsers(dynamic, { count: 2 })
      console.log(JSON.stringify([process.version, manifest.version, status, name, cases.length > 50, users.length]))
    `
    await writeFile(join(consumer, 'program.js'), program)
    const { stdout, stderr } = await run(['--no-warnings', 'program.js'], {
      command: [hostNode],
      cwd: consumer,
      env: hostEnv,
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([hostVersion, VERSION, 200, 'descope', true, 2])
  })
})

describe(`the contract suite of the package, under ${hostVersion}`, () => {
  it('verifies the mock of the package, whole', async () => {
    const command = [join(consumer, 'node_modules', '.bin', 'rollcall')] as [string]
    // Of the built-in APIs the one with the fewest cases.
    const [api, token] = ['royalti', 'RWAK-example']
    await using server = await start([api, '--quiet', '--users', '3'], { command, cwd: consumer, env: hostEnv })
    const args = ['verify', api, '--url', server.url, '--token', token, '--strict', 'assumed', '--seed', '7']
    const { code, stdout, stderr } = await run(args, { command, cwd: consumer, env: hostEnv })
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\d\d cases: \d\d/)
    // The same from node:test, as the example has it.
    const example = readFileSync(join(ROOT, 'examples', 'contract', 'verify-server.mjs'), 'utf8')
    expect(example).toContain("loadDocument('dynamic')")
    await writeFile(
      join(consumer, 'verify-server.mjs'),
      example.replace("loadDocument('dynamic')", `loadDocument('${api}')`),
    )
    const env = { ...hostEnv, ROLLCALL_URL: server.url, ROLLCALL_TOKEN: token, NODE_OPTIONS: '--no-warnings' }
    const test = await run(['--test', 'verify-server.mjs'], { command: [hostNode], cwd: consumer, env })
    expect(test.code, test.stdout).toBe(0)
    expect(test.stdout).toMatch(/pass 1\b/)
  }, 60_000)
})

describe('its types', () => {
  const PROGRAM = `
    import { createMock, type Mock, type Reply } from 'rollcall'
    import { dynamic } from 'rollcall/dynamic'
    import { descope } from 'rollcall/descope'
    import { royalti } from 'rollcall/royalti'
    import { readApi } from 'rollcall/document'
    import { listen } from 'rollcall/http'
    import { loadDocument, markOf, sendByFetch, tell, verify, type RunResult, type Stories } from 'rollcall/contract'
    import { makeUsers } from 'rollcall/data'
    import type { BulkCreateUsersRequest, DynamicUser, paths } from 'rollcall/dynamic'
    import type { DescopeNewUser } from 'rollcall/descope'
    import type { RoyaltiNewUser } from 'rollcall/royalti'
    const mock: Mock = createMock({ apis: [dynamic, royalti, descope, await readApi('a.yaml')], clock: () => new Date(0) })
    const reply: Reply = mock.answer({ method: 'GET', path: '/user/' })
    const status: number = reply.status
    await using server = await listen(mock, { port: 0 })
    const response: Response = await mock.fetch(new Request(server.url))
    const result: RunResult = await verify({ ...(await loadDocument('dynamic')), send: sendByFetch({ url: server.url }) })
    const id = 'addThing/stories/named'
    const stories: Stories = (kit) => [
      tell(kit, {
        ...{ id, title: 'it has its name', evidence: 'documented' },
        steps: [
          { title: 'adds it', body: { name: markOf(kit, id) }, expect: (claim) => claim.shows('documented', '/name', 'x') },
          { title: 'reads it', call: 'readThing', path: (told) => ({ thing: told.need(0, '/id') }) },
        ],
      }),
    ]
    await verify({ ...(await loadDocument('a.yaml')), stories, send: sendByFetch({ url: server.url }) })
    // @ts-expect-error stories are a function of the run
    await verify({ ...(await loadDocument('a.yaml')), stories: [], send: sendByFetch({ url: server.url }) })
    // @ts-expect-error what is claimed is known somehow
    tell({} as Parameters<Stories>[0], { id, title: 'it is', evidence: 'believed', steps: [] })
    const users: readonly unknown[] = await makeUsers(royalti, { count: 3 })
    console.log(status, response.ok, result.results.length, users.length)
    const rows: BulkCreateUsersRequest = [{ email: 'ada@example.com' }]
    const named: [DynamicUser?, DescopeNewUser?, RoyaltiNewUser?] = []
    const path: keyof paths = '/environments/{environmentId}/users/bulk'
    console.log(rows, named, path)
    // @ts-expect-error a method is text
    mock.answer({ method: 1, path: '/' })
    // @ts-expect-error there is no such option
    createMock({ apis: [dynamic], sede: 'x' })
  `
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

  it('hold in a strict consumer that checks libraries, with moduleResolution nodenext and bundler', async () => {
    const projects = Object.entries({ nodenext: 'nodenext', bundler: 'esnext' }).map(([moduleResolution, module]) => ({
      place: join(consumer, moduleResolution),
      compilerOptions: {
        ...{ module, moduleResolution, target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable'] },
        ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, types: [] },
        // All declarations but those of TypeScript itself.
        ...{ skipLibCheck: false, skipDefaultLibCheck: true },
      },
    }))
    for (const { place, compilerOptions } of projects) {
      await mkdir(place)
      await writeFile(join(place, 'program.ts'), PROGRAM)
      await writeFile(join(place, 'package.json'), '{ "type": "module" }')
      await writeFile(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
    }
    const { code, stdout } = await run([tsc, '-b', ...projects.map(({ place }) => place)], {
      command: [process.execPath],
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  }, 60_000)
})

describe('an API of its own', () => {
  it('is defined, mocked and verified with what the package exports, in strict TypeScript', async () => {
    const place = join(consumer, 'own-api')
    await cp(join(ROOT, 'examples', 'own-api'), place, { recursive: true })
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable'] },
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedLocals: true },
      ...{ verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true },
      // The declarations of the package are checked above, those of Node are no matter of ours.
      skipLibCheck: true,
      ...{ types: ['node'], typeRoots: [join(ROOT, 'node_modules', '@types')] },
    }
    await writeFile(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use-api.ts'] }))
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    const compiled = await run([tsc, '-p', place], { command: [process.execPath] })
    expect(compiled).toMatchObject({ code: 0, stdout: '' })
    const program = await run(['use-api.js'], { command: [hostNode], cwd: place, env: hostEnv })
    expect(program).toMatchObject({ code: 0, stderr: '' })
    expect(program.stdout.split('\n').slice(-3)).toEqual(['stories: pass pass', 'contract: true 0 0', ''])
  }, 60_000)
})

describe(`in a project with MSW 2.10.0, under ${hostVersion}`, () => {
  let project: string
  const vitest = createRequire(import.meta.url).resolve('vitest/package.json')

  beforeAll(async () => {
    project = join(folder, 'older-msw')
    await mkdir(project)
    await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }')
    await npm(['install', tarball, 'msw@2.10.0', '--prefer-offline', '--no-audit', '--no-fund'], project)
    await symlink(dirname(vitest), join(project, 'node_modules', 'vitest'), 'dir')
  }, 120_000)

  it('passes all tests of the handlers, by the names that a user imports', async () => {
    const source = readFileSync(join(ROOT, 'mocks', 'adapters', 'msw.test.ts'), 'utf8')
    const names: Readonly<Record<string, string>> = {
      '../create-mock.ts': 'rollcall',
      '../descope.ts': 'rollcall/descope',
      '../dynamic.ts': 'rollcall/dynamic',
      '../royalti.ts': 'rollcall/royalti',
      './msw.ts': 'rollcall/msw',
    }
    const tests = source
      .replace(/^import { type Mock, SESSION_HEADER } .*$/m, "import type { Mock } from 'rollcall'")
      .replace(/from '(\.[^']+)'/g, (_, path) => `from '${names[path] ?? path}'`)
      .replaceAll('SESSION_HEADER', "'x-rollcall-session'")
    expect(tests).not.toContain("from '.")
    await writeFile(join(project, 'msw.test.ts'), tests)
    const args = [join(dirname(vitest), 'vitest.mjs'), 'run', '--root', project, '--reporter', 'tap-flat']
    const { code, stdout, stderr } = await run(args, { command: [process.execPath], cwd: project, env: outsideVitest })
    expect(code, stdout + stderr).toBe(0)
    expect(stdout.match(/^ok /gm)?.length).toBeGreaterThan(20)
    expect(stdout).not.toMatch(/^not ok|# SKIP/m)
  }, 60_000)

  it('runs the programs of README.md and docs, as they are printed', async () => {
    const installed = join(project, 'node_modules', manifest.name)
    const pages = ['README.md', ...readdirSync(join(installed, 'docs')).map((name) => `docs/${name}`)]
    const programs = pages.flatMap((page) => [
      ...readFileSync(join(installed, page), 'utf8').matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```$/gm),
    ])
    expect(programs.length).toBeGreaterThan(4)
    for (const [, file = '', program = ''] of programs) {
      await writeFile(join(project, file), program)
      const outcome = await run(['--no-warnings', file], { command: [hostNode], cwd: project, env: hostEnv })
      const said = [...program.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, text]) => `${text}\n`)
      expect({ file, ...outcome }).toMatchObject({ file, code: 0, stdout: said.join(''), stderr: '' })
    }
  })

  it.each(['vitest', 'jest'])('runs the lines that rollcall init prints for %s', async (tool) => {
    const command = [join(project, 'node_modules', '.bin', 'rollcall')] as [string]
    const { stdout: printed } = await run(['init', '--for', tool], { command, cwd: project, env: hostEnv })
    const blocks = printed.split(/^(?=\/\/ \S+\.m?[jt]s$)/m).slice(1)
    const place = join(project, tool)
    await mkdir(place)
    const files = blocks.map((block) => /^\/\/ (\S+)/.exec(block)?.[1] ?? '')
    for (const [index, file] of files.entries()) await writeFile(join(place, file), blocks[index] ?? '')
    // Vitest in the place of Jest, whose names and hooks it has.
    const asVitest = `import jest from './jest.config.mjs'
      export default { test: { globals: true, setupFiles: jest.setupFilesAfterEnv } }`
    if (tool === 'jest') await writeFile(join(place, 'vitest.config.js'), asVitest)
    const test = (name: string) => `test('${name}', async () => {
      const [headers, body] = [{ authorization: 'Bearer any', 'content-type': 'application/json' }, '[{"email":"a@b.co"}]']
      const users = 'https://app.dynamicauth.com/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
      const reply = await fetch(users + '/bulk', { method: 'POST', headers, body })
      expect([(await reply.json()).created.length, mock.journal.length]).toEqual([1, 1])
    })\n`
    const head = tool === 'jest' ? '' : "import { expect, test } from 'vitest'\n"
    const imported = `import { mock } from './${files.find((file) => file.startsWith('mock-server'))}'\n`
    await writeFile(join(place, 'import.test.js'), head + imported + test('once') + test('and again'))
    const args = [join(dirname(vitest), 'vitest.mjs'), 'run', '--root', place, '--reporter', 'tap-flat']
    const { code, stdout, stderr } = await run(args, { command: [process.execPath], cwd: place, env: outsideVitest })
    expect(code, stdout + stderr).toBe(0)
    expect(stdout.match(/^ok /gm)).toHaveLength(2)
  })

  it('is imported where there is no page, without looking for one', async () => {
    const program = `
      import * as msw from 'msw'
      import * as node from 'msw/node'
      const looked = []
      for (const name of ['window', 'document', 'location', 'localStorage', 'sessionStorage', 'navigator'])
        Object.defineProperty(globalThis, name, { configurable: true, get: () => void looked.push(name) })
      const { createMock } = await import('rollcall')
      const { dynamic } = await import('rollcall/dynamic')
      const { createHandlers } = await import('rollcall/msw')
      const atImport = [...looked]
      const handlers = createHandlers(createMock({ apis: [dynamic] }), { persist: 'session' })
      console.log(JSON.stringify([atImport, handlers.length, typeof msw.http, typeof node.setupServer]))
    `
    await writeFile(join(project, 'server.js'), program)
    const { stdout, stderr } = await run(['--no-warnings', 'server.js'], {
      command: [hostNode],
      cwd: project,
      env: hostEnv,
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([[], 1, 'object', 'function'])
  })

  it('has types that go with it', async () => {
    const program = `
      import { http, HttpResponse } from 'msw'
      import { setupWorker } from 'msw/browser'
      import { setupServer } from 'msw/node'
      import { createMock } from 'rollcall'
      import { dynamic } from 'rollcall/dynamic'
      import { createHandlers } from 'rollcall/msw'
      const handlers = createHandlers(createMock({ apis: [dynamic] }), { persist: 'session' })
      const server = setupServer(http.get('/mine', () => HttpResponse.json({})), ...handlers)
      server.use(...handlers)
      await setupWorker(...handlers).start()
      // @ts-expect-error there is no such option
      createHandlers(createMock({ apis: [dynamic] }), { persist: 'forever' })
    `
    await writeFile(join(project, 'types.ts'), program)
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable'] },
      // MSW 2.10's own declarations need @types/node.
      ...{ strict: true, noEmit: true, types: [], skipLibCheck: true },
    }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.ts'] }))
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
    const { code, stdout } = await run([tsc, '-p', project], { command: [process.execPath] })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  }, 60_000)
})

describe('package.json', () => {
  it('has the version that the code prints', () => {
    expect(VERSION).toBe(manifest.version)
  })

  it('starts with exec, so that signals reach the server and not a shell', () => {
    expect(manifest.scripts.start).toMatch(/^exec /)
  })

  it('runs where Node is 20.19 or newer', () => {
    expect(manifest.engines).toEqual({ node: '>=20.19' })
  })

  it('has a lock file that names no registry', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
    expect(JSON.parse(lock).lockfileVersion).toBe(3)
    expect(lock).not.toMatch(/"resolved":/)
    expect(lock).not.toMatch(/registry\.|:\/\/(?:localhost|\d+\.\d+\.\d+\.\d+)/)
  })
})
