import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { readFiles, readText } from './read-files.ts'

const folder = createFolder()
afterAll(() => folder.remove())

const HEAD = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\n"

/** Reads the first of these files. */
const read = (files: Readonly<Record<string, string>>) => readFiles(folder.write({ '.git/HEAD': '', ...files }))

/** What a text with these components becomes. */
const components = (text: string) => readText(`${HEAD}components:\n${text}`, 'a.yaml').data.components

describe('a document in several files', () => {
  it('is one document: what it refers to is among its components, under the name it has in its file', async () => {
    const { data, broken } = await read({
      'openapi.yaml': `${HEAD}paths:
  /pets:
    get:
      parameters: [{ $ref: 'parts.yaml#/Limit' }, { $ref: 'parts.yaml#/Limit' }]
      requestBody: { $ref: 'parts.yaml#/Body' }
      responses: { '200': { $ref: 'parts.yaml#/Done' } }`,
      'parts.yaml': `Limit: { name: limit, in: query, schema: { type: integer } }
Body: { content: { application/json: { schema: { $ref: schemas/pet.json } } } }
Done: { description: Done, headers: { X-Rest: { $ref: '#/Rest' } }, content: { application/json: { examples: { one: { $ref: '#/One' } } } } }
Rest: { schema: { type: integer } }
One: { value: { name: Rex } }`,
      'schemas/pet.json': '{ "type": "object" }',
    })
    expect(broken).toEqual([])
    const ref = (pointer: string) => ({ $ref: pointer })
    expect(data.paths['/pets'].get).toEqual({
      parameters: [ref('#/components/parameters/Limit'), ref('#/components/parameters/Limit')],
      requestBody: ref('#/components/requestBodies/Body'),
      responses: { 200: ref('#/components/responses/Done') },
    })
    expect(data.components).toEqual({
      parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
      requestBodies: { Body: { content: { 'application/json': { schema: ref('#/components/schemas/pet') } } } },
      responses: {
        Done: {
          description: 'Done',
          headers: { 'X-Rest': ref('#/components/headers/Rest') },
          content: { 'application/json': { examples: { one: ref('#/components/examples/One') } } },
        },
      },
      headers: { Rest: { schema: { type: 'integer' } } },
      examples: { One: { value: { name: 'Rex' } } },
      schemas: { pet: { type: 'object' } },
    })
  })

  it('keeps circles over files as references, each part once', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { Start: { $ref: 'a.yaml#/A', title: Start } } }`,
      'a.yaml': 'A: { properties: { b: { $ref: b.yaml }, again: { $ref: "#/A" } } }',
      'b.yaml':
        'properties: { a: { $ref: "a.yaml#/A" }, start: { $ref: "openapi.yaml#/components/schemas/Start" }, self: { $ref: "#" } }',
    })
    expect(data.components.schemas).toEqual({
      Start: { $ref: '#/components/schemas/A', title: 'Start' },
      A: { properties: { b: { $ref: '#/components/schemas/b' }, again: { $ref: '#/components/schemas/A' } } },
      b: {
        properties: {
          a: { $ref: '#/components/schemas/A' },
          start: { $ref: '#/components/schemas/Start' },
          self: { $ref: '#/components/schemas/b' },
        },
      },
    })
  })

  it('has a part of a part once: the pointer leads into the whole', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { Tag: { $ref: 'pet.yaml#/properties/tag' , title: T }, Pet: { items: { $ref: pet.yaml } } } }`,
      'pet.yaml': 'properties: { tag: { type: string }, tags: { items: { $ref: "#/properties/tag" } } }',
    })
    expect(data.components.schemas).toEqual({
      Tag: { $ref: '#/components/schemas/pet/properties/tag', title: 'T' },
      Pet: { items: { $ref: '#/components/schemas/pet' } },
      pet: {
        properties: { tag: { type: 'string' }, tags: { items: { $ref: '#/components/schemas/pet/properties/tag' } } },
      },
    })
  })

  it('has a part of a part among the components where it stands in no property, and a reference in its place', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { A: { items: { $ref: order.yaml } }, B: { items: { $ref: 'order.yaml#/allOf/0' } } } }`,
      'order.yaml': `properties: { note: { $ref: '#/definitions/note' } }
