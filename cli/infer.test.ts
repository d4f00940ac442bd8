import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFolder } from '../contract-tests/fixtures/create-folder.ts'
import { runHere } from './run-here.ts'
import { run } from './spawn-rollcall.ts'

const TODOS = `openapi: 3.1.0
info: { title: Todos, version: '1' }
paths:
  /lists/{listId}/todos:
    parameters: [{ $ref: '#/components/parameters/listId' }]
    post: { operationId: addTodo, requestBody: { $ref: '#/components/requestBodies/Todo' }, responses: { '201': { $ref: '#/components/responses/Todo' } } }
  /lists/{listId}/todos/{todo}:
    parameters: [{ $ref: '#/components/parameters/listId' }, { name: todo, in: path, required: true, schema: { type: string } }]
    get: { operationId: readTodo, responses: { '200': { $ref: '#/components/responses/Todo' } } }
  /login:
    post: { operationId: postLogin, responses: { '204': { description: In } } }
components:
  parameters:
    listId: { name: listId, in: path, required: true, schema: { type: string } }
  requestBodies:
    Todo: { content: { application/json: { schema: { $ref: '#/components/schemas/Todo' } } } }
  responses:
    Todo: { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Todo' } } } }
  schemas:
    Todo: { type: object, properties: { id: { type: string }, title: { type: string } } }
`
const folder = createFolder()
afterAll(() => folder.remove())
const document = () => folder.write({ 'todos.yaml': TODOS })

describe('rollcall infer', () => {
  it('shows an operation as it is told from another of its path', async () => {
    const post = (operationId: string) => `{ post: { operationId: ${operationId}, responses: { '204': {} } } }`
    const paths = `{ /a: ${post('a')}, '/a?b=1': ${post('b')} }`
    const file = folder.write({ 'query.yaml': `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: ${paths}\n` })
    const { stdout } = await runHere(['infer', file])
    expect(stdout.split('\n').map((line) => line.split(/\s+/)[1])).toEqual(expect.arrayContaining(['/a', '/a?b=1']))
    const { operations } = JSON.parse((await runHere(['infer', file, '--format', 'json'])).stdout)
    expect(operations.map(({ path }: { path: string }) => path)).toEqual(['/a', '/a?b=1'])
  })

  it('tells what each operation does, to what, and why', async () => {
    const { code, stdout, stderr } = await run(['infer', document()])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`method  path                          role    resource  identity   sure  because
POST    /lists/{listId}/todos         create  todos     todo = id  85 %  items lie below it
GET     /lists/{listId}/todos/{todo}  read    todos     todo = id  95 %  the path names one of todos
POST    /login                        none                         80 %  login is about who calls

1 resource; of 3 operations 0 unsure, 1 about none
`)
  })

  it('tells what is wrong in what the document says of itself', async () => {
    const file = folder.write({
      'wrong.yaml': TODOS.replace('operationId: addTodo,', 'operationId: addTodo, x-resource: make,'),
    })
    const { code, stderr } = await runHere(['infer', file])
    expect(code).toBe(0)
    expect(stderr).toMatch(/has 1 fault, and is read all the same/)
    expect(stderr).toMatch(/wrong\.yaml:\d+:\d+: there is no role make; /)
  })

  it('tells programs the same', async () => {
    const { stdout } = await runHere(['infer', document(), '--format', 'json'])
    const identity = { parameter: 'todo', member: 'id', by: 'server' }
    expect(JSON.parse(stdout)).toEqual({
      operations: [
        {
          operationId: 'addTodo',
          method: 'POST',
          path: '/lists/{listId}/todos',
          role: 'create',
          resource: 'todos',
          parent: null,
          identity,
          sure: 0.85,
        },
        {
          operationId: 'readTodo',
          method: 'GET',
          path: '/lists/{listId}/todos/{todo}',
          role: 'read',
          resource: 'todos',
          parent: null,
          identity,
          sure: 0.95,
        },
        {
          operationId: 'postLogin',
          method: 'POST',
          path: '/login',
          role: 'none',
          resource: null,
          parent: null,
          identity: null,
          sure: 0.8,
        },
      ],
    })
  })

  it('takes a built-in document by its name', async () => {
    expect(await runHere(['infer', 'royalti'])).toMatchObject({ code: 0, stderr: '' })
  })

  it.each([
    [[], 'infer takes one document; see rollcall infer --help'],
    [['royalti', '--format', 'xml'], '--format must be text or json, not xml'],
    [['royalti', '--overlay', ''], '--overlay must not be empty'],
    [
      ['royalti', '--overlay', 'a.yaml', '--overlay', 'b.yaml'],
      'one overlay is written, and neither a.yaml nor b.yaml is there',
    ],
  ])('ends in one line: %j', async (args, message) => {
    expect(await runHere(['infer', ...args])).toMatchObject({ code: 2, stdout: '', stderr: `rollcall: ${message}\n` })
  })
})

