import { describe, expect, it, vi } from 'vitest'
import { buildContract } from '../contract/build-contract.ts'
import type { DeclaredOperation } from '../contract/operation.ts'
import type { Document } from '../read/read-document.ts'
import { findResources } from './find-resources.ts'
import { singularOf } from './tell-words.ts'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const shows = (schema: object, status = '200') => ({ responses: { [status]: { description: 'ok', ...json(schema) } } })
const sends = (schema: object) => ({ requestBody: json(schema) })
const empty = { responses: { '204': { description: 'done' } } }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const listOf = (items: object) => ({ type: 'array', items })
const query = (...names: string[]) => ({ parameters: names.map((name) => ({ name, in: 'query', schema: {} })) })
const text = { type: 'string' }

const schemas = {
  Pet: { type: 'object', required: ['name'], properties: { id: { type: 'integer' }, name: text, status: text } },
  Owner: { type: 'object', properties: { uuid: { ...text, readOnly: true }, email: text, city: text } },
}

const contractOf = (paths: Record<string, unknown>) =>
  buildContract({ openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths, components: { schemas } } as Document)

const infer = (paths: Record<string, unknown>) => findResources(contractOf(paths))

/** `GET /pets` and the like, with role and resource. */
const rolesIn = (paths: Record<string, unknown>): Record<string, string> => {
  const contract = contractOf(paths)
  const { operations } = findResources(contract)
  return Object.fromEntries(
    operations.map(({ role, resource = '-' }, at) => {
      const { method = '', path } = contract.operations[at] ?? {}
      return [`${method.toLowerCase()} ${path}`, `${role} ${resource}`]
    }),
  )
}

const PETS = {
  '/pets': { get: shows(listOf(ref('Pet'))), post: { ...sends(ref('Pet')), ...shows(ref('Pet'), '201') } },
  '/pets/{petId}': {
    get: shows(ref('Pet')),
    put: { ...sends(ref('Pet')), ...shows(ref('Pet')) },
    patch: { ...sends({ type: 'object', properties: { name: text } }), ...shows(ref('Pet')) },
    delete: empty,
  },
}