allOf: [{ type: object }]
definitions: { note: { maxLength: 9, items: { $ref: '#/definitions/note' } }, other: {} }`,
    })
    expect(data.components.schemas).toEqual({
      A: { items: { $ref: '#/components/schemas/order' } },
      B: { items: { $ref: '#/components/schemas/allOf_0' } },
      order: {
        properties: { note: { $ref: '#/components/schemas/note' } },
        allOf: [{ $ref: '#/components/schemas/allOf_0' }],
        definitions: { note: { $ref: '#/components/schemas/note' }, other: {} },
      },
      allOf_0: { type: 'object' },
      note: { maxLength: 9, items: { $ref: '#/components/schemas/note' } },
    })
  })

  it('puts a part in the place of the component or path that is nothing but a reference to it', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}paths: { /pets: { $ref: paths/pets.yaml } }
components: { schemas: { Pet: { $ref: ./schemas/pet.yaml } }, securitySchemes: { key: { $ref: 'auth.yaml#/apiKey' } } }`,
      'paths/pets.yaml':
        'get: { responses: { default: { description: D, content: { application/json: { schema: { $ref: ../schemas/pet.yaml } } } } } }',
      'schemas/pet.yaml': 'properties: { mother: { $ref: pet.yaml } }',
      'auth.yaml': 'apiKey: { type: apiKey, in: header, name: X-Key }',
    })
    expect(data.paths['/pets'].get.responses.default.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Pet',
    })
    expect(data.components).toEqual({
      schemas: { Pet: { properties: { mother: { $ref: '#/components/schemas/Pet' } } } },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    })
  })

  it('may have whole maps and objects in files of their own, where OpenAPI knows no reference', async () => {
    const { data, broken } = await read({
      'openapi.yaml': `openapi: 3.1.0
info: { $ref: info.yaml }
paths: { $ref: paths/_index.yaml }
components: { schemas: { $ref: schemas/_index.yaml } }`,
      'info.yaml': "{ title: Pets, version: '1' }",
      'paths/_index.yaml': "/pets: { get: { $ref: get-pets.yaml } }\n/more: { $ref: 'none.yaml' }",
      'paths/get-pets.yaml':
        "responses: { default: { description: D, content: { a/b: { schema: { $ref: '../schemas/_index.yaml#/Pet' } } } } }",
      'schemas/_index.yaml': 'Pet: { $ref: pet.yaml }\nOther: { type: string }',
      'schemas/pet.yaml': 'properties: { other: { $ref: "_index.yaml#/Other" } }',
    })
    expect(broken).toEqual([{ pointer: '#/paths/~1more', reference: 'none.yaml', reason: 'there is no such file' }])
    expect(data).toEqual({
      openapi: '3.1.0',
      info: { title: 'Pets', version: '1' },
      paths: {
        '/pets': {
          get: {
            responses: {
              default: { description: 'D', content: { 'a/b': { schema: { $ref: '#/components/schemas/Pet' } } } },
            },
          },
        },
        '/more': { $ref: 'none.yaml' },
      },
      components: {
        schemas: { Pet: { properties: { other: { $ref: '#/components/schemas/Other' } } }, Other: { type: 'string' } },
      },
    })
  })

  it('tells parts of one name apart by their file, by their folder, then by a number', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components:
  schemas:
    Pet: { type: string }
    All:
      anyOf: [{ $ref: 'a.yaml#/Pet' }, { $ref: 'x/a.yaml#/Pet' }, { $ref: 'a.yaml#/a_Pet' }, { $ref: 'a b.yaml' }, { $ref: 'a.yaml#/list/0' }]`,
      'a.yaml': 'Pet: { title: a }\na_Pet: { title: c }\nlist: [{ title: item }]',
      'x/a.yaml': 'Pet: { title: b }',
      'a b.yaml': 'title: space',
    })
    const { All, ...schemas } = data.components.schemas
    const titles = All.anyOf.map(
      ({ $ref }: { $ref: string }) => schemas[$ref.replace('#/components/schemas/', '')].title,
    )
    expect(titles).toEqual(['a', 'b', 'c', 'space', 'item'])
    expect(Object.keys(schemas)).toEqual(['Pet', 'a_Pet', 'x_a_Pet', 'a_a_Pet', 'a_b', 'list_0'])
  })

  it('is followed through a reference that stands in the way of a pointer', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { Pet: { $ref: pet.yaml }, Name: { $ref: '#/components/schemas/Pet/properties/name', title: N } } }`,
      'pet.yaml': 'properties: { name: { type: string } }',
    })
    expect(data.components.schemas.Name).toEqual({ $ref: '#/components/schemas/Pet/properties/name', title: 'N' })
  })

  it('is followed once through references that multiply', () => {
    const levels = Array.from({ length: 25 }, (_, level) => level)
    const schemas = {
      All: Object.fromEntries([
        ...levels.map((level) => [`a${level}`, { $ref: `#/components/schemas/X${level + 1}` }]),
        ['b', { $ref: '#/components/schemas/All' }],
      ]),
      ...Object.fromEntries(
        levels.map((level) => [`X${level}`, { $ref: `#/components/schemas/All/a${level}/b/a${level}/b` }]),
      ),
      X25: { $ref: '#/components/schemas/All' },
    }
    expect(readText(JSON.stringify({ openapi: '3.1.0', components: { schemas } }), 'a.json').broken).toEqual([])
  })

  it('has its parts where Swagger keeps them', async () => {
    const { data } = await read({
      'swagger.yaml': `swagger: '2.0'
paths:
  /a: { $ref: a.yaml }
  /b: { parameters: [{ $ref: 'parts.yaml#/Limit' }], get: { responses: { 200: { $ref: 'parts.yaml#/Done' } } } }`,
      'a.yaml': 'get: { responses: { 200: { schema: { $ref: "parts.yaml#/Pet" } } } }',
      'parts.yaml': 'Limit: { in: query, name: limit, type: integer }\nDone: { description: D }\nPet: { type: object }',
    })
    expect(data).toEqual({
      swagger: '2.0',
      paths: {
        '/a': { get: { responses: { 200: { schema: { $ref: '#/definitions/Pet' } } } } },
        '/b': {
          parameters: [{ $ref: '#/parameters/Limit' }],
          get: { responses: { 200: { $ref: '#/responses/Done' } } },
        },
      },
      definitions: { Pet: { type: 'object' } },
      parameters: { Limit: { in: 'query', name: 'limit', type: 'integer' } },
      responses: { Done: { description: 'D' } },
    })
  })

  it('leaves a $ref alone where it is data', async () => {
    const text = `${HEAD}x-topics: { $ref: none.md }
paths:
  /a:
    x-a: { $ref: none.md }
    get:
      parameters: [{ name: q, in: query, example: { $ref: none.json }, schema: { default: { $ref: none }, enum: [{ $ref: none }], const: { $ref: none }, examples: [{ $ref: none }] } }]
      responses:
        x-r: { $ref: none }
        default: { description: D, content: { a/b: { examples: { one: { value: { $ref: none } } } } }, links: { next: { parameters: { id: { $ref: none } }, requestBody: { $ref: none } } } }
components: { schemas: { A: { $ref: b.yaml, properties: { $ref: { type: string }, example: { $ref: b.yaml } } } } }`
    const { data, broken } = await read({ 'openapi.yaml': text, 'b.yaml': 'type: string' })
    expect(broken).toEqual([])
    expect(JSON.stringify(data).match(/"none[.\w]*"/g)).toHaveLength(11)
    expect(data.components.schemas.A.properties.example).toEqual({ $ref: '#/components/schemas/b' })
  })

  it('has the URIs of a mapping as pointers, and its names as they are', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { Pet: { discriminator: { propertyName: kind, mapping: { cat: cat.yaml, dog: Dog } }, oneOf: [{ $ref: cat.yaml }, { $ref: '#/components/schemas/Dog' }] }, Dog: {} } }`,
      'cat.yaml': 'type: object',
    })
    expect(data.components.schemas.Pet).toEqual({
      discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/cat', dog: 'Dog' } },
      oneOf: [{ $ref: '#/components/schemas/cat' }, { $ref: '#/components/schemas/Dog' }],
    })
  })

  it.each([
    ['a file that is not there', 'none.yaml', 'there is no such file'],
    ['a folder', './', 'it is a folder'],
    ['a member that is not there', 'b.yaml#/C', 'b.yaml has nothing there'],
    ['a text', 'b.yaml#/B/type', 'b.yaml has no object there'],
    ['a file that cannot be parsed', 'bad.yaml', 'bad.yaml:2:1 is not valid YAML: '],
    ['no URI', 'http://[', 'it is no URI'],
    ['another scheme', 'urn:example:pet', 'it is neither a file nor http'],
    ['a circle of pointers through references', 'b.yaml#/Round/x', 'it leads in a circle'],
  ])('says why a $ref to %s leads nowhere', async (_, reference, reason) => {
    const { data, broken } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { A: { items: { $ref: '${reference}' } } } }`,
      'b.yaml': "B: { type: string }\nRound: { $ref: '#/Round' }",
      'bad.yaml': 'a: [\n',
    })
    expect(broken).toEqual([
      { pointer: '#/components/schemas/A/items', reference, reason: expect.stringContaining(reason) },
    ])
    expect(data.components.schemas.A.items).toEqual({ $ref: reference })
  })

  it('takes in no map that is in a circle', async () => {
    const { data, broken } = await read({
      'openapi.yaml': `${HEAD}paths: { $ref: a.yaml }\ncomponents: { schemas: { Pet: { $ref: pet.yaml } } }`,
      'a.yaml': '{ $ref: b.yaml, /a: {} }',
      'b.yaml': '{ $ref: a.yaml, /b: {} }',
      'pet.yaml': '$ref: pet.yaml',
    })
    expect(data.paths).toMatchObject({ '/a': {}, '/b': {} })
    expect(data.components.schemas.Pet).toEqual({ $ref: '#/components/schemas/Pet' })
    expect(broken).toEqual([{ pointer: '#/paths', reference: 'a.yaml', reason: 'it leads in a circle' }])
  })

  it('lets a pointer of another file that leads nowhere lead nowhere here either', async () => {
    const { data } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { A: { items: { $ref: b.yaml } } } }`,
      'b.yaml': "items: { $ref: '#/components/schemas/A' }",
    })
    expect(data.components.schemas.b.items.$ref).toMatch(/b\.yaml#\/components\/schemas\/A$/)
  })
})

describe('ids and anchors', () => {
  it.each([
    ['an anchor', 'B: { $anchor: b, type: string }', '#b'],
    ['a fragment with escapes', 'B: { $anchor: b, type: string }', '#%62'],
    ['a $dynamicAnchor', 'B: { $dynamicAnchor: b, type: string }', '#b'],
    ['an id', "B: { $id: 'https://example.com/b', type: string }", 'https://example.com/b'],
    ['a relative id', 'B: { $id: b, type: string }', 'b'],
    ['an anchor below an id', 'C: { $id: c, $defs: { B: { $anchor: b } } }', 'c#b'],
    ['a pointer below an id', 'C: { $id: c, $defs: { B: {} } }', 'c#/$defs/B'],
  ])('%s leads where a pointer does', (_, other, reference) => {
    const { schemas } = components(`  schemas:\n    A: { $ref: '${reference}' }\n    ${other}`)
    expect(schemas.A.$ref).toBe('C' in schemas ? '#/components/schemas/C/$defs/B' : '#/components/schemas/B')
    expect(JSON.stringify(schemas)).not.toMatch(/\$(?:id|anchor|dynamicAnchor)/)
  })

  it('are those of the nearest id: pointers and anchors below it are relative to it', () => {
    const { schemas } = components(`  schemas:
    A:
      $id: https://example.com/a
      properties: { own: { $ref: '#/$defs/x' }, named: { $ref: '#x' }, sibling: { $ref: b } }
      $defs: { x: { $anchor: x } }
    B: { $id: 'https://example.com/b', $defs: { x: { $anchor: x } }, not: { $ref: '#x' } }`)
    expect(schemas.A.properties).toEqual({
      own: { $ref: '#/components/schemas/A/$defs/x' },
      named: { $ref: '#/components/schemas/A/$defs/x' },
      sibling: { $ref: '#/components/schemas/B' },
    })
    expect(schemas.B.not).toEqual({ $ref: '#/components/schemas/B/$defs/x' })
  })

  it('do not keep a pointer below an id from meaning the document, where the id has nothing there', () => {
    const text = `${HEAD}components: { schemas: { A: { $id: a, items: { $ref: '#/components/schemas/B' } }, B: {} } }`
    const { data, broken } = readText(text, 'a.yaml')
    expect(broken).toEqual([])
    expect(data.components.schemas.A.items).toEqual({ $ref: '#/components/schemas/B' })
  })

  it('are found in other files, also by a relative reference below an id of the web', async () => {
    const { data, broken } = await read({
      'openapi.yaml': `${HEAD}components: { schemas: { A: { items: { $ref: 'all.yaml#owner' } }, B: { items: { $ref: pet.json } } } }`,
      'all.yaml': 'Owner: { $anchor: owner, title: Owner }',
      'pet.json': `{ "$id": "https://example.com/schemas/pet.json", "title": "Pet", "items": { "$ref": "./owner.json" } }`,
      'owner.json': `{ "$id": "https://example.com/schemas/owner.json", "title": "O", "items": { "$ref": "pet.json" } }`,
    })
    expect(broken).toEqual([])
    expect(data.components.schemas).toEqual({
      A: { items: { $ref: '#/components/schemas/Owner' } },
      B: { items: { $ref: '#/components/schemas/pet' } },
      Owner: { title: 'Owner' },
      pet: { title: 'Pet', items: { $ref: '#/components/schemas/owner' } },
      owner: { title: 'O', items: { $ref: '#/components/schemas/pet' } },
    })
  })

  it('may be members of the author: a property called $id stays', () => {
    const text =
      "  schemas: { A: { properties: { $id: { type: string }, $anchor: {} }, example: { $id: x } }, B: { $ref: '#c' }, C: { $anchor: c } }"
    expect(components(text).schemas.A).toEqual({
      properties: { $id: { type: 'string' }, $anchor: {} },
      example: { $id: 'x' },
    })
  })

  it('may be a $dynamicRef, also beside a $ref: then both hold', () => {
    const { schemas } = components(`  schemas:
    Tree: { $dynamicAnchor: node, items: { $dynamicRef: '#node' } }
    Both: { $ref: '#/components/schemas/Tree', $dynamicRef: '#node', allOf: [{ title: T }] }`)
    expect(schemas).toEqual({
      Tree: { items: { $ref: '#/components/schemas/Tree' } },
      Both: { $ref: '#/components/schemas/Tree', allOf: [{ title: 'T' }, { $ref: '#/components/schemas/Tree' }] },
    })
  })

  describe('may be a $dynamicRef to what several schemas are called', () => {
    it('which then means the outermost on the way: a generic list is one of each kind', () => {
      const { schemas } = components(`  schemas:
    List: { $id: list, items: { $dynamicRef: '#item' }, $defs: { any: { $dynamicAnchor: item } } }
    Users: { $id: users, $ref: list, $defs: { user: { $dynamicAnchor: item, $ref: '#/components/schemas/User' } } }
    Pages: { $id: pages, properties: { all: { $ref: list } }, $defs: { page: { $dynamicAnchor: item, title: Page } } }
    User: { title: User }`)
      const { Users, Pages, List } = schemas
      const follow = (pointer: string) => schemas[pointer.split('/')[3] as string]
      expect(List).toEqual({ items: { $ref: '#/components/schemas/List/$defs/any' }, $defs: { any: {} } })
      expect(follow(Users.$ref).items).toEqual({ $ref: '#/components/schemas/Users/$defs/user' })
      expect(follow(Pages.properties.all.$ref).items).toEqual({ $ref: '#/components/schemas/Pages/$defs/page' })
      expect(Users.$defs.user).toEqual({ $ref: '#/components/schemas/User' })
      expect(Object.keys(schemas)).toHaveLength(6)
    })

    it('also in a circle: a strict tree has strict trees below it, and a plain one plain ones', async () => {
      const { data } = await read({
        'openapi.yaml': `${HEAD}components: { schemas: { Forest: { items: { $ref: strict-tree.yaml } }, Plain: { items: { $ref: tree.yaml } } } }`,
        'tree.yaml':
          '{ $id: tree.yaml, $dynamicAnchor: node, properties: { children: { items: { $dynamicRef: "#node" } } } }',
        'strict-tree.yaml':
          '{ $id: strict-tree.yaml, $dynamicAnchor: node, $ref: tree.yaml, unevaluatedProperties: false }',
      })
      const { Forest, Plain, ...others } = data.components.schemas
      const children = (name: string) => ({
        properties: { children: { items: { $ref: `#/components/schemas/${name}` } } },
      })
      expect(Plain.items.$ref).toBe('#/components/schemas/tree')
      expect(others.tree).toEqual(children('tree'))
      const strict = others['strict-tree']
      expect(strict.unevaluatedProperties).toBe(false)
      expect(strict.$ref).not.toBe(Plain.items.$ref)
      expect(others[strict.$ref.split('/')[3]]).toEqual(children('strict-tree'))
      expect(Object.keys(others)).toHaveLength(3)
    })

    it.each([
      [{ children: [{ children: [] }] }],
      [{ children: [{ children: [], more: 1 }] }],
      [{ children: [{ children: [{ more: 1 }] }] }],
      [{ more: 1 }],
    ])('as Ajv understands it: %j', (value) => {
      const tree = {
        $id: 'tree',
        $dynamicAnchor: 'node',
        properties: { children: { items: { $dynamicRef: '#node' } } },
      }
      const strict = { $id: 'strict', $dynamicAnchor: 'node', $ref: 'tree', unevaluatedProperties: false }
      const schemas = { Tree: tree, Strict: strict, AnyTree: { $ref: 'tree' }, AnyStrict: { $ref: 'strict' } }
      const bundled = readText(JSON.stringify({ openapi: '3.1.0', components: { schemas } }), 'a.json').data
      for (const [name, schema] of Object.entries(schemas)) {
        const asWritten = new Ajv2020({ strict: false, schemas: [tree, strict].filter((one) => one !== schema) })
        const asBundled = new Ajv2020({ strict: false }).addSchema(bundled, 'a')
        const verdict = asBundled.getSchema(`a#/components/schemas/${name}`)?.(value)
        expect({ name, verdict }).toEqual({ name, verdict: asWritten.validate(schema, value) })
      }
    })
  })
})