describe('rollcall infer --overlay', () => {
  const overlayOf = (file: string) => join(dirname(file), 'todos.overlay.yaml')

  it('writes an overlay that is not there yet, and says so; given again, it says the same', async () => {
    const file = document()
    const overlay = overlayOf(file)
    const { code, stderr } = await runHere(['infer', file, '--overlay', overlay])
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `rollcall: ${overlay} is written, as assumed; correct it, and give it again: --overlay ${overlay}\n`,
    })
    const found = async (...args: string[]) => {
      const { stdout } = await runHere(['infer', file, '--format', 'json', ...args])
      return JSON.parse(stdout).operations.map(({ sure: _, ...one }: { sure: number }) => one)
    }
    expect(await found('--overlay', overlay)).toEqual(await found())
  })

  it('writes nothing over what is there, but applies it', async () => {
    const file = document()
    const overlay = overlayOf(file)
    await runHere(['infer', file, '--overlay', overlay])
    const corrected = readFileSync(overlay, 'utf8')
      .replace('role: none', 'role: action')
      .replaceAll('name: todos', 'name: tasks')
    const given = folder.write({ 'corrected.overlay.yaml': corrected })
    const { stdout, stderr } = await runHere(['infer', file, '--overlay', given])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^POST +\/lists\/\{listId\}\/todos +create +tasks +todo = id +100 % +x-resource says so$/m)
    expect(stdout).toMatch(/^POST +\/login +action/m)
    expect(readFileSync(given, 'utf8')).toBe(corrected)
  })

  it('applies one before it writes another', async () => {
    const file = document()
    const first = folder.write({
      'first.yaml': `overlay: 1.0.0\ninfo: { title: x, version: '1' }\nactions: [{ target: "$.paths['/login']", remove: true }]\n`,
    })
    const { stdout } = await runHere(['infer', file, '--overlay', first, '--overlay', overlayOf(file)])
    expect(stdout).not.toContain('/login')
    expect(readFileSync(overlayOf(file), 'utf8')).not.toContain('/login')
  })

  it('leaves out operations of other files, which no overlay reaches', async () => {
    const file = folder.write({
      'several.yaml': `openapi: 3.1.0\ninfo: { title: Several, version: '1' }\npaths:\n  /pets/{id}: { $ref: pet.yaml }\n`,
      'pet.yaml': `get: { responses: { '204': { description: Here } } }\n`,
      'package.json': '{}',
    })
    const { stderr } = await runHere(['infer', file, '--overlay', overlayOf(file)])
    expect(stderr).toContain('is written, as assumed; 1 operation of other files is left out;')
    expect(readFileSync(overlayOf(file), 'utf8')).not.toContain('/pets')
  })
})

describe('--overlay', () => {
  const changed = () => {
    const file = folder.write({
      'todos.yaml': TODOS,
      'o.yaml': `overlay: 1.0.0
info: { title: Changes, version: '1' }
actions:
  - target: $.components.schemas.Todo.properties
    update: { title: { const: milk } }
  - target: $.nothing
    update: {}
`,
    })
    return [file, join(dirname(file), 'o.yaml')] as const
  }

  it('changes the document for check, data, verify and generate, and its faults are told by its lines', async () => {
    const [file, overlay] = changed()
    expect((await runHere(['check', file, '--overlay', overlay])).stdout).toContain(
      `${overlay}:6:5  overlay-selects-nothing: the target selects nothing: $.nothing; the action changes nothing`,
    )
    expect((await runHere(['verify', file, '--overlay', overlay, '--list', '--grep', 'const'])).stdout).toContain(
      '/title',
    )
    expect((await runHere(['generate', file, '--overlay', overlay, '--out', join(dirname(file), 'out')])).code).toBe(0)
    expect(readFileSync(join(dirname(file), 'out', 'types.ts'), 'utf8')).toContain('"milk"')
  })

  it('is refused where it could only be left out: with an API that is built in, or several documents', async () => {
    const [file, overlay] = changed()
    const refused = async (...args: string[]) => (await runHere([...args, '--overlay', overlay])).stderr
    expect(await refused('mock', 'royalti')).toBe('rollcall: --overlay changes documents, and royalti is built in\n')
    expect(await refused('mock', file, 'royalti')).toBe('rollcall: --overlay goes with one document\n')
    expect(await refused('data', 'dynamic')).toBe('rollcall: --overlay changes documents, and dynamic is built in\n')
    expect(existsSync(overlay)).toBe(true)
  })

  it('must be an overlay that can be read', async () => {
    const file = document()
    expect(await runHere(['check', file, '--overlay', 'nobody.yaml'])).toMatchObject({
      code: 1,
      stderr: 'rollcall: cannot read nobody.yaml: there is no such file\n',
    })
    expect(await runHere(['check', file, '--overlay', file])).toMatchObject({
      code: 1,
      stderr: `rollcall: ${file} is no overlay: it has no member overlay, such as overlay: 1.0.0\n`,
    })
  })
})
