import fc from 'fast-check'

/** What nobody expects in the place of a name, and what each place of a document may hold. */
const ODD = [
  '',
  ' ',
  '\n',
  'a\r\nb: c',
  'ž',
  'é',
  '\u2028',
  '\0',
  '💥',
  '\ud800',
  '__proto__',
  'constructor',
  '%zz',
  '{x}',
]
const STATUSES = ['200', '201', '204', '205', '304', '404', '500', '2XX', '4XX', 'default', 'x-note']
const NO_STATUSES = ['2000', '20', '3', '100', '101', '1XX', '2xx', '600', '0200', '2e2', '-1', 'NaN', '200.5']
const MEDIA_TYPES = [
  'application/json',
  'text/plain',
  '*/*',
  'application/problem+json',
  'text/plain; charset=ž',
  'a/b\n',
  'application/xml',
  'text/event-stream',
  'application/jsonl',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'image/*',
  'application/*+json',
  '*',
]
const HEADERS = ['x-a', 'Location', 'Set-Cookie', 'Retry-After', 'Content-Encoding', 'Content-Length', 'Content-Type']
const PATHS = [
  '/a',
  '/a/{x}',
  '/{x}',
  '/a{x}b/{y}',
  '/{x}{y}',
  '/ž',
  '/a b',
  '/%zz',
  '//',
  '/__rollcall/health',
  '/a?b=c',
]
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

const oneOf = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.constantFrom(...ODD) })

const values = fc.oneof(
  fc.constantFrom(...ODD),
  fc.integer(),
  fc.constant(null),
  fc.constant({ message: 'a', status: 1 }),
)
const schemas = fc.constantFrom(
  ...[
    {},
    { type: 'string' },
    { type: 'object', properties: { message: { type: 'string' } } },
    { type: 'integer', minimum: 5 },
  ],
)

/** Of replies: what allows nothing, and what is no schema, is told, and the rest is sent. */
const replySchemas = fc.oneof(
  schemas,
  fc.constantFrom(
    { type: 'integer', minimum: 5, maximum: 4 },
    { type: 'array', items: { type: 'object', properties: { a: { xml: { attribute: true } } } } },
    { type: 'string', format: 'binary', xml: { name: '' } },
    { type: 'wrong' },
    { type: 'string', pattern: '(' },
    false,
  ),
)

/** By names that may be `__proto__`, as JSON reads them. */
const dictionary = (names: fc.Arbitrary<string>, members: fc.Arbitrary<unknown>, maxLength: number) =>
  fc.array(fc.tuple(names, members), { maxLength }).map((entries) => Object.fromEntries(entries))

const contentsOf = (schema: fc.Arbitrary<unknown>) =>
  dictionary(
    oneOf(MEDIA_TYPES),
    fc.record(
      { schema, example: values, examples: dictionary(oneOf(['one', 'two']), fc.record({ value: values }), 2) },
      { requiredKeys: [] },
    ),
    2,
  )

const responses = dictionary(
  oneOf([...STATUSES, ...STATUSES, ...NO_STATUSES]),
  fc.record(
    {
      description: fc.constantFrom(...ODD),
      content: contentsOf(replySchemas),
      headers: dictionary(
        oneOf(HEADERS),
        fc.record(
          { example: values, schema: replySchemas, required: fc.boolean(), explode: fc.boolean() },
          { requiredKeys: [] },
        ),
        2,
      ),
    },
    { requiredKeys: ['description'] },
  ),
  4,
)

const parameters = fc.array(
  fc.record(
    {
      name: oneOf(['x', 'y', 'X-Note', 'prefer']),
      in: fc.constantFrom('path', 'query', 'header', 'cookie'),
      required: fc.boolean(),
      schema: schemas,
      example: values,
    },
    { requiredKeys: ['name', 'in'] },
  ),
  { maxLength: 2 },
)

const failures = fc.array(
  fc.record({
    id: oneOf(['full', 'gone']),
    level: fc.constantFrom('row', 'request'),
    status: fc.constantFrom(undefined, 400, 2000, 101, '400', null),
    at: fc.constant('/'),
    when: fc.constantFrom(...ODD),
  }),
  { maxLength: 2 },
)

const operations = fc.record(
  {
    responses,
    parameters,
    requestBody: fc.record({ content: contentsOf(schemas), required: fc.boolean() }, { requiredKeys: ['content'] }),
    security: fc.constantFrom([{ key: [] }], [{ basic: [] }], []),
    'x-failures': failures,
  },
  { requiredKeys: [] },
)

/** Documents that can be read, and hold what their authors cannot have meant. */
export const hostileDocuments: fc.Arbitrary<object> = fc.record({
  openapi: fc.constant('3.1.0'),
  info: fc.record({ title: fc.constantFrom(...ODD), version: fc.constantFrom(...ODD) }),
  servers: fc.constantFrom([], [{ url: '/ž' }], [{ url: 'https://a.example/v1/' }]),
  paths: dictionary(fc.constantFrom(...PATHS), dictionary(fc.constantFrom(...METHODS), operations, 2), 4),
  components: fc.record({
    securitySchemes: fc.record({
      key: fc.record({
        type: fc.constant('apiKey'),
        in: fc.constantFrom('header', 'query', 'cookie'),
        name: oneOf(['X-Key']),
      }),
      basic: fc.constant({ type: 'http', scheme: 'basic' }),
    }),
  }),
})
