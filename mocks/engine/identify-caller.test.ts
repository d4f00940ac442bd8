import { describe, expect, it } from 'vitest'
import { cookieOf, identifyCaller } from './identify-caller.ts'
import type { Call, Operation, SecurityScheme } from './vocabulary.ts'

const bearer: SecurityScheme = { name: 'bearer', type: 'http', scheme: 'bearer' }
const basic: SecurityScheme = { name: 'basic', type: 'http', scheme: 'basic' }
const oauth: SecurityScheme = { name: 'oauth', type: 'oauth2' }
const openId: SecurityScheme = { name: 'openId', type: 'openIdConnect' }
const inHeader: SecurityScheme = { name: 'header', type: 'apiKey', in: 'header', key: 'X-Api-Key' }
const inQuery: SecurityScheme = { name: 'query', type: 'apiKey', in: 'query', key: 'api_key' }
const inCookie: SecurityScheme = { name: 'cookie', type: 'apiKey', in: 'cookie', key: 'sid' }

type Sent = Pick<Call, 'headers' | 'query'>

const identify = (security: Operation['security'], sent: Sent, tokens?: readonly string[]) =>
  identifyCaller(
    { id: 'getUser', method: 'GET', path: '/', parameters: [], security, replies: {}, failures: [] },
    { method: 'GET', path: '/', ...sent },
    tokens && new Set(tokens),
  )

const authorization = (value: string): Sent => ({ headers: { authorization: value } })
const cookie = (value: string): Sent => ({ headers: { cookie: value } })

describe('a credential', () => {
  it.each<[place: string, scheme: SecurityScheme, sent: Sent, want: string]>([
    ['a bearer token', bearer, authorization('Bearer t-1'), 't-1'],
    ['a bearer token, whatever the case of its scheme', bearer, authorization('bEARER t-1'), 't-1'],
    ['a bearer token after several spaces', bearer, authorization('Bearer   t-1 '), 't-1'],
    ['basic credentials', basic, authorization('Basic dTpw'), 'dTpw'],
    ['an OAuth 2 token', oauth, authorization('Bearer t-1'), 't-1'],
    ['an OpenID Connect token', openId, authorization('Bearer t-1'), 't-1'],
    ['a header', inHeader, { headers: { 'x-api-key': 'k-1' } }, 'k-1'],
    ['the query', inQuery, { query: { api_key: 'k-1' } }, 'k-1'],
    ['the first of a repeated query name', inQuery, { query: { api_key: ['k-1', 'k-2'] } }, 'k-1'],
    ['a cookie', inCookie, cookie('a=1; sid=k-1; b=2'), 'k-1'],
    ['a cookie that holds equals signs', inCookie, cookie('sid=k=1=='), 'k=1=='],
  ])('is found in %s', (_, scheme, sent, want) => {
    expect(identify([[scheme]], sent)).toEqual({ credential: want })
  })

  it.each<[what: string, scheme: SecurityScheme, sent: Sent, ask: string]>([
    ['no header', bearer, {}, 'Authorization: bearer <credential>'],
    ['an empty header', bearer, authorization(''), 'Authorization: bearer <credential>'],
    ['a scheme alone', bearer, authorization('Bearer'), 'Authorization: bearer <credential>'],
    ['a scheme and spaces', bearer, authorization('Bearer   '), 'Authorization: bearer <credential>'],
    ['a token without its scheme', bearer, authorization('t-1'), 'Authorization: bearer <credential>'],
    ['another scheme', bearer, authorization('Basic dTpw'), 'Authorization: bearer <credential>'],
    ['a longer scheme', bearer, authorization('Bearers t-1'), 'Authorization: bearer <credential>'],
    ['a bearer token for basic', basic, authorization('Bearer t-1'), 'Authorization: basic <credential>'],
    ['no token for OAuth 2', oauth, {}, 'Authorization: Bearer <credential>'],
    ['the key in the query, not the header', inHeader, { query: { 'X-Api-Key': 'k-1' } }, 'the header X-Api-Key'],
    ['an empty key', inHeader, { headers: { 'x-api-key': '' } }, 'the header X-Api-Key'],
    ['an empty key in the query', inQuery, { query: { api_key: '' } }, 'the query api_key'],
    ['another cookie', inCookie, cookie('xsid=k-1; sid2=k-1'), 'the cookie sid'],
    ['an empty cookie', inCookie, cookie('sid='), 'the cookie sid'],
  ])('is missing, and asked for, with %s', (_, scheme, sent, ask) => {
    expect(identify([[scheme]], sent)).toEqual({ refused: 'no-credentials', message: `send ${ask}` })
  })

  it('is not asked for where an operation is open to all', () => {
    expect(identify([], {})).toEqual({ credential: '' })
    expect(identify([], authorization('Bearer invalid'), ['t-1'])).toEqual({ credential: '' })
  })
})

