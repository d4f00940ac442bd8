import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildContract } from '../../../documents/contract/build-contract.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { readApi } from '../../../mocks/read-api.ts'
import { createFolder } from '../../fixtures/create-folder.ts'
import { type ShelvesFault, serveShelves } from '../../fixtures/serve-shelves.ts'
import { type LoadedDocument, loadDocument } from '../../load-document.ts'
import { inMemoryField } from '../../selftest/targets.ts'
import { createKit } from '../../suite/case-kit.ts'
import { schemesOf } from '../../suite/list-schemes.ts'
import { createSend } from '../../suite/send-http.ts'
import { type VerifyOptions, verify } from '../../suite/verify.ts'
import type { CaseResult, RunResult } from '../../suite/vocabulary.ts'
import { resourceStories } from './tell-lifecycles.ts'

const SHELVES = fileURLToPath(new URL('../../fixtures/shelves.yaml', import.meta.url))

let shelves: LoadedDocument
beforeAll(async () => {
  shelves = await loadDocument(SHELVES)
})

const isOfLife = ({ id }: { id: string }) => id.includes('/stories/lifecycle/')

/** A run of the lifecycles alone, on a server far away that has one fault. */
async function live(fault?: ShelvesFault, options: Partial<VerifyOptions> = {}) {
  await using server = await serveShelves(fault)
  const before = server.state()
  const result = await verify({
    ...{ ...shelves, seed: 'shelves', select: isOfLife, send: createSend({ url: server.url, token: 'good' }) },
    ...{ url: 'http://library.example.test', settling: 0 },
    ...options,
  })
  return { result, before, after: server.state(), heard: server.heard }
}

const nameOf = ({ case: { id } }: CaseResult) => id.replace('/stories/lifecycle', '')
const outcomesOf = ({ results }: RunResult, outcome: CaseResult['outcome']) =>
  results.filter((one) => one.outcome === outcome).map(nameOf)
const told = ({ results }: RunResult) =>
  results.flatMap((one) => one.breaches.map(({ rule, seen }) => `${nameOf(one)}: ${rule.text}, but ${seen}`))

const EVERYTHING = { strict: 'assumed' } as const

describe('the lifecycle of each resource', () => {
  it('passes on a server that keeps what it is given, and leaves everything as it was', async () => {
    const { result, before, after } = await live(undefined, EVERYTHING)
    expect(told(result)).toEqual([])
    const others = result.results.filter(({ outcome }) => outcome !== 'pass')
    expect(others.map((one) => `${nameOf(one)}: ${one.outcome}: ${one.reason}`)).toEqual([
      'putLabel/replaced-whole: not-reached: nothing that was there could be left out',
    ])
    expect(after).toEqual(before)
    expect(result.leftovers).toEqual([])
  })

  it('passes on our own mock of the document, and leaves it as it was', async () => {
    const mocked = await readApi(SHELVES)
    const send = inMemoryField(mocked, schemesOf(shelves.document)).makeSend()
    const { results, leftovers } = await verify({ ...shelves, ...EVERYTHING, send, seed: 'shelves', select: isOfLife })
    const others = results.filter(({ outcome }) => outcome !== 'pass').map(nameOf)
    expect({ others, leftovers }).toEqual({ others: ['putLabel/replaced-whole'], leftovers: [] })
  })

  it('is gone through once, whatever the number of cases that look at it', async () => {
    const { result, heard } = await live()
    const created = heard.filter((line) => line === 'POST /shelves')
    // Two of its own, two for the books: their own, and one beside it; and one to be lit.
    expect(created).toHaveLength(5)
    expect(heard.length).toBeLessThan(3 * result.results.length)
  })

  it.each<[ShelvesFault, string]>([
    ['creation loses', 'createShelf/read-back'],
    ['creation drops', 'createShelf/read-back'],
    ['creation drops lists', 'createShelf/read-back'],
    ['creation empties lists', 'createShelf/read-back'],
    ['creation drops objects', 'createShelf/read-back'],
    ['creation empties objects', 'createShelf/read-back'],
    ['list forgets', 'listShelves/listed'],
    ['list shows deleted', 'listShelves/no-deleted'],
    ['delete does nothing', 'deleteShelf/deleted'],
    ['update loses', 'changeShelf/changed'],
    ['update resets', 'changeShelf/changed-only'],
    ['update drops', 'changeShelf/changed'],
    ['update drops others', 'changeShelf/changed-only'],
    ['replace merges', 'replaceShelf/replaced-whole'],
    ['ids repeat', 'createShelf/two-ids'],
    ['parent ignored', 'listBooks/under-parent'],
    ['parent ignored', 'createBook/missing-parent'],
    ['filter ignored', 'listShelves/filter/genre'],
    ['limit ignored', 'listShelves/limit'],
    ['page repeats', 'listShelves/pages'],
    ['500 on missing', 'readShelf/missing'],
    ['missing is shown', 'readShelf/missing'],
    ['deletes twice', 'deleteShelf/deleted-again'],
    ['single loses', 'setLighting/written'],
  ])('where the server has the fault "%s", wakes %s', async (fault, woken) => {
    const { result } = await live(fault, EVERYTHING)
    expect(outcomesOf(result, 'fail')).toContain(woken)
  })

  it.each<ShelvesFault>(['list forgets', 'delete does nothing', 'update loses', 'ids repeat', 'filter ignored'])(
    'only notes that "%s", which no document forbids',
    async (fault) => {
      const { result } = await live(fault)
      expect(outcomesOf(result, 'fail')).toEqual([])
      expect(outcomesOf(result, 'note')).not.toEqual([])
    },
  )
})

