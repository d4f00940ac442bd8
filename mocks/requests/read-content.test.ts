import { describe, expect, it } from 'vitest'
import { parseContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { compileValidators } from '../../documents/validators/compile-validators.ts'
import { MAX_DEPTH } from '../engine/validate-call.ts'
import { type Call, isRefusal, type Operation } from '../engine/vocabulary.ts'
import { readCall } from './read-call.ts'

const contract = parseContract(
  `
openapi: 3.1.0
info: { title: Bodies, version: '1' }
paths:
  /people: { post: { operationId: person, requestBody: { required: true, content: {
    application/x-www-form-urlencoded: &form { schema: { $ref: '#/components/schemas/Person' } },
    multipart/form-data: *form } } } }
  /letters: { post: { operationId: letter, requestBody: { content: { multipart/form-data: {
    schema: { type: object, properties: { address: { type: object, required: [street], properties: { street: { type: string } } },
      picture: { type: string, contentMediaType: image/png }, text: { type: string, minLength: 2 }, sizes: { type: array, items: { type: integer } } } },
    encoding: { picture: { contentType: 'image/png, image/jpeg', headers: { X-Rate: { required: true, schema: { type: integer } }, Content-Type: { required: true } } },
      sizes: { style: pipeDelimited, explode: false } } } } } } }
  /choices: { post: { operationId: choice, requestBody: { content: { application/x-www-form-urlencoded: {
    schema: { type: object, properties: { commas: &texts { type: array, items: { type: string } }, pipes: *texts, whole: *texts, plain: *texts, more: { type: object, properties: { size: { type: integer } } } } },
    encoding: { commas: { explode: false }, pipes: { style: pipeDelimited }, whole: { explode: true }, more: { explode: false } } } } } } }
  /texts: { post: { operationId: text, requestBody: { content: {
    text/plain: { schema: { type: integer, maximum: 9 } }, text/csv: { schema: { type: array } },
    text/*: { schema: { type: string, maxLength: 3 } } } } } }
  /bytes: { put: { operationId: bytes, requestBody: { required: true, content: {
    image/*: {}, application/pdf: { schema: { type: string, format: binary, maxLength: 4 } }, '*/*': { schema: { type: string, format: binary } } } } } }
  /patches: { patch: { operationId: patch, requestBody: { required: true, content: {
    application/json: { schema: { type: object, required: [name] } },
    application/json-patch+json: { schema: { type: array } },
    application/merge-patch+json: {},
    'application/vnd.a+json; version=1': { schema: { required: [one] } }, 'application/vnd.a+json; version=2': { schema: { required: [two] } } } } } }
  /lines: { post: { operationId: lines, requestBody: { content: {
    application/x-ndjson: { itemSchema: { type: object, required: [n] } },
    application/jsonl: { schema: { type: object, required: [n] } },
    application/json-seq: { schema: { type: array, maxItems: 2, items: { type: integer } }, itemSchema: { minimum: 2 } },
    application/ndjson: {}, application/jsonlines: { schema: { type: string, maxLength: 3 } } } } } }
  /pets: { put: { operationId: pet, requestBody: { content: {
    application/xml: { schema: { $ref: '#/components/schemas/Pet' } }, text/xml: { schema: { type: string, maxLength: 4 } },
    application/atom+xml: {}, application/soap+xml: { schema: { $ref: '#/components/schemas/Tree' } } } } } }
  /nothing: { post: { operationId: nothing } }
  /maybe: { post: { operationId: maybe, requestBody: { content: { application/json: { schema: { type: object } } } } } }
components:
  schemas:
    Tree: { type: object, properties: { size: { type: integer }, child: { $ref: '#/components/schemas/Tree' } } }
    Pet:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        id: { type: integer, xml: { attribute: true } }
        name: { type: string, minLength: 2 }
        tags: { type: array, maxItems: 2, xml: { wrapped: true }, items: { type: string, xml: { name: tag } } }
    Person:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        name: { type: string, minLength: 2 }
        age: { type: [integer, 'null'], maximum: 150 }
        isNew: { type: boolean }
        tags: { type: array, maxItems: 3, items: { enum: [a, b] } }
        either: { anyOf: [{ type: integer }, { type: array, items: { type: integer } }] }
        address: { type: object, additionalProperties: false, properties: { zip: { type: integer }, lines: { type: array, items: { type: string } } } }
        rows: { type: array, items: { type: object, properties: { id: { type: integer } } } }
        'a.b[c]': { type: integer }
        constructor: { type: integer }
        avatar: { type: string, format: binary }
`,
  'bodies.yaml',
)
const operations = new Map(listOperations(contract).map((operation) => [operation.id, operation]))
const validators = compileValidators(contract)

const read = (id: string, call: Partial<Call>) =>
  readCall(
    operations.get(id) as Operation,
    validators[id] ?? { replies: {} },
    {},
    { method: 'POST', path: '/', ...call },
  )
const typed = (id: string, type: string, body: string | Uint8Array) =>
  read(id, { headers: { 'content-type': type }, ...(typeof body === 'string' ? { text: body } : { bytes: body }) })

/** The body as it was read, or what was wrong with it. */
function outcomeOf(input: ReturnType<typeof read>): unknown {
  return isRefusal(input) ? `${input.refused}: ${input.message}` : input.body
}

const BYTES = Uint8Array.of(0xff, 0x00, 0x0d)
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const FORM = 'application/x-www-form-urlencoded'

/** A form as Fetch writes it. */
async function asMultipart(fields: readonly (readonly [string, string | Blob])[]) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const response = new Response(form)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isText = fields.every(([, value]) => typeof value === 'string')
  return {
    type: response.headers.get('content-type') as string,
    body: isText ? new TextDecoder().decode(bytes) : bytes,
  }
}

