import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { run, start } from './spawn-rollcall.ts'

const require = createRequire(import.meta.url)
const PETS = `# Pets of a shop
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { operationId: listPets, responses: { 200: { description: All } } }
    post:
      operationId: addPet
      x-failures: [{ id: name_taken, status: 409, message: The name is taken. }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { 201: { description: Added }, 409: { description: Taken } }
`
const SHOP = { swagger: '2.0', info: { title: 'Shop', version: '1' }, paths: {} }

let project: string
const put = async (path: string, text: string) => {
  await mkdir(dirname(join(project, path)), { recursive: true })
  await writeFile(join(project, path), text)
}
const text = (path: string) => readFile(join(project, path), 'utf8')
const init = (...args: string[]) => run(['init', ...args], { cwd: project })
const everything = async () =>
  (await readdir(project, { recursive: true })).filter((path) => !path.startsWith('node_modules')).sort()
const installMsw = () => symlink(dirname(require.resolve('msw/package.json')), join(project, 'node_modules', 'msw'))

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'rollcall-project-'))
  onTestFinished(() => rm(project, { recursive: true }))
  await mkdir(join(project, 'node_modules'))
  await put('package.json', '{\n    "name": "shop",\n    "scripts": { "test": "vitest" }\n}\n')
  await put('api/pets.yaml', PETS)
})

describe('rollcall init beside a document', () => {
  it('writes what a project needs, which serves as it is and with the behaviour that stands there as a comment', async () => {
    // What others wrote, or is no document, is not found.
    await put('node_modules/other/openapi.yaml', PETS)
    await put('data.json', '{ "about": "openapi: 3.1.0" }')
    const { code, stdout, stderr } = await init('--yes')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'rollcall.config.ts: written',
      'rollcall.behaviours.ts: written',
      'package.json: the scripts mock, mock:check',
    ])
    expect(await text('package.json')).toBe(
      `${JSON.stringify({ name: 'shop', scripts: { test: 'vitest', mock: 'rollcall mock --watch', 'mock:check': 'rollcall check' } }, undefined, 4)}\n`,
    )
    expect(await text('rollcall.config.ts')).toContain("  out: 'src/api', // where `rollcall generate` writes\n")
    const generated = await run(['generate'], { cwd: project })
    expect({ code: generated.code, stderr: generated.stderr }).toEqual({ code: 0, stderr: '' })
    expect(await text('src/api/types.ts')).toContain('addPet')
    await using server = await start(['--watch'], { cwd: project })
    const add = (name: string) =>
      fetch(`${server.url}/pets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      })
    expect((await add('Mia')).status).toBe(201)
    const behaviours = await text('rollcall.behaviours.ts')
    await put('rollcall.behaviours.ts', behaviours.replaceAll(/^ {2}\/\/ /gm, '  '))
    await server.printed(/^rollcall\.behaviours\.ts: read again; state kept$/m)
    const added = await add('Tom')
    expect([added.status, added.headers.get('x-behaviour')]).toEqual([201, 'mine'])
    expect((await add('fail')).status).toBe(409)
  })

  it('writes nothing of a name of the document as code', async () => {
    await put('api/pets.yaml', PETS.replace('addPet', '"add\'Pet\\n...(console.log(`run`), {}),\\u2028//"'))
    await init('--yes')
    expect(await text('rollcall.behaviours.ts')).toContain(
      "  // 'add\\'Pet\\u000a...(console.log(`run`), {}),\\u2028//'(turn",
    )
    expect((await run(['data'], { cwd: project })).stdout).not.toContain('run')
  })

  it('writes over nothing', async () => {
    await put('rollcall.behaviours.ts', 'export default mine\n')
    await put('package.json', JSON.stringify({ scripts: { mock: 'mine' } }))
    const { stdout } = await init('--yes')
    expect(stdout).toContain('rollcall.behaviours.ts is there already, and stays as it is\n')
    expect(stdout).toContain('the script mock of package.json is there already, and stays as it is\n')
    expect(await text('rollcall.behaviours.ts')).toBe('export default mine\n')
    expect(JSON.parse(await text('package.json')).scripts.mock).toBe('mine')
    const before = await Promise.all((await everything()).filter((path) => path !== 'api').map(text))
    expect((await init('--yes')).stdout).toContain('rollcall.config.ts is there already, and stays as it is\n')
    expect(await Promise.all((await everything()).filter((path) => path !== 'api').map(text))).toEqual(before)
  })

  it("shows what it would write where nobody can be asked, MSW's worker among it, and writes nothing", async () => {
    await installMsw()
    await put('package.json', JSON.stringify({ devDependencies: { vite: '8' } }))
    const before = await everything()
    const { code, stdout } = await init()
    expect(code).toBe(0)
    expect(stdout).toContain("--- rollcall.config.ts\n\nimport { defineConfig } from 'rollcall/config'\n")
    expect(stdout).toContain('  // addPet(turn, { inherit, fail }) {\n')
    expect(stdout).toMatch(
      /\n--- public.mockServiceWorker\.js: the worker of MSW \S+\n\nNothing of this was written: rollcall init --yes writes it\n/,
    )
    expect(await everything()).toEqual(before)
  })

  it('gives each of several documents a name and behaviours of its own', async () => {
    await put('shop.json', JSON.stringify(SHOP, undefined, 2))
    await put('old/pets.yaml', PETS)
    await init('--yes')
    expect(await text('rollcall.config.ts')).toContain(`  apis: {
    'shop': { document: 'shop.json', behaviours: './shop.behaviours.ts', out: 'src/api/shop' },
    'pets': { document: 'api/pets.yaml', behaviours: './pets.behaviours.ts', out: 'src/api/pets' },
    'pets-2': { document: 'old/pets.yaml', behaviours: './pets-2.behaviours.ts', out: 'src/api/pets-2' },
  },
`)
    expect((await init('--yes', '--document', 'old/pets.yaml')).stdout).toContain('rollcall.config.ts is there already')
  })

  it('asks which of many are meant', async () => {
    for (let number = 0; number < 9; number++) await put(`many/${number}.yaml`, PETS)
    expect(await init('--yes')).toMatchObject({
      code: 2,
      stderr:
        'rollcall: there are 10 documents: api/pets.yaml, many/0.yaml, many/1.yaml, many/2.yaml, many/3.yaml, many/4.yaml, many/5.yaml, many/6.yaml and 2 more; say which with --document\n',
    })
    expect((await init('--yes', '--document', 'many/0.yaml')).code).toBe(0)
    expect(await text('rollcall.config.ts')).toContain("documents: 'many/0.yaml',")
  })

  it('prints the lines for the tools of the project, and puts a worker only where a page is', async () => {
    await installMsw()
    await put('package.json', JSON.stringify({ devDependencies: { jest: '30', '@playwright/test': '1' } }))
    const { stdout } = await init('--yes')
    expect(stdout.match(/^--- \w+/gm)).toEqual(['--- Jest', '--- Playwright'])
    expect(stdout).toContain("await readApi('api/pets.yaml')")
    expect(stdout).toContain("command: 'npx rollcall mock',")
    expect(await everything()).not.toContain('public')
    const { stdout: forPage } = await init('--yes', '--for', 'vite')
    expect(forPage).toContain('// npx rollcall generate api/pets.yaml --out src/api\n')
    expect(await everything()).toContain('public/mockServiceWorker.js')
  })
})
