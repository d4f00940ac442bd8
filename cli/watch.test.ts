import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, start } from './spawn-rollcall.ts'

const PETS = `openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: 'models/pet.yaml' } } } } } }
    post:
      operationId: addPet
      requestBody: { required: true, content: { application/json: { schema: { $ref: 'models/pet.yaml' } } } }
      responses: { '201': { description: Added, content: { application/json: { schema: { $ref: 'models/pet.yaml' } } } } }
  /health:
    get: { operationId: isAlive, responses: { '204': { description: Yes } } }
`
const PET = `type: object
properties: { id: { type: integer, readOnly: true }, name: { type: string } }
`
const OVERLAY = `overlay: 1.0.0
info: { title: More, version: '1' }
actions:
  - target: $.paths['/health'].get
    update: { summary: Whether it is there }
`
const BEHAVIOURS = `import { say } from './words.mjs'
export default { operations: { isAlive: () => ({ status: 204, headers: { 'x-word': say() } }) } }
`
const WORDS = (word: string) => `export const say = () => '${word}'\n`
const CONFIG = {
  documents: 'openapi.yaml',
  overlays: ['overlay.yaml'],
  behaviours: 'behaviours.mjs',
  failures: [{ operationId: 'addPet', status: 400 }],
}

let folder: string
let server: Running
const write = (name: string, text: string) => writeFile(join(folder, name), text)
/** Writes as editors do: another file that takes the name of the first. */
async function save(name: string, text: string): Promise<void> {
  await write(`${name}~`, text)
  await rename(join(folder, `${name}~`), join(folder, name))
}
const edit = async (name: string, from: string, to: string) =>
  save(name, (await readFile(join(folder, name), 'utf8')).replace(from, to))
const names = async (session = '') => {
  const pets = await (await fetch(`${server.url}/pets`, { headers: { 'x-rollcall-session': session } })).json()
  return (pets as { name: string }[]).map(({ name }) => name)
}
const add = (name: string, session = '') =>
  fetch(`${server.url}/pets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rollcall-session': session },
    body: JSON.stringify({ name }),
  })
const word = async () => (await fetch(`${server.url}/health`)).headers.get('x-word')
/** Waits until a line was said on stderr. */
async function told(line: RegExp): Promise<string> {
  for (;;) {
    const found = line.exec(server.stderr())
    if (found) return found[0]
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-watching-'))
  await mkdir(join(folder, 'models'))
  await write('openapi.yaml', PETS)
  await write('models/pet.yaml', PET)
  await write('overlay.yaml', OVERLAY)
  await write('behaviours.mjs', BEHAVIOURS)
  await write('words.mjs', WORDS('one'))
  await write('rollcall.config.json', JSON.stringify(CONFIG))
  server = await start(['--watch'], { cwd: folder })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe('rollcall mock --watch', () => {
  it('keeps an order that stands, and what calls have written, in each session', async () => {
    expect([(await add('Mia', 'other')).status, (await add('Mia', 'other')).status]).toEqual([400, 201])
    await edit('openapi.yaml', 'description: Yes', 'description: It is')
    await server.printed(/^openapi\.yaml: 1 operation changed, 2 kept; state kept$/m)
    expect((await add('Tom')).status).toBe(400)
    expect((await add('Tom')).status).toBe(201)
    expect(await names('other')).toContain('Mia')
    expect(await names('other')).not.toContain('Tom')
    expect([(await add('Bo', 'other')).status, (await add('Bo', 'another')).status]).toEqual([201, 400])
  })

  it('reads the other files of a document', async () => {
    await edit('models/pet.yaml', 'name: {', 'tag: { type: string, default: none }, name: {')
    await server.printed(/^models.pet\.yaml: 2 operations changed, 1 kept; state kept$/m)
    expect(await names()).toContain('Tom')
  })

  it('reads overlays', async () => {
    await save('overlay.yaml', OVERLAY.replace('update: { summary: Whether it is there }', 'remove: true'))
    await told(/isAlive in openapi/)
    expect(await word()).toBe('one')
    await save('overlay.yaml', OVERLAY.replace('summary: Whether', 'summary: That'))
    await server.printed(/^overlay\.yaml: 1 operation changed, 2 kept; state kept$/m)
  })

  it('reads behaviours, and what they import', async () => {
    await save('words.mjs', WORDS('two'))
    await server.printed(/^words\.mjs: read again; state kept$/m)
    expect(await word()).toBe('two')
  })

  it('answers as before while an edit is broken, and says where', async () => {
    await save('words.mjs', "export const say = () => 'three\n")
    expect(await told(/rollcall: words\.mjs.*/)).toMatch(/^rollcall: words\.mjs:1 .*goes on answering$/)
    expect(await word()).toBe('two')
    await save('words.mjs', WORDS('three'))
    await server.printed(/words\.mjs: read again; state kept\n.*words\.mjs: read again/s)
    expect(await word()).toBe('three')
    await edit('openapi.yaml', 'paths:', 'paths: [')
    expect(await told(/rollcall: openapi\.yaml:.*/)).toMatch(/^rollcall: openapi\.yaml:\d+:\d+ .*goes on answering$/)
    expect(await names()).toContain('Tom')
    await edit('openapi.yaml', 'paths: [', 'paths:')
    await server.printed(/^openapi\.yaml: no operation changed, 3 kept; state kept$/m)
  })

  it('tells of a setting that a running server does not take, and takes the rest of the edit', async () => {
    await save('rollcall.config.json', JSON.stringify({ ...CONFIG, maxSessions: 7, controlToken: 'sesame-1' }))
    expect(await told(/rollcall: rollcall\.config\.json: maxSessions .*/)).toBe(
      'rollcall: rollcall.config.json: maxSessions is 7 now, which takes effect when rollcall is started again; it goes on with 1000',
    )
    await told(
      /rollcall: rollcall\.config\.json: controlToken, which has changed, takes effect when rollcall is started again/,
    )
    expect(server.stderr()).not.toContain('sesame')
    expect(await names()).toContain('Tom')
  })

  it('reads the configuration, and tells what there is no place for any more', async () => {
    await write('other.yaml', PETS.replaceAll('/pets', '/animals').replace('listPets', 'listAnimals'))
    await save('rollcall.config.json', JSON.stringify({ documents: 'other.yaml', behaviours: 'behaviours.mjs' }))
    await server.printed(
      /^rollcall\.config\.json: 3 operations added, 0 kept; state kept, but for the state of openapi$/m,
    )
    expect((await fetch(`${server.url}/animals`)).status).toBe(200)
    expect((await fetch(`${server.url}/pets`)).status).toBe(404)
  })
})
