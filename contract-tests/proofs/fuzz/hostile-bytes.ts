import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { SESSION_HEADER } from '../../../mocks/api/mock.ts'
import type { Call } from '../../../mocks/engine/vocabulary.ts'

/** What is written to one connection, a Latin-1 character for a byte. */
export interface Wire {
  readonly bytes: string
  /** Whether it is one whole request of well-formed HTTP, which then has exactly one reply. */
  readonly isFramed: boolean
  /** Where it is cut into packets, modulo its length. */
  readonly cuts: readonly number[]
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

interface Framing {
  readonly body: 'length' | 'chunked' | 'gzip' | 'deflate' | 'br' | 'invalid UTF-8' | 'no body' | 'not gzip'
  readonly form: 'origin' | 'absolute'
  readonly size: number
}

const framings: fc.Arbitrary<Framing> = fc.record({
  body: fc.constantFrom('length', 'chunked', 'gzip', 'deflate', 'br', 'invalid UTF-8', 'no body', 'not gzip'),
  form: fc.constantFrom('origin', 'absolute'),
  size: fc.constantFrom(1, 7, 1000, 65_536),
})

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** A call as a request that HTTP allows; what HTTP cannot carry is left out. */
function frame(call: Call, { body, form, size }: Framing, session: string): string {
  const headers: [string, string][] = [
    ['host', 'localhost'],
    ['connection', 'close'],
  ]
  for (const [name, value] of Object.entries({ [SESSION_HEADER]: session, ...call.headers })) {
    const isPlain = TOKEN.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value) && value.length < 8000
    if (isPlain && !/^(?:host|content-length|connection|transfer-encoding)$/i.test(name)) headers.push([name, value])
  }
  const query = new URLSearchParams(
    Object.entries(call.query ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  ).toString()
  const path = call.path.replace(/[^!-~]/g, (char) => encodeURIComponent(char.toWellFormed())).slice(0, 6000)
  const target = `${form === 'absolute' ? 'http://any.host:1' : ''}/${path.replace(/^\/+/, '')}${query ? `?${query.slice(0, 4000)}` : ''}`
  const method = /^(?:GET|POST|PUT|PATCH|DELETE|OPTIONS|TRACE)$/.test(call.method) ? call.method : 'POST'
  const plain = Buffer.from(call.text ?? '')
  const encode = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[body as string]
  let content = encode ? latin1(encode(plain)) : latin1(plain)
  if (encode || body === 'not gzip') headers.push(['content-encoding', body === 'not gzip' ? 'gzip' : body])
  if (body === 'invalid UTF-8') content = `${content.slice(0, size)}\xc3\x28\xed\xa0\x80\xff${content.slice(size)}`
  if (body === 'no body') content = ''
  else if (body === 'chunked') {
    headers.push(['transfer-encoding', 'chunked'])
    let chunked = ''
    for (let at = 0; at < content.length; at += size) {
      const chunk = content.slice(at, at + size)
      chunked += `${chunk.length.toString(16)};x=y\r\n${chunk}\r\n`
      if (chunked.length > 300_000) break
    }
    content = `${chunked}0\r\n\r\n`
  } else headers.push(['content-length', String(content.length)])
  return `${method} ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${content}`
}

/** What breaks the framing of a request: in its request line, its headers, or anywhere. */
const breakages: fc.Arbitrary<(request: string) => string> = fc.oneof(
  fc
    .constantFrom(
      ...[
        'Content-Length: 0',
        'Content-Length: 5',
        'Content-Length: 999999999999',
        'Content-Length: -1',
        'Content-Length: 1e3',
      ],
      ...[
        'Content-Length: 5, 5',
        'Content-Length: 99999999999999999999999',
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: gzip',
      ],
      ...[
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding: chunked\r\nContent-Length: 3',
        'Transfer-Encoding : chunked',
      ],
      ...[
        'Content-Type: text/plain',
        'Content-Type: application/json\r\nContent-Type: text/xml',
        'Host: a\r\nHost: b',
        'Host:',
      ],
      ...[
        'Expect: 100-continue',
        'Expect: miracles',
        'Upgrade: websocket\r\nConnection: upgrade',
        'Connection: upgrade, close',
      ],
      ...[
        '__proto__: x',
        'constructor: y',
        'Origin: null',
        'Content-Encoding: gzip, gzip',
        'Content-Encoding: zstd',
        ' folded: x',
      ],
      ...[
        'x',
        ': x',
        'a\x00b: c',
        'a: b\x00c',
        'a: \x7f',
        'Trailer: x',
        'Range: bytes=0-',
        'If-None-Match: *',
        'HTTP2-Settings: x',
      ],
      ...[
        `X: ${'x'.repeat(20_000)}`,
        Array.from({ length: 3000 }, (_, at) => `h${at}: x`).join('\r\n'),
        'Set-Cookie: a=b',
      ],
    )
    .map((line) => (request: string) => request.replace('\r\n', () => `\r\n${line}\r\n`)),
  fc
    .constantFrom(
      ...[
        'CONNECT a:1',
        'HEAD /',
        'get /',
        'PRI *',
        'OPTIONS *',
        'GET',
        'GET  /',
        'X'.repeat(9000),
        'PROPFIND /',
        'POST \\',
        'GET //',
      ],
      ...[
        'GET http://',
        'GET http://[',
        'GET ?',
        'GET #',
        'GET a',
        'M-SEARCH *',
        'GET /%zz',
        'GET /__rollcall/../state',
        'QUERY /',
      ],
      ...[
        `GET /?${'a=b&'.repeat(30_000)}`,
        `GET /?${'%zz'.repeat(4000)}`,
        'GET /__rollcall/health',
        'GET /__rollcall/%00',
        '\x16\x03\x01',
      ],
    )
    .map((start) => (request: string) => request.replace(/^\S+ \S+/, () => start)),
  fc
    .constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'HTTP/1.1 x', 'HTTPS/1.1', '', 'RTSP/1.0')
    .map((version) => (request: string) => request.replace('HTTP/1.1', version)),
  fc.nat().map((at) => (request: string) => request.slice(0, at % (request.length + 1))),
  fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, noise]) => (request: string) => {
    const position = at % (request.length + 1)
    return request.slice(0, position) + latin1(noise) + request.slice(position)
  }),
  fc.constant((request: string) => request.replaceAll('\r\n', '\n')),
  fc.constant((request: string) => request.replace('connection: close', 'connection: keep-alive').repeat(4)),
)

