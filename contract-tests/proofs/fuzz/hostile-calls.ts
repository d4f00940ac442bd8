import fc from 'fast-check'
import { type Api, basePathOf } from '../../../mocks/api/api.ts'
import type { Call, Operation, Parameter } from '../../../mocks/engine/vocabulary.ts'
import {
  anyCharacter,
  growTree,
  HOSTILE_NAMES,
  type Mutation,
  mutate,
  mutations,
  type Scratch,
  scratch,
  scratches,
  writeTree,
} from './mutate-json.ts'

/** What a caller may know of an API: its state's ids, e-mails and the like, and what triggers its failures. */
export function knownTexts(api: Api, state: unknown): string[] {
  const found = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && value.length > 1) found.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  walk(state)
  for (const { failures } of api.operations) for (const { id } of failures) found.add(`${id}@rollcall.test`)
  found.add('nobody@rollcall.test').add('__proto__@rollcall.test').add('constructor@ROLLCALL.test')
  return [...found]
}

interface Deviation {
  readonly method: string
  readonly path: (path: string) => string
  readonly query: Readonly<Record<string, string | string[]>>
  readonly headers: Readonly<Record<string, string>>
}

const hostileSegments = [
  ...['..', '.', '%2e%2e', '%2e%2e%2f', '%00', '%zz', '%', '%f', '%ff', '%c0%af', '%ed%a0%80', '%F0%9F%98%80', '%2F'],
  ...[...HOSTILE_NAMES.slice(0, 8), 'a'.repeat(5000), ' ', '\u0000', '😀', '*', '{userId}', ';a=b', 'null', '', '//'],
]

const pathChanges: fc.Arbitrary<Deviation['path']> = fc.oneof(
  fc.constantFrom(...hostileSegments).map((segment) => (path: string) => path.replace(/[^/]*$/, () => segment)),
  fc.constantFrom(...hostileSegments).map((segment) => (path: string) => `${path}/${segment}`),
  fc.tuple(fc.nat(8), fc.constantFrom(...hostileSegments)).map(
    ([at, segment]) =>
      (path: string) =>
        path
          .split('/')
          .with(at % path.split('/').length, segment)
          .join('/'),
  ),
  fc.constantFrom('', '*', '/', '//', 'x', '/%', '/__rollcallx', 'http://a/b').map((path) => () => path),
  fc.constant((path: string) => path.toUpperCase()),
  fc.constant((path: string) => `${'/a'.repeat(3000)}${path}`),
)

const hostileTexts = fc.oneof(
  fc.constantFrom(
    ...HOSTILE_NAMES,
    '1e999',
    '-1',
    '0',
    '1.5',
    '99999999999999999999',
    'true',
    'TRUE',
    '[]',
    '\ud800',
    '+',
  ),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.constant('x'.repeat(100_000)),
)

const headerChanges: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        'Bearer',
        'Bearer ',
        'bearer invalid',
        'Bearer invalid',
        'Basic eDp5',
        'Bearer a.b.c',
        'Bearer __proto__:k',
      ],
      ...[
        'Bearer eyJ9.bnVsbA.x',
        'Bearer x.eyJ3b3Jrc3BhY2VJZCI6Il9fcHJvdG9fXyJ9.y',
        'Bearer :',
        'Bearer a:',
        'Bearer \ud800:x',
      ],
      `Bearer ${'x'.repeat(10_000)}:y`,
    )
    .map((authorization) => ({ authorization })),
  fc
    .constantFrom(
      ...[
        '',
        'text/plain',
        'application/json;',
        'application/json; charset=utf-16',
        'APPLICATION/JSON',
        '*/*',
        ';',
        'a',
      ],
      ...[
        'application/json; charset="utf-8',
        'application/json, text/plain',
        'application/x-www-form-urlencoded',
        '\ud800/x',
      ],
    )
    .map((type) => ({ 'content-type': type })),
  fc
    .constantFrom(
      ...[
        'code=200',
        'code=201',
        'code=204',
        'code=400',
        'code=403',
        'code=404',
        'code=429',
        'code=500',
        'code=100',
        'code=999',
      ],
      ...[
        'code=',
        'code=NaN',
        'code=__proto__',
        'example=__proto__',
        'example=constructor',
        'example=toString',
        'code="',
      ],
      ...[
        'example=nothing',
        'code=200, example=x',
        'return=minimal',
        `${'code '.repeat(3000)}=`,
        'CODE = "404"',
        'code=default',
      ],
    )
    .map((prefer) => ({ prefer })),
  fc.constantFrom(...HOSTILE_NAMES, ...hostileSegments, '\r\n', 'é').map((name) => ({ 'x-rollcall-session': name })),
  fc
    .tuple(fc.constantFrom(...HOSTILE_NAMES, 'cookie', 'host', 'x'), hostileTexts)
    .map(([name, value]) => ({ [name]: value })),
)