describe('what a document lets depend on the state of a thing', () => {
  /** On our own mock of the shelves with entity tags, which may not hear what a request depends on. */
  async function liveWithTags(isDeaf: boolean, isRequired = false) {
    const model = structuredClone(shelves.document.model) as Json
    const tagged = (reply: Json) => ({ ...reply, headers: { ETag: { schema: { type: 'string' } } } })
    const { get, patch } = model.paths['/shelves/{shelfId}']
    get.responses = {
      ...get.responses,
      '200': tagged(model.components.responses.Shelf),
      '304': { description: 'Same' },
    }
    patch.parameters = [{ name: 'If-Match', in: 'header', required: isRequired, schema: { type: 'string' } }]
    patch.responses = { ...patch.responses, '412': { description: 'Other' } }
    const folder = createFolder()
    const file = folder.write({ 'tagged.json': JSON.stringify(model) })
    const [mocked, document] = [await readApi(file), buildContract(model)]
    folder.remove()
    const good = inMemoryField(mocked, schemesOf(document)).makeSend()
    const heard: string[] = []
    const send: typeof good = (request, signal) => {
      if (request.operationId === 'changeShelf') heard.push(request.headers['if-match'] ?? 'none')
      const { 'if-match': _, 'if-none-match': __, ...headers } = request.headers
      return good(isDeaf ? { ...request, headers } : request, signal)
    }
    const options = { ...shelves, ...EVERYTHING, document, send, seed: 'shelves', select: isOfLife }
    return { ...(await verify(options)), heard }
  }

  it('is told what the thing is at, where a change must say it', async () => {
    const result = await liveWithTags(false, true)
    expect(told(result)).toEqual([])
    expect(outcomesOf(result, 'pass')).toEqual(expect.arrayContaining(['changeShelf/changed', 'changeShelf/stale']))
    // The first is of no state that there is.
    expect(result.heard).toEqual(['"rollcall-never"', expect.stringMatching(/^"[0-9a-f]{16}"$/)])
  })

  it('is kept by our own mock', async () => {
    const result = await liveWithTags(false)
    expect(result.heard).toContain('none')
    expect(told(result)).toEqual([])
    expect(outcomesOf(result, 'pass')).toEqual(expect.arrayContaining(['readShelf/unmodified', 'changeShelf/stale']))
  })

  it('wakes its cases where a server does not hear it', async () => {
    const result = await liveWithTags(true)
    expect(outcomesOf(result, 'fail')).toEqual(['readShelf/unmodified', 'changeShelf/stale'])
  })
})

describe('what real servers do otherwise', () => {
  it('is noted where a deletion only marks what it deletes, with what is shown then', async () => {
    const { result } = await live('delete expires')
    expect(outcomesOf(result, 'fail')).toEqual([])
    expect(told(result).find((line) => line.startsWith('deleteShelf/deleted:'))).toMatch(
      /^deleteShelf\/deleted: what deleteShelf deleted is gone, but readShelf shows another state of it: .*"state":"expired"/,
    )
    expect(result.results.find((one) => nameOf(one) === 'deleteShelf/deleted-again')).toMatchObject({
      outcome: 'not-reached',
      reason: 'it is there still',
    })
  })

  it('is noted where a list lags behind, after a bounded number of looks', async () => {
    const { result } = await live('list lags')
    expect(outcomesOf(result, 'fail')).toEqual([])
    expect(told(result)).toContain(
      'listShelves/listed: what createShelf created is listed at once, but it took 2 looks',
    )
    const { result: never, heard } = await live('list forgets')
    expect(told(never).find((line) => line.startsWith('listLoans/listed'))).toContain('is listed by listLoans, but')
    expect(heard.filter((line) => line === 'GET /loans').length).toBeLessThan(12)
  })

  it('is noted where a change gives a thing another name, and the thing is removed under that one', async () => {
    const { result, before, after } = await live('update renames')
    expect(outcomesOf(result, 'fail')).toEqual([])
    expect(told(result)).toContainEqual(
      expect.stringMatching(
        /^changeShelf\/changed: what changeShelf changes is called as before: "\d+", but it is called/,
      ),
    )
    expect(outcomesOf(result, 'pass')).toContain('deleteShelf/deleted')
    expect(after).toEqual(before)
  })

  it('is a failure only where a request that names nothing is failed at', async () => {
    const { result } = await live('500 on missing')
    expect(outcomesOf(result, 'fail')).toContain('readShelf/missing')
    expect(told(result)).toContain('readShelf/missing: status is one of 200, 404, but 500')
  })
})