describe('who is let in', () => {
  const REFUSED = { refused: 'bad-credentials', message: 'this credential is not let in' }

  it.each<[scheme: SecurityScheme, sent: Sent]>([
    [bearer, authorization('Bearer invalid')],
    [basic, authorization('Basic invalid')],
    [inHeader, { headers: { 'x-api-key': 'invalid' } }],
    [inQuery, { query: { api_key: 'invalid' } }],
    [inCookie, cookie('sid=invalid')],
  ])('is not the literal `invalid`, by $name', (scheme, sent) => {
    expect(identify([[scheme]], sent)).toEqual(REFUSED)
  })

  it('is everyone else while no tokens are named', () => {
    for (const token of ['x', 'INVALID', 'invalid2', '__proto__', 'constructor', 'a b']) {
      expect(identify([[bearer]], authorization(`Bearer ${token}`))).toEqual({ credential: token })
    }
  })

  it('is who has one of the named tokens, in the same letters', () => {
    const tokens = ['t-1', 'invalid']
    expect(identify([[bearer]], authorization('Bearer t-1'), tokens)).toEqual({ credential: 't-1' })
    expect(identify([[bearer]], authorization('Bearer invalid'), tokens)).toEqual({ credential: 'invalid' })
    for (const token of ['t-2', 'T-1', 't-1 t-1', 'constructor']) {
      expect(identify([[bearer]], authorization(`Bearer ${token}`), tokens)).toEqual(REFUSED)
    }
  })

  it('is nobody when the list of tokens is empty', () => {
    expect(identify([[bearer]], authorization('Bearer t-1'), [])).toEqual(REFUSED)
  })

  it('is told without the credential', () => {
    expect(JSON.stringify(identify([[bearer]], authorization('Bearer s3cret'), []))).not.toContain('s3cret')
  })
})

describe('security requirements', () => {
  const both: Sent = { headers: { authorization: 'Bearer t-1', 'x-api-key': 'k-1' } }
  const onlyBearer: Sent = authorization('Bearer t-1')
  const onlyKey: Sent = { headers: { 'x-api-key': 'k-1' } }
  const badBearer: Sent = { headers: { authorization: 'Bearer invalid', 'x-api-key': 'k-1' } }
  const badKey: Sent = { headers: { authorization: 'Bearer t-1', 'x-api-key': 'invalid' } }

  it.each<[what: string, security: Operation['security'], sent: Sent, want: object]>([
    ['both schemes: both sent', [[bearer, inHeader]], both, { credential: 't-1' }],
    [
      'both schemes: the first missing',
      [[bearer, inHeader]],
      onlyKey,
      { message: 'send Authorization: bearer <credential>' },
    ],
    ['both schemes: the second missing', [[bearer, inHeader]], onlyBearer, { message: 'send the header X-Api-Key' }],
    ['both schemes: the first refused', [[bearer, inHeader]], badBearer, { refused: 'bad-credentials' }],
    ['both schemes: the second refused', [[bearer, inHeader]], badKey, { refused: 'bad-credentials' }],
    ['either scheme: both sent', [[bearer], [inHeader]], both, { credential: 't-1' }],
    ['either scheme: the first sent', [[bearer], [inHeader]], onlyBearer, { credential: 't-1' }],
    ['either scheme: the second sent', [[bearer], [inHeader]], onlyKey, { credential: 'k-1' }],
    ['either scheme: none sent', [[bearer], [inHeader]], {}, { message: 'send Authorization: bearer <credential>' }],
    ['either scheme: the first refused, the second good', [[bearer], [inHeader]], badBearer, { credential: 'k-1' }],
    [
      'either scheme: one refused, the other missing',
      [[inHeader], [bearer]],
      authorization('Bearer invalid'),
      { refused: 'bad-credentials' },
    ],
    [
      'either scheme: one refused, then the other missing',
      [[bearer], [inHeader]],
      authorization('Bearer invalid'),
      { refused: 'bad-credentials' },
    ],
    ['one, or two together: two of three', [[inQuery], [bearer, inHeader]], both, { credential: 't-1' }],
    ['one, or two together: one of the two', [[inQuery], [bearer, inHeader]], onlyKey, { refused: 'no-credentials' }],
    ['one, or none: none', [[bearer], []], {}, { credential: '' }],
  ])('ask for %s', (_, security, sent, want) => {
    expect(identify(security, sent)).toMatchObject(want)
  })
})

describe('a cookie', () => {
  it.each<[header: string | undefined, want: string | undefined]>([
    ['sid=1', '1'],
    [' sid=1 ', '1'],
    ['a=0;sid=1', '1'],
    ['sid=1; sid=2', '1'],
    ['sid', undefined],
    ['=1', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('named sid of %j is %j', (header, want) => {
    const call: Call = { method: 'GET', path: '/', ...(header !== undefined && { headers: { cookie: header } }) }
    expect(cookieOf(call, 'sid')).toBe(want)
  })
})
