import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { escapeRegExp } from '../mocks/engine/match-route.ts'
import { chooseApis } from './choose-apis.ts'
import { UsageError } from './read-arguments.ts'
import { readConfig } from './read-config.ts'
import { runHere } from './run-here.ts'
import { run, start } from './spawn-rollcall.ts'

const PET =
  '{ type: object, required: [name], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }'
const JSON_OF = (schema: string) => `content: { application/json: { schema: ${schema} } }`
const DOCUMENT = `openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      security: [{ key: [] }]
      responses: { '200': { description: All, ${JSON_OF(`{ type: array, items: ${PET} }`)} } }
    post:
      operationId: createPet
      x-failures: [{ id: name_taken, status: 409, message: The name is taken, evidence: documented }]
      requestBody: { required: true, ${JSON_OF(PET)} }
      responses:
        '201': { description: Made, ${JSON_OF(PET)} }
        '409': { description: Taken, ${JSON_OF('{ type: object, properties: { message: { type: string } } }')} }
components: { securitySchemes: { key: { type: http, scheme: bearer } } }
`

let folder: string
let below: string
const put = (name: string, text: string) => writeFile(join(folder, name), text)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-config-'))
  below = join(folder, 'some', 'where')
  await mkdir(below, { recursive: true })
  await put('pets.yaml', DOCUMENT)
})
afterEach(() => rm(folder, { recursive: true }))

const TYPESCRIPT = `
import { defineConfig, type Config } from 'rollcall/config'
import behaviours from './behaviours'
export default defineConfig({
  apis: {
    zoo: {
      document: 'pets.yaml', behaviours, records: 2, delay: { createPet: 1 }, tokens: ['let-me-in'], stories: 'stories.js',
      failures: [{ operationId: 'listPets', status: 503 }],
    },
  },
  seed: 'mine',
} satisfies Config)
`
const BEHAVIOURS = `
import { defineBehaviours, isRefusal } from 'rollcall'
export default defineBehaviours<any>()({
  createPet(turn: any, { inherit, fail }: any) {
    if (turn.input.body.name === 'Rex') return fail('name_taken')
    const outcome = inherit(turn)
    return isRefusal(outcome) ? outcome : { ...outcome, headers: { 'x-made-by': 'hand' } }
  },
})
`
const STORIES = `
import { tell } from 'rollcall/contract'
export default (kit) => [
  tell(kit, { id: 'listPets/stories/mine', title: 'mine', evidence: 'documented', steps: [{ title: 'lists' }] }),
]
`