describe('what a document says of what is shown', () => {
  it('decides what is compared: a value that the reply may not have is no value of the same thing', async () => {
    const model = structuredClone(shelves.document.model) as Json
    const isOfName = (line: string) => /^createShelf.read-back: .* was sent: name is /.test(line)
    expect(told((await live('creation loses')).result).filter(isOfName)).not.toEqual([])
    model.components.schemas.Shelf.properties.name.enum = ['lost']
    const { result } = await live('creation loses', { document: buildContract(model) })
    expect(told(result).filter(isOfName)).toEqual([])
  })

  it('decides what a list is asked for: where it must be told which ones, those like what was created', async () => {
    const listed = ({ results }: RunResult) => results.find((one) => nameOf(one) === 'listShelves/listed')
    const model = structuredClone(shelves.document.model) as Json
    const genre = model.paths['/shelves'].get.parameters.find(({ name }: Json) => name === 'genre')
    Object.assign(genre, { required: true, example: 'travel' })
    const run = (fault?: ShelvesFault) =>
      live(fault, { ...EVERYTHING, document: buildContract(structuredClone(model)) })
    const { result } = await run()
    expect(told(result)).toEqual([])
    expect(listed(result)?.outcome).toBe('pass')
    expect(listed((await run('list forgets')).result)?.outcome).toBe('fail')
    // Two of which nobody knows that the list may be asked for them.
    genre.schema = { type: 'string', enum: ['travel'] }
    model.components.schemas.NewShelf.properties.genre = { type: 'string', enum: ['crime'] }
    const { result: others } = await run()
    expect(told(others)).toEqual([])
    expect(listed(others)?.reason).toBe('listShelves lists those with "travel" as their genre')
    // What a thing is in this, nothing of it says.
    const { NewShelf, Shelf } = model.components.schemas
    delete NewShelf.properties.genre
    NewShelf.required = ['name']
    Shelf.required = ['id', 'name']
    const { result: silent } = await run()
    expect(told(silent)).toEqual([])
    expect(listed(silent)?.outcome).toBe('not-reached')
  })
})

describe('what could not be created', () => {
  it('is not reached, and each resource says once what is missing', async () => {
    const { result } = await live('creation refused')
    expect(outcomesOf(result, 'fail')).toEqual([])
    const reasons = new Set(
      result.results.flatMap(({ outcome, reason }) => (outcome === 'not-reached' ? [reason] : [])),
    )
    expect([...reasons].map((reason) => reason?.replace(/ answered.*/, ''))).toEqual([
      'none of shelves could be created: createShelf',
      'none of readers could be created: createReader',
      'none of loans could be created: createLoan',
      'nothing that was there could be left out',
      'shelves.books lie under shelves: none of shelves could be created: createShelf',
      'shelves.lighting lie under shelves: none of shelves could be created: createShelf',
    ])
  })

  it('is not tried where a target far away could not be rid of it', async () => {
    const model = structuredClone(shelves.document.model) as Json
    delete model.paths['/readers/{readerId}'].delete
    const contract = buildContract(model)
    const { result, before, after } = await live(undefined, { document: contract })
    const { outcome, reason } = result.results.find((one) => nameOf(one) === 'createReader/read-back') as CaseResult
    expect({ outcome, reason }).toEqual({
      outcome: 'not-reached',
      reason: expect.stringContaining('--allow-leftovers'),
    })
    expect(after).toEqual(before)
    const allowed = await live(undefined, { document: contract, allowLeftovers: true })
    expect(outcomesOf(allowed.result, 'pass')).toContain('createReader/read-back')
    expect(allowed.result.leftovers.map(({ foreseen }) => foreseen)).toContain(true)
    expect(Object.keys(allowed.after).filter((place) => !allowed.before[place])).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\/readers\//)]),
    )
  })
})