describe('roles', () => {
  it('are told by the method, where a collection has items below it', () => {
    expect(rolesIn(PETS)).toEqual({
      'get /pets': 'list pets',
      'post /pets': 'create pets',
      'get /pets/{petId}': 'read pets',
      'put /pets/{petId}': 'replace pets',
      'patch /pets/{petId}': 'update pets',
      'delete /pets/{petId}': 'delete pets',
    })
  })

  it('POST on an item updates it where it sends or shows what is read there, and does something to it otherwise', () => {
    const update = {
      post: { ...sends({ type: 'object', properties: { name: text, status: text } }), ...shows(ref('Pet')) },
    }
    const { put: _, patch: __, ...item } = PETS['/pets/{petId}']
    expect(rolesIn({ ...PETS, '/pets/{petId}': { ...item, ...update } })['post /pets/{petId}']).toBe('update pets')
    expect(rolesIn({ ...PETS, '/pets/{petId}': { put: empty, ...update } })['post /pets/{petId}']).toBe('action pets')
    expect(rolesIn({ '/hooks/{id}': { post: empty } })['post /hooks/{id}']).toBe('action hooks')
  })

  it('are told by the words of paths that say what a method would, where several speak of the same thing', () => {
    const made = { ...sends(ref('Pet')), ...shows(ref('Pet')) }
    expect(
      rolesIn({
        '/v2/createPet': { post: made },
        '/v2/getPets': { get: shows(listOf(ref('Pet'))) },
        '/v2/getPetById/{id}': { get: shows(ref('Pet')) },
        '/v2/update-pet/{id}': { post: made },
        '/v2/remove_pet/{id}': { delete: empty },
        '/v2/feedPet/{id}': { post: empty },
      }),
    ).toEqual({
      'post /v2/createPet': 'create pet',
      'get /v2/getPets': 'list pet',
      'get /v2/getPetById/{id}': 'read pet',
      'post /v2/update-pet/{id}': 'update pet',
      'delete /v2/remove_pet/{id}': 'delete pet',
      'post /v2/feedPet/{id}': 'action feedPet',
    })
  })

  it('of an item whose path leaves out what it lies under are told where such items are created', () => {
    const { '/pets': all, '/pets/{petId}': item } = PETS
    const paths = { '/owners/{owner}/pets': all, '/pets/{petId}': item }
    const roles = rolesIn(paths)
    expect(roles).toMatchObject({
      'post /owners/{owner}/pets': 'create owners.pets',
      'get /owners/{owner}/pets': 'list owners.pets',
      'get /pets/{petId}': 'read owners.pets',
      'delete /pets/{petId}': 'delete owners.pets',
    })
    expect(infer(paths).named('owners.pets')?.under).toEqual(['owner'])
    const elsewhere = { '/shops/{shop}/pets': all }
    const others = {
      'where several places create them': { ...paths, ...elsewhere },
      'where they are listed beside it': { ...paths, '/pets': { get: all.get } },
      'where something lies below them': { ...paths, '/pets/{petId}/toys': { get: shows(listOf(ref('Owner'))) } },
      'where what is read is something else': { ...paths, '/pets/{petId}': { get: shows(ref('Owner')) } },
    }
    for (const [where, other] of Object.entries(others))
      expect(rolesIn(other)['get /pets/{petId}'], where).toMatch(/ pets$/)
  })

  it('a list is asked for one of its items by what people call it', () => {
    const pets = { get: { ...query('pet', 'status'), ...shows(listOf(ref('Pet'))) } }
    const { operations } = infer({ ...PETS, '/pets': { ...PETS['/pets'], ...pets } })
    expect(operations[0]?.list?.filters).toEqual({ pet: ['name'], status: ['status'] })
  })

  it('no word is left out of a path that is the name of a thing', () => {
    const receipts = { '/read-receipts': PETS['/pets'], '/read-receipts/{id}': PETS['/pets/{petId}'] }
    expect(rolesIn(receipts)).toMatchObject({ 'get /read-receipts/{id}': 'read read-receipts' })
    const beside = { '/addPet': { post: sends(ref('Pet')) }, '/getPet/{id}': { get: shows(ref('Pet')) } }
    expect(rolesIn({ ...beside, '/pet/{id}/photo': { get: empty } })).toMatchObject({
      'get /getPet/{id}': 'read getPet',
    })
  })

  it('a single thing is one whose path names none of several', () => {
    const settings = { type: 'object', properties: { theme: text } }
    const item = { get: shows(settings), put: sends(settings), delete: empty }
    expect(rolesIn({ '/settings': item, '/pets/{petId}/photo': item, ...PETS })).toMatchObject({
      'get /settings': 'singleton-read settings',
      'put /settings': 'singleton-write settings',
      'delete /settings': 'singleton-write settings',
      'put /pets/{petId}/photo': 'singleton-write pets.photo',
    })
  })

  it.each([
    ['/pets/findByStatus', 'get', shows(listOf(ref('Pet'))), 'search pets'],
    [
      '/pets/search',
      'post',
      { ...sends({ type: 'object', properties: { text } }), ...shows(listOf(ref('Pet'))) },
      'search pets',
    ],
    ['/pets/count', 'get', shows({ type: 'object', properties: { count: { type: 'integer' } } }), 'count pets'],
    ['/pets/bulk', 'post', { ...sends(listOf(ref('Pet'))), ...empty }, 'create-many pets'],
    ['/pets/bulk-delete', 'post', { ...sends(listOf(text)), ...empty }, 'delete-many pets'],
    ['/pets/{petId}/feed', 'post', empty, 'action pets'],
    ['/pets/{petId}:feed', 'post', empty, 'action pets'],
    ['/pets/mine', 'get', shows(ref('Pet')), 'singleton-read mine'],
    [
      '/pets/{petId}/validate',
      'post',
      {
        ...sends({ type: 'object', properties: { by: text } }),
        ...shows({ type: 'object', properties: { report: text } }, '201'),
      },
      'create pets.validate',
    ],
    [
      '/visits/bulk',
      'post',
      { ...sends({ type: 'object', properties: { items: listOf(text) } }), ...empty },
      'create-many visits',
    ],
    ['/login', 'post', shows({ type: 'object', properties: { token: text } }), 'none -'],
    ['/health', 'get', empty, 'none -'],
  ])('%s is told by its last word and its bodies', (path, method, operation, role) => {
    expect(rolesIn({ ...PETS, [path]: { [method]: operation } })[`${method} ${path}`]).toBe(role)
  })

  it('words may stand where methods would: /pets/list, /pets/create, /pets/{id}/info, /pets/{id}/update', () => {
    const paths = {
      '/pets/list': { get: shows(listOf(ref('Pet'))) },
      '/pets/create': { post: { ...sends(ref('Pet')), ...shows(ref('Pet')) } },
      '/pets/{id}/info': { get: shows(ref('Pet')) },
      '/pets/{id}/update': { post: sends(ref('Pet')) },
      '/pets/{id}/delete': { post: empty },
    }
    expect(Object.values(rolesIn(paths))).toEqual([
      'list pets',
      'create pets',
      'read pets',
      'update pets',
      'delete pets',
    ])
  })

  it('words that say what a method would may stand before the parameter too', () => {
    const paths = {
      '/pets/get/{id}': { get: shows(ref('Pet')) },
      '/pets/update/{id}': { post: sends(ref('Pet')) },
      '/pets/delete/{id}': { post: empty },
    }
    expect(Object.values(rolesIn(paths))).toEqual(['read pets', 'update pets', 'delete pets'])
  })

  it('what there is nothing of but its name is put there, looked for, and removed', () => {
    const roles = rolesIn({ ...PETS, '/pets/{petId}/friends/{friend}': { get: empty, put: empty, delete: empty } })
    expect(roles).toMatchObject({
      'get /pets/{petId}/friends/{friend}': 'read pets.friends',
      'put /pets/{petId}/friends/{friend}': 'replace pets.friends',
      'delete /pets/{petId}/friends/{friend}': 'delete pets.friends',
    })
  })

  it('where a query picks one of several, POST creates one, and what GET shows is unsure', () => {
    const number = { type: 'object', properties: { number: text, label: text } }
    const paths = {
      '/numbers': {
        get: { ...shows(number), ...query('number') },
        post: { ...sends(number), ...shows(number, '201') },
        delete: { ...empty, ...query('number') },
      },
    }
    expect(Object.values(rolesIn(paths)).map((said) => said.split(' ')[0])).toEqual(['unsure', 'create', 'delete-many'])
  })

  it('POST searches where its path says so, or its body asks for what GET asks for in its query', () => {
    const found = shows(listOf(ref('Pet')))
    const asked = sends({ type: 'object', properties: { name: text, owner: text } })
    const roles = rolesIn({
      '/pets/search': { get: found, post: { ...sends(ref('Pet')), ...found } },
      '/pets/similar': { get: { ...query('name', 'owner'), ...found }, post: { ...asked, ...found } },
      '/pets/lost': { get: { ...query('limit'), ...found }, post: { ...asked, ...found } },
    })
    expect(roles['post /pets/search']).toMatch(/^search /)
    expect(roles['post /pets/similar']).toMatch(/^search /)
    expect(roles['post /pets/lost']).toMatch(/^create /)
  })

  it('GET of an item reads it, also where it shows a list of what is listed: of that one', () => {
    const paths = (items: object) => ({
      '/pets': { get: shows(listOf(ref('Pet'))) },
      '/pets/{id}': { get: shows(listOf(items)), delete: empty },
    })
    expect(rolesIn(paths(ref('Pet')))['get /pets/{id}']).toBe('read pets')
    expect(rolesIn(paths(ref('Owner')))['get /pets/{id}']).toBe('unsure pets')
  })

  it('what lies below an item and shows it changes it, where all that it is sent are members of it', () => {
    const said = (...names: string[]) =>
      sends({ type: 'object', properties: Object.fromEntries(names.map((name) => [name, text])) })
    const shown = shows(ref('Pet'))
    const below = {
      '/pets/{petId}/status': { put: { ...said('status'), ...shown } },
      '/pets/{petId}/rename': { post: { ...said('name'), ...shown } },
      '/pets/{petId}/twin': { post: { ...said('name'), ...shown } },
      '/pets/{petId}/owner': { put: { ...said('owner'), ...shown } },
      '/pets/{petId}/answer': { put: shown },
      '/pets/{petId}/cancel': { put: { ...said('name'), ...shown } },
    }
    expect(Object.values(rolesIn({ ...PETS, ...below })).slice(-6)).toEqual([
      'update pets',
      'update pets',
      'action pets',
      'action pets',
      'action pets',
      'action pets',
    ])
  })

  it('POST removes those that it names, where its path says so', () => {
    const of = (request: object) => rolesIn({ ...PETS, '/pets/delete': { post: { ...sends(request), ...empty } } })
    const named = (name: string) => ({ type: 'object', properties: { [name]: listOf(text) } })
    expect(of(named('pet_ids'))['post /pets/delete']).toBe('delete-many pets')
    expect(of(named('reasons'))['post /pets/delete']).toBe('action pets')
  })

  it('PUT on a collection is about the item that the body names', () => {
    expect(rolesIn({ ...PETS, '/pets': { put: sends(ref('Pet')) } })['put /pets']).toBe('replace pets')
  })

  it('PUT updates where it needs nothing of what a creation needs', () => {
    const partly = { put: { ...sends({ type: 'object', properties: { name: text } }), ...shows(ref('Pet')) } }
    expect(rolesIn({ ...PETS, '/pets/{petId}': { ...PETS['/pets/{petId}'], ...partly } })['put /pets/{petId}']).toBe(
      'update pets',
    )
  })

  it('PUT replaces where a creation needs nothing either', () => {
    const any = { type: 'object', properties: { name: text } }
    const paths = {
      '/pets': { post: { ...sends({ ...any, title: 'New' }), ...shows(ref('Pet')) } },
      '/pets/{petId}': { get: shows(ref('Pet')), put: sends(any) },
    }
    expect(rolesIn(paths)['put /pets/{petId}']).toBe('replace pets')
  })

  it('a verb that answers 200 does something, whatever it shows', () => {
    const report = { type: 'object', properties: { report: text } }
    expect(
      rolesIn({ ...PETS, '/pets/{petId}/validate': { post: { ...sends(report), ...shows(report) } } }),
    ).toMatchObject({
      'post /pets/{petId}/validate': 'action pets',
    })
  })

  it('an item in an envelope stays one, though it has a list', () => {
    const toys = { type: 'object', properties: { pet: { type: 'object', properties: { toys: listOf(ref('Owner')) } } } }
    expect(rolesIn({ '/pets/{petId}': { get: shows(toys) } })['get /pets/{petId}']).toMatch(/^(?:read|unsure)/)
    expect(infer({ '/pets/{petId}': { get: shows(toys) } }).operations[0]?.list).toBeUndefined()
  })

  it('DELETE on a collection removes many', () => {
    expect(rolesIn({ ...PETS, '/pets': { ...PETS['/pets'], delete: empty } })['delete /pets']).toBe('delete-many pets')
  })

  it('an item that no member of the record names alone is unsure', () => {
    const network = { type: 'object', properties: { network: text, view: text } }
    const paths = { '/networks': { get: shows(listOf(network)) }, '/networks/{ip}/{length}': { get: shows(network) } }
    expect(rolesIn(paths)['get /networks/{ip}/{length}']).toMatch(/^unsure/)
  })
})