/** @param names of the API's query parameters @param known values that mean something there */
const queryChanges = (names: readonly string[], known: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom('filter[filterValue]', ...names) },
          {
            weight: 1,
            arbitrary: fc.constantFrom('filter[filterColumn]', 'filter[__proto__]', 'filter[', ...HOSTILE_NAMES),
          },
        ),
        fc.oneof(fc.constantFrom(...known), hostileTexts, fc.array(hostileTexts, { minLength: 1, maxLength: 3 })),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((entries): Readonly<Record<string, string | string[]>> => Object.fromEntries(entries))

function writeCall(
  api: Api,
  operation: Operation,
  made: {
    example: number
    ids: string
    mutations: readonly Mutation[]
    scratch: Scratch | undefined
    deviation: Partial<Deviation>
  },
): Call {
  const textOf = (parameter: Parameter | undefined): string => String(parameter?.example ?? 'x')
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'path')
  const template = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const isLast = operation.path.endsWith(`{${name}}`)
    return isLast
      ? encodeURIComponent(made.ids.toWellFormed())
      : textOf(parameters.find((parameter) => parameter.name === name))
  })
  const { method = operation.method, path, query, headers } = made.deviation
  const found = Object.values(api.examples[operation.id]?.request ?? {})
  const example = found[made.example % (found.length || 1)]
  const written = example === undefined ? undefined : writeTree(made.mutations.reduce(mutate, growTree(example)))
  const text = written === undefined ? undefined : made.scratch ? scratch(written, made.scratch) : written
  const plain = basePathOf(api) + template
  return {
    method,
    path: path ? path(plain) : plain,
    ...(query && { query }),
    headers: {
      authorization: `Bearer ${api.behaviours.exampleCredential}`,
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text !== undefined && { text }),
  }
}

/**
 * Calls near the valid ones of an API: a request example of the document, changed in its value, its text or around it.
 * @param known what the caller knows of the API
 * @param ids of users that there are
 */
export function hostileCalls(api: Api, known: readonly string[], ids: readonly string[]): fc.Arbitrary<Call> {
  const names = api.operations.flatMap(({ parameters }) =>
    parameters.filter((one) => one.in === 'query').map(({ name }) => name),
  )
  const weights = api.operations.map((operation) => ({
    weight: operation.role === 'subject' ? 4 : 1,
    arbitrary: fc.constant(operation),
  }))
  return fc
    .record({
      operation: fc.oneof(...weights),
      example: fc.nat(20),
      ids: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...ids) },
        { weight: 1, arbitrary: fc.constantFrom(...known, ...HOSTILE_NAMES.filter(Boolean)) },
      ),
      mutations: fc.array(mutations(known), { maxLength: 3 }),
      scratch: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: scratches }),
      method: fc.oneof(
        { weight: 19, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'GET',
            'POST',
            'PUT',
            'PATCH',
            'DELETE',
            'HEAD',
            'OPTIONS',
            'TRACE',
            '__proto__',
            '',
          ),
        },
      ),
      path: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: pathChanges }),
      query: fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: queryChanges(names, ids) },
      ),
      headers: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headerChanges }),
    })
    .map(({ operation, example, ids, mutations, scratch, method, path, query, headers }) => {
      const deviation: Partial<Deviation> = {
        headers,
        ...(method !== undefined && { method }),
        ...(path && { path }),
        ...(query && { query }),
      }
      return writeCall(api, operation, { example, ids, mutations, scratch, deviation })
    })
}