it('a property whose encoding says only explode is read in the style form, and one that says only a style as that is written', () => {
  const sent = 'commas=a,b&pipes=a|b&whole=a,b&plain=a,b&more=size,3'
  expect(outcomeOf(typed('choice', FORM, sent))).toEqual({
    commas: ['a', 'b'],
    pipes: ['a', 'b'],
    whole: ['a,b'],
    plain: ['a,b'],
    more: { size: 3 },
  })
})

const PEOPLE: readonly (readonly [sent: string, want: unknown])[] = [
  ['name=Ada', { name: 'Ada' }],
  ['name=Ada&age=36&isNew=true', { name: 'Ada', age: 36, isNew: true }],
  ['name=77&age=', { name: '77', age: null }],
  ['name=Ada&tags=a&tags=b', { name: 'Ada', tags: ['a', 'b'] }],
  ['name=Ada&tags=a', { name: 'Ada', tags: ['a'] }],
  ['name=Ada&tags[]=a&tags[]=b', { name: 'Ada', tags: ['a', 'b'] }],
  ['name=Ada&tags[1]=b&tags[0]=a', { name: 'Ada', tags: ['a', 'b'] }],
  ['name=Ada&either=1', { name: 'Ada', either: 1 }],
  ['name=Ada&either=1&either=2', { name: 'Ada', either: [1, 2] }],
  ['name=Ada&address[zip]=1010&address[lines][]=x', { name: 'Ada', address: { zip: 1010, lines: ['x'] } }],
  ['name=Ada&address={"zip":1}', { name: 'Ada', address: { zip: 1 } }],
  ['name=Ada&rows[][id]=1&rows[][id]=2', { name: 'Ada', rows: [{ id: 1 }, { id: 2 }] }],
  ['name=Ada&rows[0][id]=1', { name: 'Ada', rows: [{ id: 1 }] }],
  ['name=Ada&a.b[c]=3', { name: 'Ada', 'a.b[c]': 3 }],
  ['name=Ada&constructor=3', { name: 'Ada', constructor: 3 }],
  ['age=3', "invalid: body must have required property 'name'"],
  ['name=A', 'invalid: /name must NOT have fewer than 2 characters'],
  ['name=Ada&age=old', 'invalid: /age must be integer or null'],
  ['name=Ada&age=151', 'invalid: /age must be <= 150'],
  ['name=Ada&name=Bea', 'invalid: /name must be string'],
  ['name=Ada&tags=c', 'invalid: /tags/0 must be one of a, b'],
  ['name=Ada&tags=a&tags=a&tags=a&tags=a', 'invalid: /tags must NOT have more than 3 items'],
  ['name=Ada&address[x]=1', 'invalid: /address must not have a property x'],
  ['name=Ada&address[__proto__]=1', 'invalid: /address must not have a property __proto__'],
  ['name=Ada&other=1', 'invalid: body must not have a property other'],
  ['name=Ada&other[a]=1', 'invalid: body must not have a property other[a]'],
]