describe('a resource', () => {
  const find = (paths: Record<string, unknown>, name: string) => infer(paths).resources.find((one) => one.name === name)
  const child = {
    '/owners/{ownerId}': { get: shows(ref('Owner')) },
    '/v1/{region}/owners/{ownerId}/pets': { get: shows(listOf(ref('Pet'))) },
    '/v1/{region}/owners/{ownerId}': { get: shows(ref('Owner')) },
    '/v1/{region}/owners/{ownerId}/pets/{pet_id}': { get: shows(ref('Pet')) },
  }

  it('lies under the item that its path goes through, and under everything else that its path names', () => {
    const pets = find(child, 'v1.owners.pets')
    expect(pets).toMatchObject({ parent: 'v1.owners', under: ['region', 'ownerId'] })
    expect(infer(child).resources.map(({ name }) => name)).toEqual(['owners', 'v1.owners', 'v1.owners.pets'])
  })

  it('knows what a record looks like, and which members are unique', () => {
    const pet = {
      type: 'object',
      properties: { id: text, tag: { ...text, 'x-unique': { ignoreCase: true } }, chip: { ...text, 'x-unique': true } },
    }
    const pets = find({ '/pets/{id}': { get: shows(pet) } }, 'pets')
    expect(pets?.schema?.schema).toBe(pet)
    expect(pets?.unique).toEqual([
      { member: ['tag'], ignoreCase: true, within: 'parent' },
      { member: ['chip'], ignoreCase: false, within: 'parent' },
    ])
  })

  it.each([
    ['petId', { id: text }, 'id'],
    ['pet_id', { pet_id: text, id: text }, 'pet_id'],
    ['petSid', { sid: text }, 'sid'],
    ['Sid', { sid: text }, 'sid'],
    ['name', { name: text }, 'name'],
    ['pet', { slug: text }, 'slug'],
    ['pet', { id: { type: 'integer' }, name: text }, 'name'],
    ['pet', { id: { ...text, format: 'uuid' }, name: text }, 'id'],
    ['id', { uuid: text }, 'uuid'],
    ['id', { Id: text }, 'Id'],
    ['pid', { id: text }, 'id'],
    ['petId', { id: { type: 'integer' }, petId: { type: 'object' } }, 'id'],
  ])('is named by {%s} in its path, which is the member of %j: %s', (parameter, properties, member) => {
    const pet = { type: 'object', properties: { ...properties, color: text } }
    expect(find({ [`/pets/{${parameter}}`]: { get: shows(pet) } }, 'pets')?.identity).toMatchObject({
      parameter,
      member,
    })
  })

  it.each([
    ['petId', { id: { type: 'integer' }, name: text }, 'id'],
    ['pet_id', { name: text, pet_id: { type: 'integer' } }, 'pet_id'],
    ['id', { name: text, entity_id: text, vendor_id: text }, 'entity_id'],
    ['key', { key: { type: 'integer' }, name: text }, 'name'],
  ])('is named by {%s}, a text, which is the member of %j: %s', (name, properties, member) => {
    const pet = { type: 'object', properties: { ...properties, color: text } }
    const parameters = [{ name, in: 'path', required: true, schema: text }]
    expect(find({ [`/pets/{${name}}`]: { parameters, get: shows(pet) } }, 'pets')?.identity?.member).toBe(member)
  })

  it('is named as a change of it shows, where nothing else shows one', () => {
    const pet = { type: 'object', properties: { id: text, name: text } }
    expect(find({ '/pets/{petId}': { patch: shows(pet), delete: empty } }, 'pets')?.identity?.member).toBe('id')
  })

  it('is called by one of the words of its path: an API of apis', () => {
    const envelope = { type: 'object', properties: { api: { type: 'object', properties: { id: text, name: text } } } }
    expect(find({ '/apis/{apiId}': { get: shows(envelope) } }, 'apis')?.identity?.member).toBe('id')
  })

  it.each<[why: string, pet: object, sent: object | undefined, parameter: object, member: string]>([
    ['each has an id', { required: ['id'] }, undefined, {}, 'id'],
    ['its id is read-only', { properties: { id: { ...text, readOnly: true }, name: text } }, undefined, {}, 'id'],
    ['a creation takes a name and no id', {}, { name: text }, {}, 'id'],
    ['a creation takes both', {}, { name: text, id: text }, {}, 'name'],
    ['nothing says more of its id', {}, undefined, {}, 'name'],
    ['it has no id', { properties: { name: text } }, { name: text }, {}, 'name'],
    ['it has a uuid', { properties: { uuid: text, name: text }, required: ['uuid'] }, undefined, {}, 'uuid'],
    ['it has a slug', { properties: { id: text, slug: text, name: text }, required: ['id'] }, undefined, {}, 'slug'],
    [
      'its path takes a text, and its id is a number',
      { properties: { id: { type: 'integer' }, name: text } },
      { name: text },
      { schema: text },
      'name',
    ],
    [
      'its path has the example of a name',
      { properties: { id: text, name: { ...text, examples: ['Rex'] } }, required: ['id'] },
      { name: text },
      { example: 'Rex' },
      'name',
    ],
  ])('whose path says no more than what it is, and %s, has this identity', (_, more, sent, parameter, member) => {
    const pet = { type: 'object', properties: { id: text, name: text }, ...more }
    const parameters = [{ name: 'pet', in: 'path', required: true, schema: {}, ...parameter }]
    const create = sent && { post: { ...sends({ type: 'object', properties: sent }), ...shows(pet, '201') } }
    const paths = { '/pets': { get: shows(listOf(pet)), ...create }, '/pets/{pet}': { parameters, get: shows(pet) } }
    expect(find(paths, 'pets')?.identity?.member).toBe(member)
  })

  it.each([
    ['the server, which shows what it has made', { id: { ...text, readOnly: true } }, [], 'server'],
    ['the server, where the client may leave it out and it is an id', { id: text }, [], 'server'],
    ['the client, who must send it', { id: text }, ['id'], 'client'],
    ['the client, who may send a name', { name: text }, [], 'client'],
  ])('is named by %s', (_, properties, required, by) => {
    const pet = { type: 'object', properties: { ...properties, color: text }, required }
    const paths = { '/pets': { post: { ...sends(pet), ...shows(pet) } }, '/pets/{id}': { get: shows(pet) } }
    const renamed = 'name' in properties ? { '/pets': paths['/pets'], '/pets/{name}': paths['/pets/{id}'] } : paths
    expect(find(renamed, 'pets')?.identity?.by).toBe(by)
  })
})