describe('what is called as no path allows', () => {
  it('is not reached, as it is right to refuse to read it', async () => {
    const model = structuredClone(shelves.document.model) as Json
    model.components.parameters.shelfId.schema = { type: 'integer', maximum: 0 }
    const refused = { status: 400, headers: {}, text: '', duration: 1 }
    await using server = await serveShelves()
    const good = createSend({ url: server.url, token: 'good' })
    const { result } = await live(undefined, {
      ...EVERYTHING,
      document: buildContract(model),
      send: async (request, signal) => (request.operationId === 'readShelf' ? refused : good(request, signal)),
    })
    const { outcome, reason } = result.results.find((one) => nameOf(one) === 'createShelf/read-back') as CaseResult
    expect(outcome).toBe('not-reached')
    expect(reason).toMatch(/^it is called "\d+", and readShelf allows no such shelfId$/)
  })
})

describe('what shows nothing where it is read', () => {
  it.each<[string, string]>([
    ['null', 'application/json'],
    ['', 'text/plain'],
  ])('is changed, replaced and deleted all the same: %j', async (text, type) => {
    await using server = await serveShelves()
    const good = createSend({ url: server.url, token: 'good' })
    const silent = { status: 200, headers: { 'content-type': type }, text, duration: 1 }
    const { result } = await live(undefined, {
      ...EVERYTHING,
      send: async (request, signal) => {
        const reply = await good(request, signal)
        const isRead = ['readShelf', 'readBook'].includes(request.operationId)
        return isRead && reply.status === 200 ? { ...reply, ...silent } : reply
      },
    })
    const reasons = result.results.map(({ reason }) => reason)
    expect(reasons.filter((reason) => /could not be run/.test(reason ?? ''))).toEqual([])
    expect(outcomesOf(result, 'pass')).toContain('deleteShelf/deleted')
  })
})

/** The lifecycles alone, on our own mock of another library. */
async function liveOnMock(model: Json) {
  const folder = createFolder()
  const file = folder.write({ 'library.json': JSON.stringify(model) })
  const [mocked, loaded] = [await readApi(file), await loadDocument(file)]
  folder.remove()
  const send = inMemoryField(mocked, schemesOf(loaded.document)).makeSend()
  return verify({ ...loaded, ...EVERYTHING, send, seed: 'library', select: isOfLife, allowChanges: true })
}

it('a list is turned to its end where a page may hold few', async () => {
  const model = structuredClone(shelves.document.model) as Json
  const { parameters, responses } = model.paths['/shelves'].get
  parameters.find(({ name }: Json) => name === 'limit').schema = { type: 'integer', minimum: 1, maximum: 2, default: 2 }
  const shelved = Array.from({ length: 15 }, (_, at) => ({ id: at + 1, name: `Shelf ${at}`, genre: 'crime' }))
  const [media] = Object.values<Json>(responses['200'].content)
  media.example = { shelves: shelved, total: shelved.length }
  const result = await liveOnMock(model)
  expect(told(result)).toEqual([])
  expect(outcomesOf(result, 'pass')).toContain('listShelves/pages')
})

it('a thing is not looked for in a list that shows of none what it is called', async () => {
  const json = (schema: Json) => ({ content: { 'application/json': { schema } } })
  const host = {
    type: 'object',
    required: ['note'],
    properties: { note: { type: 'string' }, size: { type: 'integer' } },
  }
  const parameters = [{ name: 'domain', in: 'path', required: true, schema: { type: 'string' } }]
  const put = { operationId: 'putHost', requestBody: json(host), responses: { '200': { description: 'Kept' } } }
  const remove = { operationId: 'removeHost', responses: { '204': { description: 'Gone' } } }
  const list = json({ type: 'array', items: host })
  const result = await liveOnMock({
    openapi: '3.1.0',
    info: { title: 'Hosts', version: '1' },
    paths: {
      '/hosts': { get: { operationId: 'listHosts', responses: { '200': { description: 'Hosts', ...list } } } },
      '/hosts/{domain}': { parameters, put, delete: remove },
    },
  })
  expect(told(result)).toEqual([])
  const { reason } = result.results.find((one) => nameOf(one) === 'putHost/read-back') as CaseResult
  expect(reason).toBe('what is listed does not show its domain')
})