describe('a form', () => {
  it.each(PEOPLE)('of %s is %j', (sent, want) => {
    expect(outcomeOf(typed('person', FORM, sent))).toEqual(want)
  })

  it.each(PEOPLE)('as multipart of %s is %j', async (sent, want) => {
    const { type, body } = await asMultipart([...new URLSearchParams(sent)])
    expect(outcomeOf(typed('person', type, body))).toEqual(want)
  })

  it('given as data is held to the schema of the form', () => {
    const headers = { 'content-type': FORM }
    expect(outcomeOf(read('person', { headers, body: { name: 'Ada', age: 3 } }))).toEqual({ name: 'Ada', age: 3 })
    expect(outcomeOf(read('person', { body: { age: 3 } }))).toMatch(/required property 'name'/)
  })

  it.each([FORM, 'multipart/form-data; boundary=x'])('%s of deep JSON is refused, not followed', (type) => {
    const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`
    const body =
      type === FORM ? `address=${deep}` : `--x\r\nContent-Disposition: form-data; name=address\r\n\r\n${deep}\r\n--x--`
    expect(typed('person', type, body)).toMatchObject({ refused: 'malformed-body', rule: 'depth' })
    expect(typed('person', FORM, `name=Ada&tags${'[a]'.repeat(5000)}=1`)).toMatchObject({ refused: 'invalid' })
  })

  it('that is no UTF-8 is refused', () => {
    expect(outcomeOf(typed('person', FORM, BYTES))).toBe('malformed-body: body is not valid UTF-8')
  })
})

describe('a multipart body', () => {
  const letter = async (...fields: (readonly [string, string | Blob])[]) => {
    const { type, body } = await asMultipart(fields)
    return outcomeOf(typed('letter', type, body))
  }
  const json = (text: string | Uint8Array<ArrayBuffer>) => new Blob([text], { type: 'application/json' })

  it('has files of any bytes, a character for each', async () => {
    const { type, body } = await asMultipart([
      ['name', 'Ada'],
      ['avatar', new Blob([BYTES])],
    ])
    expect(outcomeOf(typed('person', type, body))).toEqual({ name: 'Ada', avatar: '\u00ff\u0000\r' })
  })

  it('has parts that are JSON', async () => {
    expect(await letter(['address', json('{"street":"Ring"}')])).toEqual({ address: { street: 'Ring' } })
    expect(await letter(['address', json('{}')])).toBe("invalid: /address must have required property 'street'")
    expect(await letter(['address', json('{')])).toBe('malformed-body: /address is not valid JSON')
    expect(await letter(['address', json(BYTES)])).toBe('malformed-body: /address is not valid UTF-8')
    expect(await letter(['text', json('{')])).toMatch(/must NOT have fewer/)
  })

  it('has parts as their encoding says', async () => {
    expect(await letter(['sizes', '1|2'])).toEqual({ sizes: [1, 2] })
    const png = new Blob([BYTES], { type: 'image/png' })
    expect(await letter(['picture', png])).toBe('invalid: /picture must be sent with the header x-rate')
    expect(await letter(['picture', json('{}')])).toBe('invalid: /picture must be sent as image/png or image/jpeg')
    const part = [
      '--x',
      'Content-Disposition: form-data; name="picture"',
      'X-Rate: 1',
      'Content-Type: image/png',
      '',
      'a',
    ]
    expect(outcomeOf(typed('letter', 'multipart/form-data; boundary=x', [...part, '--x--'].join('\r\n')))).toEqual({
      picture: 'a',
    })
  })

  it('is refused where a part of a form has no name', () => {
    const body = '--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--'
    const want = 'malformed-body: body has a part without a name in its content-disposition'
    expect(outcomeOf(typed('letter', 'multipart/form-data; boundary=x', body))).toBe(want)
  })

  it.each([
    ['multipart/form-data', 'nonsense'],
    ['multipart/form-data; boundary=x', 'nonsense'],
    ['multipart/form-data; boundary=x', '--x\r\n'],
    ['multipart/form-data; boundary=x', BYTES],
  ])('that is none is refused: %s', (type, body) => {
    expect(outcomeOf(typed('letter', type, body))).toMatch(/^malformed-body: body is not valid multipart/)
  })
})

describe('a text', () => {
  it.each<[type: string, body: string | Uint8Array, want: unknown]>([
    ['text/plain', '7', 7],
    ['text/plain', '10', 'invalid: body must be <= 9'],
    ['text/plain', 'x', 'invalid: body must be integer'],
    ['text/html', 'abc', 'abc'],
    ['text/html', 'abcd', 'invalid: body must NOT have more than 3 characters'],
    ['text/html; charset=iso-8859-1', Uint8Array.of(0xe4, 0xf6, 0xfc), 'äöü'],
    ['text/html', Uint8Array.of(0xe4), 'malformed-body: body is not valid UTF-8'],
    ['text/html; charset=nobodys', 'a', 'unsupported-media-type'],
    ['text/csv', 'a,b\n1,2', 'a,b\n1,2'],
  ])('%s of %j is %j', (type, body, want) => {
    const outcome = outcomeOf(typed('text', type, body))
    expect(want === 'unsupported-media-type' ? String(outcome).split(':', 1)[0] : outcome).toEqual(want)
  })
})

describe('XML', () => {
  it.each<[body: string | Uint8Array, want: unknown]>([
    ['<Pet id="7"><name>Rex</name><tags><tag>a</tag></tags></Pet>', { id: 7, name: 'Rex', tags: ['a'] }],
    ['<Pet><name>R</name></Pet>', 'invalid: /name must NOT have fewer than 2 characters'],
    ['<Pet id="x"><name>Rex</name></Pet>', 'invalid: /id must be integer'],
    ['<Pet/>', "invalid: body must have required property 'name'"],
    ['<Pet><name>Rex</name><age>3</age></Pet>', 'invalid: body must not have a property age'],
    ['<Pet>Rex</Pet>', 'invalid: body must be object'],
    ['<Pet><tags><tag/><tag/><tag/></tags><name>Rex</name></Pet>', 'invalid: /tags must NOT have more than 2 items'],
    ['<Pet><name>Rex</Pet>', 'malformed-body: body is not well-formed XML'],
    ['{"name":"Rex"}', 'malformed-body: body is not well-formed XML'],
    [BYTES, 'malformed-body: body is not valid UTF-8'],
    [latin1('<?xml version="1.0" encoding="ISO-8859-1"?><Pet><name>Zoë</name></Pet>'), { name: 'Zoë' }],
    [
      `${'<a>'.repeat(MAX_DEPTH + 1)}${'</a>'.repeat(MAX_DEPTH + 1)}`,
      `malformed-body: body is nested deeper than ${MAX_DEPTH} levels`,
    ],
  ])('%s is held to its schema as the data that it stands for', (body, want) => {
    expect(outcomeOf(typed('pet', 'application/xml', body))).toEqual(want)
  })

  it('in the charset of its media type is read so', () => {
    const body = latin1('<Pet><name>Zoë</name></Pet>')
    expect(outcomeOf(typed('pet', 'application/xml; charset=iso-8859-1', body))).toEqual({ name: 'Zoë' })
  })

  it('that a schema takes for a text, or none speaks of, is a text', () => {
    expect(outcomeOf(typed('pet', 'text/xml', '<a/>'))).toBe('<a/>')
    expect(outcomeOf(typed('pet', 'text/xml', '<ab/>'))).toMatch(/more than 4 characters/)
    expect(outcomeOf(typed('pet', 'application/atom+xml', '<a>'))).toBe('<a>')
  })

  it('that goes deeper than a schema is known is not held to it', () => {
    const nested = (levels: number): string =>
      levels === 0 ? '' : `<child><size>x</size>${nested(levels - 1)}</child>`
    expect(outcomeOf(typed('pet', 'application/soap+xml', `<t>${nested(1)}</t>`))).toBe(
      'invalid: /child/size must be integer',
    )
    expect(typed('pet', 'application/soap+xml', `<t>${nested(20)}</t>`)).toHaveProperty('body')
  })
})

describe('lines of JSON', () => {
  it.each<[type: string, body: string | Uint8Array, want: unknown]>([
    ['application/x-ndjson', '{"n":1}\n\n{"n":2}\r\n', [{ n: 1 }, { n: 2 }]],
    ['application/x-ndjson', '{"n":1}\n{}', "invalid: /1 must have required property 'n'"],
    ['application/x-ndjson', '{"n":1}\n{"n"', /^malformed-body: \/1 is not valid JSON/],
    ['application/x-ndjson', BYTES, 'malformed-body: body is not valid UTF-8'],
    ['application/jsonl', '{"n":1}\n{"n":2}', [{ n: 1 }, { n: 2 }]],
    ['application/jsonl', '{"n":1}\n7', 'invalid: /1 must be object'],
    ['application/json-seq', '\x1e2\n\x1e\n 3\n', [2, 3]],
    ['application/json-seq', '\x1e1\n', 'invalid: /0 must be >= 2'],
    ['application/json-seq', '\x1e2\x1e3\x1e4', 'invalid: body must NOT have more than 2 items'],
    ['application/ndjson', '1\n[2]', [1, [2]]],
    ['application/jsonlines', '{}', '{}'],
    ['application/jsonlines', '1\n23', 'invalid: body must NOT have more than 3 characters'],
    ['application/x-ndjson', `${'['.repeat(2000)}${']'.repeat(2000)}`, /^malformed-body: \/0 is nested/],
  ])('%s of %j is %j', (type, body, want) => {
    const outcome = outcomeOf(typed('lines', type, body))
    if (want instanceof RegExp) expect(outcome).toMatch(want)
    else expect(outcome).toEqual(want)
  })
})

describe('bytes', () => {
  it.each(['image/png', 'application/octet-stream', 'application/pdf', 'audio/x; charset=binary'])(
    'of %s are any',
    (type) => {
      expect(outcomeOf(typed('bytes', type, BYTES))).toBe('\u00ff\u0000\r')
    },
  )

  it('are as many as their schema allows', () => {
    expect(outcomeOf(typed('bytes', 'application/pdf', new Uint8Array(5).fill(0xff)))).toMatch(/more than 4 characters/)
  })

  it('without a media type are any bytes', () => {
    expect(outcomeOf(read('bytes', { bytes: BYTES }))).toBe('\u00ff\u0000\r')
  })

  it('are no JSON, and are asked for their media type first', () => {
    expect(outcomeOf(typed('patch', 'application/json', BYTES))).toBe('malformed-body: body is not valid UTF-8')
    expect(typed('patch', 'image/png', BYTES)).toMatchObject({ refused: 'unsupported-media-type' })
  })

  it('are not looked at where no body is declared', () => {
    expect(typed('nothing', 'application/json', BYTES)).toMatchObject({ body: undefined })
  })

  it('that are none are no body', () => {
    const headers = { 'content-type': 'text/plain' }
    expect(read('maybe', { headers, bytes: new Uint8Array() })).toMatchObject({ body: undefined })
    expect(outcomeOf(read('bytes', { headers }))).toBe('invalid: body is required')
  })
})

describe('each media type', () => {
  it.each<[type: string, text: string, want: unknown]>([
    ['application/json', '[]', 'invalid: body must be object'],
    ['application/json-patch+json', '[]', []],
    ['application/json-patch+json', '{}', 'invalid: body must be array'],
    ['application/merge-patch+json', 'null', null],
    ['application/vnd.a+json;version=1', '{"one":1}', { one: 1 }],
    ['application/vnd.a+json;version=2', '{"one":1}', "invalid: body must have required property 'two'"],
  ])('has a schema of its own: %s of %s is %j', (type, text, want) => {
    expect(outcomeOf(typed('patch', type, text))).toEqual(want)
  })

  it('that none covers is refused', () => {
    expect(outcomeOf(typed('patch', 'application/vnd.a+json;version=3', '{}'))).toMatch(/^unsupported-media-type/)
  })
})