describe('bodies', () => {
  const operationsOf = (paths: Record<string, unknown>) => infer(paths).operations

  it('show a record in an envelope, which is found by the schema that operations share', () => {
    const enveloped = {
      type: 'object',
      properties: { meta: { type: 'object', properties: { took: text } }, pet: ref('Pet') },
    }
    const [create, read] = operationsOf({
      '/pets': { post: { ...sends({ type: 'object', properties: { pet: ref('Pet') } }), ...shows(enveloped, '201') } },
      '/pets/{petId}': { get: shows(enveloped) },
    })
    expect(create).toMatchObject({ request: ['pet'], reply: ['pet'] })
    expect(read?.reply).toEqual(['pet'])
  })

  it('say a record as a whole, though a part of it has much in common with one', () => {
    const policy = { type: 'object', properties: { id: text, name: text, status: text } }
    const sent = { type: 'object', properties: { name: text, status: text, city: text, fur: text, policy } }
    const shown = { type: 'object', properties: { id: text, name: text, status: text, fur: text, born: text } }
    const [create] = operationsOf({
      '/pets': { post: { ...sends(sent), ...shows(shown, '201') } },
      '/pets/{petId}': { get: shows(shown) },
    })
    expect(create?.request).toEqual([])
  })

  it('may be one of several things, one of which is a record that holds another', () => {
    const schemas = { Post: { type: 'object', properties: { id: text, text, likes: {}, again: ref('Post') } } }
    const later = { type: 'object', required: ['at'], properties: { at: text, note: text, by: text, place: text } }
    const paths = {
      '/posts': { post: { ...sends(ref('Post')), ...shows({ oneOf: [ref('Post'), later] }) } },
      '/posts/{id}': { get: shows(ref('Post')) },
    }
    const model = { openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths, components: { schemas } }
    const [create] = findResources(buildContract(model as unknown as Document)).operations
    expect(create?.reply).toEqual([])
  })

  it('show a record as it is, though it has a member called data', () => {
    const event = {
      type: 'object',
      properties: { id: text, data: { type: 'object', properties: { id: text, object: text } } },
    }
    expect(operationsOf({ '/events/{id}': { get: shows(event) } })[0]?.reply).toEqual([])
  })

  it('of one form for all replies, a list, show one record in it', () => {
    const enveloped = { type: 'object', properties: { data: listOf(ref('Pet')), count: { type: 'integer' } } }
    const { operations } = infer({
      '/pets': { get: shows(enveloped), post: { ...sends(ref('Pet')), ...shows(enveloped, '201') } },
      '/pets/{petId}': { get: shows(listOf(ref('Pet'))), patch: { ...sends(ref('Pet')), ...shows(ref('Pet')) } },
    })
    expect(operations.map(({ reply }) => reply)).toEqual([undefined, ['data', '0'], ['0'], []])
  })

  it('that show nothing of the record, show no record', () => {
    const done = { type: 'object', properties: { ok: { type: 'boolean' } } }
    const [create] = operationsOf({
      '/pets': { post: { ...sends(ref('Pet')), ...shows(done) } },
      '/pets/{petId}': { get: shows(ref('Pet')) },
    })
    expect(create).toMatchObject({ role: 'create', request: [] })
    expect(create?.reply).toBeUndefined()
  })
})