/** @param api the name of one that there is */
const controls = (api: string): fc.Arbitrary<Call> =>
  fc
    .tuple(
      fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
      fc.constantFrom(
        'state',
        'failures',
        'reset',
        'journal',
        'outbox',
        'health',
        '',
        '__proto__',
        'constructor',
        '../../../mocks/state',
        'journal/',
      ),
      fc.constantFrom(
        ...[
          '',
          '{}',
          '[]',
          'null',
          '{',
          '{"apis":null}',
          '{"apis":{"__proto__":{}}}',
          '{"apis":[]}',
          '{"apis":{},"outbox":7}',
        ],
        ...[
          '{"apis":{"<api>":{"__proto__":null}}}',
          '{"apis":{"<api>":{"__proto__":{"next":1,"users":[]}}}}',
          '{"apis":{"<api>":[]}}',
        ],
        ...[
          '{"__proto__":{"apis":{}}}',
          '{"api":"__proto__","operationId":"toString"}',
          '{"api":"<api>","operationId":{"toString":1}}',
        ],
        ...[
          '{"api":"<api>","operationId":"__proto__","status":500}',
          '{"api":"<api>","operationId":"listUsers","status":205}',
        ],
        ...[`{"apis":{},"outbox":[${'['.repeat(5000)}${']'.repeat(5000)}]}`, `{"a":${'['.repeat(100_000)}`],
      ),
      fc.constantFrom(
        {},
        { limit: '-1' },
        { limit: '0' },
        { limit: '9'.repeat(400) },
        { limit: ['1', '2'] },
        { limit: '1e3' },
      ),
    )
    .map(([method, name, text, query]) => ({
      method,
      path: `/__rollcall/${name}`,
      headers: {},
      query,
      text: text.replace('<api>', api),
    }))

/**
 * @param calls requests to begin with
 * @param api the name of one that there is
 * @param session what a request that names no session of its own has in that place
 */
export function hostileWires(calls: fc.Arbitrary<Call>, session: string, api: string): fc.Arbitrary<Wire> {
  const cuts = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }) },
  )
  const sound = fc
    .tuple(fc.oneof({ weight: 4, arbitrary: calls }, { weight: 1, arbitrary: controls(api) }), framings)
    .map(([call, framing]) => frame(call, framing, session))
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ bytes: sound, isFramed: fc.constant(true), cuts }) },
    {
      weight: 3,
      arbitrary: fc.record({
        bytes: fc
          .tuple(sound, fc.array(breakages, { minLength: 1, maxLength: 2 }))
          .map(([request, all]) => all.reduce((broken, breakage) => breakage(broken), request)),
        isFramed: fc.constant(false),
        cuts,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        bytes: fc.uint8Array({ maxLength: 300 }).map(latin1),
        isFramed: fc.constant(false),
        cuts,
      }),
    },
  )
}