describe('what lies under what nobody creates', () => {
  it('is created, read, listed and removed under one and the same', async () => {
    const model = structuredClone(shelves.document.model) as Json
    const pattern = '^town-[0-9a-f]{12}$'
    const town = { name: 'town', in: 'path', required: true, schema: { type: 'string', pattern } }
    for (const path of Object.keys(model.paths)) {
      const { parameters = [], ...rest } = model.paths[path]
      if (path.startsWith('/shelves'))
        model.paths[`/towns/{town}${path}`] = { ...rest, parameters: [town, ...parameters] }
      delete model.paths[path]
    }
    const result = await liveOnMock(model)
    expect(told(result)).toEqual([])
    expect(outcomesOf(result, 'pass')).toEqual(
      expect.arrayContaining([
        'createShelf/read-back',
        'listShelves/listed',
        'deleteShelf/deleted',
        'listBooks/listed',
      ]),
    )
  })
})

describe('what a creation does not name', () => {
  it('is found in the list, and called as it is there', async () => {
    const model = structuredClone(shelves.document.model) as Json
    const { name, genre } = model.components.schemas.Shelf.properties
    const schema = { type: 'object', properties: { name, genre } }
    model.paths['/shelves'].post.responses['201'] = {
      description: 'What was sent.',
      content: { 'application/json': { schema } },
    }
    const result = await liveOnMock(model)
    expect(told(result)).toEqual([])
    expect(outcomesOf(result, 'pass')).toEqual(
      expect.arrayContaining(['createShelf/read-back', 'listShelves/listed', 'deleteShelf/deleted']),
    )
  })
})

describe('what a PUT creates', () => {
  it('has the name of its path, and is sent no other in its body', async () => {
    const model = structuredClone(shelves.document.model) as Json
    const { schema } = model.paths['/labels/{name}'].put.requestBody.content['application/json']
    schema.properties.name = { type: 'string' }
    const { result } = await live(undefined, { ...EVERYTHING, document: buildContract(model) })
    expect(told(result)).toEqual([])
    expect(outcomesOf(result, 'pass')).toContain('putLabel/read-back')
  })
})

describe('what a change repeats of its path', () => {
  it('is the same in its body, also in what stands around the record', async () => {
    const model = structuredClone(shelves.document.model) as Json
    const record = model.components.requestBodies.NewShelf.content['application/json'].schema
    const data = {
      type: 'object',
      required: ['shelf_id', 'attributes'],
      properties: { shelf_id: { type: 'string' }, attributes: record },
    }
    const schema = { type: 'object', required: ['data'], properties: { data } }
    model.paths['/shelves/{shelfId}'].put.requestBody = { required: true, content: { 'application/json': { schema } } }
    await using server = await serveShelves()
    const sendOn = createSend({ url: server.url, token: 'good' })
    const names: Json[] = []
    const send: VerifyOptions['send'] = (request, signal) => {
      if (request.operationId !== 'replaceShelf' || request.body === undefined) return sendOn(request, signal)
      const { shelf_id: name, attributes } = JSON.parse(request.body).data
      names.push([name, request.path])
      return sendOn({ ...request, body: JSON.stringify(attributes) }, signal)
    }
    await live(undefined, { ...EVERYTHING, document: buildContract(model), send })
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter(([name, path]) => path !== `/shelves/${name}`)).toEqual([])
  })
})

describe('what a document says of its resources', () => {
  it('can fail a server: x-resource says that a list lists, and a deletion deletes', async () => {
    const model = structuredClone(shelves.document.model) as Json
    model.paths['/shelves'].get['x-resource'] = 'list'
    model.paths['/shelves'].post['x-resource'] = 'create'
    const contract = buildContract(model)
    const { result } = await live('list forgets', { document: contract })
    expect(outcomesOf(result, 'fail')).toEqual(['listShelves/listed'])
  })

  it('can ask for what cannot be made: what it needs is not reached, and what was seen before stands', async () => {
    const model = structuredClone(shelves.document.model) as Json
    const { content } = model.paths['/shelves/{shelfId}'].patch.requestBody
    for (const media of Object.values<Json>(content))
      media.schema = {
        type: 'object',
        required: ['odd'],
        properties: { odd: { type: 'string', minLength: 3, maxLength: 2 } },
      }
    const { result } = await live(undefined, { document: buildContract(model), ...EVERYTHING })
    expect(outcomesOf(result, 'fail')).toEqual([])
    expect(outcomesOf(result, 'pass')).toContain('createShelf/read-back')
  })

  it('can say that no story is told: it has roles of its own', async () => {
    const model = structuredClone(shelves.document.model) as Json
    model.paths['/shelves'].post['x-role'] = 'subject'
    const kit = createKit(buildContract(model))
    expect(resourceStories(kit, {})).toEqual([])
  })
})