describe('a list', () => {
  const listed = (schema: object, parameters: object = {}) =>
    infer({ '/pets': { get: { ...shows(schema), ...parameters } }, '/pets/{petId}': { get: shows(ref('Pet')) } })
      .operations[0]?.list

  it.each([
    ['itself a list', listOf(ref('Pet')), [], []],
    [
      'a page',
      { type: 'object', properties: { total: { type: 'integer' }, items: listOf(ref('Pet')) } },
      ['items'],
      [],
    ],
    [
      'two levels deep',
      { type: 'object', properties: { data: { type: 'object', properties: { pets: listOf(ref('Pet')) } } } },
      ['data', 'pets'],
      [],
    ],
    ['of envelopes', listOf({ type: 'object', properties: { pet: ref('Pet') } }), [], ['pet']],
  ])('is found where the reply is %s', (_, schema, at, item) => {
    expect(listed(schema)).toMatchObject({ at, item })
  })

  it.each([
    [['limit', 'offset'], { kind: 'offset', size: 'limit', start: 'offset' }],
    [['page', 'per_page'], { kind: 'page', size: 'per_page', start: 'page' }],
    [['pageSize', 'cursor'], { kind: 'cursor', size: 'pageSize', start: 'cursor' }],
    [['limit', 'starting_after'], { kind: 'cursor', size: 'limit', start: 'starting_after' }],
    [['before', 'after', 'limit'], { kind: 'cursor', size: 'limit', start: 'after' }],
    [['limit', 'ending_before'], { kind: 'cursor', size: 'limit', start: 'ending_before' }],
  ])('is asked for in pages by %j', (names, paging) => {
    expect(listed(listOf(ref('Pet')), query(...names))?.paging).toEqual(paging)
  })

  it('tells how many there are, and what comes next', () => {
    const page = {
      type: 'object',
      properties: {
        data: listOf(ref('Pet')),
        meta: { type: 'object', properties: { total: { type: 'integer' }, next_cursor: text } },
      },
    }
    expect(listed(page, query('cursor'))?.paging).toMatchObject({
      total: ['meta', 'total'],
      next: ['meta', 'next_cursor'],
    })
  })

  it.each([
    ['paging', { next: { type: 'object', properties: { link: text, after: text } } }, ['paging', 'next', 'link']],
    ['_links', { next: { type: 'object', properties: { href: text } } }, ['_links', 'next', 'href']],
    ['pages', { next: { type: 'object', properties: { page: text, after: text } } }, ['pages', 'next', 'after']],
    ['response_metadata', { next_cursor: text }, ['response_metadata', 'next_cursor']],
  ])('tells what comes next in %s, in a thing of its own', (name, properties, next) => {
    const page = { type: 'object', properties: { data: listOf(ref('Pet')), [name]: { type: 'object', properties } } }
    expect(listed(page, query('after'))?.paging).toEqual({ kind: 'cursor', start: 'after', next })
  })

  it('is filtered by parameters that are called like members, and sorted', () => {
    expect(listed(listOf(ref('Pet')), query('status', 'filter[name]', 'color', 'sort', 'direction'))).toMatchObject({
      filters: { status: ['status'], 'filter[name]': ['name'] },
      sort: 'sort',
      direction: 'direction',
    })
  })

  it('is picked by how members compare that have an order, and by several values', () => {
    const properties = {
      id: { type: 'integer' },
      price: { type: 'number' },
      created_at: { ...text, format: 'date-time' },
    }
    const asked = query('ids', 'price[gte]', 'maxPrice', 'created_after', 'until', 'max_color', 'id_before')
    const shape = listed(listOf({ type: 'object', properties }), asked)
    expect(shape?.filters).toEqual({ ids: ['id'] })
    expect(shape?.ranges).toEqual({
      'price[gte]': { at: ['price'], bound: 'gte' },
      maxPrice: { at: ['price'], bound: 'lte' },
      created_after: { at: ['created_at'], bound: 'gt' },
    })
  })

  it('may lie beside what the path has said already', () => {
    const rules = {
      type: 'object',
      properties: { roomId: text, rules: listOf({ type: 'object', properties: { type: text } }), created_at: text },
    }
    const path = { parameters: [{ name: 'roomId', in: 'path', required: true, schema: text }] }
    const { operations } = infer({
      '/rooms/{roomId}/rules': {
        get: { ...shows(rules), ...path },
        post: { ...sends({ type: 'object', properties: { rules: {} } }), ...shows(rules), ...path },
      },
    })
    expect(operations).toMatchObject([
      { role: 'list', list: { at: ['rules'] } },
      { role: 'create-many', request: ['rules'] },
    ])
  })

  it('below a parameter is no item', () => {
    const page = { type: 'object', properties: { pets: listOf(ref('Pet')), total: { type: 'integer' } } }
    expect(rolesIn({ '/breeds/{breed}': { get: { ...shows(page), ...query('page') } } })).toEqual({
      'get /breeds/{breed}': 'list breeds',
    })
  })

  it('is none where a thing has a list among its members', () => {
    const settings = {
      type: 'object',
      properties: { theme: text, limits: { type: 'object', properties: {} }, tags: listOf(text) },
    }
    expect(infer({ '/settings': { get: shows(settings) } }).operations[0]?.role).toBe('singleton-read')
  })
})