describe('rollcall.config.ts', () => {
  beforeEach(async () => {
    await put('package.json', '{ "type": "commonjs" }')
    await put('rollcall.config.ts', TYPESCRIPT)
    await put('behaviours.ts', BEHAVIOURS)
    await put('stories.js', STORIES)
  })

  it('says what mock serves, and how, from any folder below it', async () => {
    await using server = await start([], { cwd: below })
    const authorization = 'Bearer let-me-in'
    const list = async (headers = { authorization }) => fetch(`${server.url}/pets`, { headers })
    const create = (name: string) =>
      fetch(`${server.url}/pets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      })
    expect((await list()).status).toBe(503)
    expect((await list({ authorization: 'Bearer another' })).status).toBe(403)
    expect(await (await list()).json()).toHaveLength(2)
    const made = await create('Ada')
    expect([made.status, made.headers.get('x-made-by'), (await create('Rex')).status]).toEqual([201, 'hand', 409])
    expect(await (await list()).json()).toHaveLength(3)
    expect(await (await fetch(`${server.url}/__rollcall/health`)).json()).toMatchObject({ apis: [{ name: 'zoo' }] })
    expect(server.stderr()).toContain(`rollcall: ../../rollcall.config.ts is read\n`)
  })

  it('orders its failures for every session, whenever it is first named, and again after a reset', async () => {
    await using server = await start([], { cwd: folder })
    const list = async (session: string) => {
      const headers = { authorization: 'Bearer let-me-in', 'x-rollcall-session': session }
      return (await fetch(`${server.url}/pets`, { headers })).status
    }
    expect([await list(''), await list(''), await list('one'), await list('one')]).toEqual([503, 200, 503, 200])
    await fetch(`${server.url}/__rollcall/reset`, { method: 'POST', headers: { 'x-rollcall-session': 'one' } })
    expect([await list('one'), await list('one'), await list('')]).toEqual([503, 200, 200])
  })

  it('gives way to the environment, and that to flags', async () => {
    const env = { ...process.env, ROLLCALL_RECORDS: '5', ROLLCALL_TOKENS: 'other' }
    await using server = await start(['--records', '4', 'zoo'], { cwd: folder, env })
    const headers = { authorization: 'Bearer other' }
    // The failure that the file orders is for whoever comes first.
    expect((await fetch(`${server.url}/pets`, { headers })).status).toBe(503)
    expect(await (await fetch(`${server.url}/pets`, { headers })).json()).toHaveLength(4)
  })

  it('says which document the other commands are about, and the stories of verify', async () => {
    const [check, infer, data, verify] = await Promise.all([
      run(['check'], { cwd: below }),
      run(['infer'], { cwd: below }),
      run(['data', '--count', '1'], { cwd: below }),
      run(['verify', '--list', '--grep', 'listPets/stories'], { cwd: below }),
    ])
    expect(check).toMatchObject({ code: 0, stdout: '../../pets.yaml: no faults\n' })
    expect(infer.stdout).toContain('1 resource')
    expect(JSON.parse(data.stdout)).toHaveProperty('name')
    expect(verify.stdout).toContain('listPets/stories/mine')
    expect((await run(['data', '--count', '1', '--seed', 'mine'], { cwd: folder })).stdout).toBe(data.stdout)
  })
})

describe('a configuration', () => {
  it('of several APIs leaves it to the command line which one is meant', async () => {
    await put('rollcall.config.json', JSON.stringify({ apis: { zoo: 'pets.yaml', royalti: {} } }))
    expect(await runHere(['check'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: 'rollcall: check takes one document, and rollcall.config.json has zoo, royalti: say which\n',
    })
    expect(await runHere(['check', 'zoo'], { cwd: folder })).toMatchObject({ code: 0, stdout: 'zoo: no faults\n' })
  })

  it('says where generate writes, for each of its APIs', async () => {
    await put('rollcall.config.json', JSON.stringify({ documents: 'pets.yaml', out: 'made' }))
    const { code, stdout } = await runHere(['generate'], { cwd: below })
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: join(folder, 'made', 'types.ts') })
    expect(await runHere(['generate', '--check'], { cwd: folder })).toMatchObject({ code: 0 })
  })

  it.each([
    ['{ "prot": 80 }', 'prot is no setting; did you mean port?; allowed: documents, apis, seed, '],
    ['{ "port": "80" }', 'port must be a whole number from 0 to 65535, not "80"'],
    ['{ "delay": "9-1" }', "delay must be milliseconds from 0 to 600000, a span of them like '100-400'"],
    [
      '{ "apis": { "zoo": { "recrods": 1 } } }',
      'apis.zoo.recrods is no setting; did you mean records?; allowed: document, overlays, ',
    ],
    ['{ "apis": { "zoo": {} } }', 'apis.zoo.document must be a path or a URL'],
    [
      '{ "documents": ["pets.yaml", "dynamic"], "behaviours": "b.ts" }',
      'behaviours is about one document, and there are 2: say it in apis, for each',
    ],
    ['{', 'cannot be loaded: '],
  ])('with a mistake in it is refused, with the key and what is allowed: %s', async (text, message) => {
    await put('rollcall.config.json', text)
    const read = readConfig(join(folder, 'rollcall.config.json'), { env: {} }).then((found) => chooseApis(found, []))
    await expect(read).rejects.toThrow(new RegExp(`rollcall\\.config\\.json:? ${escapeRegExp(message)}`))
    await expect(read).rejects.toBeInstanceOf(UsageError)
  })

  it('orders its failures of whichever tenant calls', async () => {
    const failures = [{ operationId: 'listUsers', status: 503, times: 2 }]
    await put('rollcall.config.json', JSON.stringify({ apis: { dynamic: { failures }, royalti: {} } }))
    await using server = await start([], { cwd: folder })
    const list = async (tenant: string) => {
      const path = `/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164${tenant}/users`
      return (await fetch(`${server.url}${path}`, { headers: { authorization: 'Bearer any' } })).status
    }
    expect([await list('a'), await list('b'), await list('a'), await list('b')]).toEqual([503, 503, 200, 200])
  })

  it('with an order that no operation takes is refused, with the closest', async () => {
    const failures = [{ operationId: 'listPet', status: 500 }]
    await put('rollcall.config.json', JSON.stringify({ documents: 'pets.yaml', failures }))
    expect(await runHere(['mock'], { cwd: folder })).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr:
        'rollcall: rollcall.config.json: failures: there is no operation listPet in pets; the closest is listPets\n',
    })
  })

  it.each([
    ['export default {\n  port: 80,,\n}', 'rollcall.config.mjs:2 cannot be loaded: SyntaxError: '],
    ['\nnobody()', 'rollcall.config.mjs:2:1 cannot be loaded: ReferenceError: nobody is not defined'],
    ["import './gone.js'", "rollcall.config.mjs cannot be loaded: Error: Cannot find module '"],
    ['export default 1', 'rollcall.config.mjs must export an object by default, as defineConfig takes it'],
  ])('that cannot be loaded says where: %s', async (text, message) => {
    await put('rollcall.config.mjs', text)
    const { code, stderr } = await run(['check', 'pets.yaml'], { cwd: folder })
    expect({ code, begins: stderr.slice(0, message.length + 10) }).toEqual({ code: 2, begins: `rollcall: ${message}` })
  })

  it('that is named and not there, and a variable that is wrong, are told', async () => {
    expect(await runHere(['check', '--config', 'gone.ts'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: 'rollcall: there is no configuration gone.ts\n',
    })
    await expect(readConfig(undefined, { env: { ROLLCALL_PORT: 'x' } })).rejects.toThrow(
      'ROLLCALL_PORT must be a whole number from 0 to 65535, not "x"',
    )
  })
})