describe('what the document says', () => {
  it('comes first: a link leads from a creation to its item, by a member', () => {
    const links = { read: { operationId: 'readPet', parameters: { petName: '$response.body#/pet/tag' } } }
    const tagged = { type: 'object', properties: { tag: text, id: text } }
    const { operations, resources } = infer({
      '/adopt': {
        post: {
          responses: { '201': { description: 'ok', links, ...json({ type: 'object', properties: { pet: tagged } }) } },
        },
      },
      '/pets/{petName}': { get: { operationId: 'readPet', ...shows(tagged) } },
    })
    expect(operations[0]).toMatchObject({ role: 'create', resource: 'pets', reply: ['pet'], evidence: 'documented' })
    expect(resources.find(({ name }) => name === 'pets')?.identity).toEqual({
      parameter: 'petName',
      member: 'tag',
      by: 'server',
    })
  })

  it('is followed without a look at the replies of what has no links', () => {
    const links = { read: { operationId: 'readPet', parameters: { petId: '$response.body#/id' } } }
    const contract = contractOf({
      ...{ '/pets': { get: { operationId: 'listPets', ...shows(listOf(ref('Pet'))) } } },
      '/buy': {
        post: { operationId: 'buy', responses: { '201': { description: 'ok', links, ...json(ref('Pet')) } } },
      },
      '/pets/{petId}': { get: { operationId: 'readPet', ...shows(ref('Pet')) } },
      ...{ '/owners': { get: { operationId: 'listOwners', ...shows(listOf(ref('Owner'))) } } },
    })
    const looks = ['buy', 'listOwners'].map((id) =>
      vi.spyOn(contract.operation(id) as DeclaredOperation, 'replies', 'get'),
    )
    const resources = findResources(contract)
    expect(resources.operation('readPet')).toMatchObject({ role: 'read', resource: 'pets', evidence: 'documented' })
    expect(resources.named('pets')?.near.map(({ operationId }) => operationId)).toContain('buy')
    expect(looks.map((look) => look.mock.calls.length > 0)).toEqual([true, false])
  })

  it('leaves a POST that changes an item what it is, wherever its links lead', () => {
    const links = { self: { operationId: 'readPet', parameters: { petId: '$response.body#/id' } } }
    const responses = { '200': { description: 'ok', links, ...json(ref('Pet')) } }
    const { operations } = infer({
      '/pets/{petId}': {
        get: { operationId: 'readPet', ...shows(ref('Pet')) },
        post: { ...sends(ref('Pet')), responses },
      },
    })
    expect(operations.map(({ role, evidence }) => [role, evidence])).toEqual([
      ['read', 'assumed'],
      ['update', 'assumed'],
    ])
  })

  it('is what x-resource says, and what it leaves out is found', () => {
    const { operations, resources, diagnostics } = infer({
      ...PETS,
      '/pets/{petId}/feed': { post: { ...empty, 'x-resource': 'none' } },
      '/animals': {
        post: {
          ...sends({ type: 'object', properties: { data: ref('Pet') } }),
          'x-resource': { role: 'create', name: 'pets', request: '/data', 'x-evidence': 'observed' },
        },
      },
    })
    expect(operations.at(-2)).toMatchObject({ role: 'none', resource: undefined, evidence: 'documented' })
    expect(operations.at(-1)).toMatchObject({
      role: 'create',
      resource: 'pets',
      request: ['data'],
      evidence: 'observed',
      sure: 1,
    })
    expect(resources.map(({ name }) => name)).toEqual(['pets'])
    expect(diagnostics).toEqual([])
  })

  it.each([
    [{ role: 'make' }, 'there is no role make', '/role'],
    [{ role: 'read', reply: 'data' }, 'reply must be a JSON Pointer such as /data', '/reply'],
    [{ rol: 'read' }, 'x-resource has no member rol', '/rol'],
    [7, 'x-resource must be a role or an object', ''],
    [{ role: 'read', identity: 'id' }, 'identity must be an object', '/identity'],
    [{ role: 'read', identity: { by: 'me' } }, 'by must be one of client, server', '/identity/by'],
    [{ role: 'read', identity: { parameter: 5 } }, 'parameter must be a text', '/identity/parameter'],
    [{ role: 'read', list: [] }, 'list must be an object', '/list'],
    [{ role: 'read', list: { sort: 1 } }, 'sort must be a text', '/list/sort'],
    [{ role: 'read', list: { paging: { kind: 'cursors' } } }, 'kind must be one of offset,', '/list/paging/kind'],
  ])('is told where it makes no sense: %j', (said, message, where) => {
    const { operations, diagnostics } = infer({
      '/pets/{petId}': { get: { ...shows(ref('Pet')), 'x-resource': said } },
    })
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]?.message).toContain(message)
    expect(diagnostics[0]?.pointer).toBe(`#/paths/~1pets~1%7BpetId%7D/get/x-resource${where}`)
    expect(operations[0]?.role).toBe('read')
  })
})

describe('one operation', () => {
  const OWNERS = {
    '/owners': { get: shows(listOf(ref('Owner'))), post: { ...sends(ref('Owner')), ...shows(ref('Owner'), '201') } },
    '/owners/{id}': { get: shows(ref('Owner')), delete: empty },
    '/owners/{id}/pets': {
      get: shows(listOf(ref('Pet'))),
      post: { ...sends(ref('Pet')), ...shows(ref('Pet'), '201') },
    },
    '/owners/{id}/pets/{petId}': { get: shows(ref('Pet')) },
    '/owners/{id}/feed': { post: empty },
    '/owners/search': { get: shows(listOf(ref('Owner'))) },
    '/breeds/{breed}': { get: shows(ref('Pet')), delete: empty },
    '/settings': { get: shows(ref('Owner')), put: { ...sends(ref('Owner')), ...shows(ref('Owner')) } },
    '/cages': { post: { ...sends(ref('Pet')), ...shows(ref('Pet')) }, delete: empty },
  }

  it('asked for alone does what it does among all others', () => {
    const all = infer(OWNERS)
    for (const { operationId } of all.operations) {
      const alone = infer(OWNERS)
      expect(alone.operation(operationId)).toEqual(all.operation(operationId))
      const { resource } = all.operation(operationId) ?? {}
      const [one, other] = [alone.named(resource ?? ''), all.named(resource ?? '')]
      expect([one?.parent, one?.identity, one?.under]).toEqual([other?.parent, other?.identity, other?.under])
      expect(one?.near.map((near) => near.operationId)).toEqual(other?.near.map((near) => near.operationId))
    }
  })

  it('is found without a look at what has nothing to do with it', () => {
    const read = new Set<string>()
    const paths = Object.fromEntries(
      Object.entries(OWNERS).map(([path, item]) => [
        path,
        Object.fromEntries(
          Object.entries(item).map(([method, { responses, ...rest }]) => [
            method,
            Object.defineProperty({ ...rest }, 'responses', { get: () => read.add(path) && responses }),
          ]),
        ),
      ]),
    )
    const contract = contractOf(paths)
    const found = findResources(contract)
    const { id = '' } = contract.operations.find(({ path, method }) => path === '/settings' && method === 'GET') ?? {}
    expect(found.names).toContain('owners.pets')
    expect(read).toEqual(new Set())
    expect(found.operation(id)?.role).toBe('singleton-read')
    expect(read).toEqual(new Set(['/settings']))
  })
})

it.each([
  ['pets', 'pet'],
  ['ids', 'id'],
  ['statuses', 'status'],
  ['aliases', 'alias'],
  ['databases', 'database'],
  ['toy boxes', 'toy box'],
  ['shelves', 'shelf'],
  ['heroes', 'hero'],
  ['movies', 'movie'],
  ['categories', 'category'],
  ['status', 'status'],
])('one of %s is a %s', (several, one) => {
  expect(singularOf(several)).toBe(one)
})
