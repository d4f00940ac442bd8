import { describe, expect, it } from 'vitest'
import { buildContract, parseContract } from '../../../documents/contract/build-contract.ts'
import { SAMPLE_DOCUMENT, sampleRun } from '../reporters/sample-run.ts'
import type { CaseRequest, CaseResult, Exchange, RunResult } from '../vocabulary.ts'
import { Redactor } from './redactor.ts'

const contract = parseContract(SAMPLE_DOCUMENT, 'notes.yaml')
const redactorOf = (...secrets: string[]) => new Redactor({ contract, secrets })

const POST: CaseRequest = { operationId: 'addNote', method: 'POST', path: '/notes', headers: {} }
const exchange = (
  text: string,
  request: Partial<CaseRequest> = {},
  headers: Record<string, string> = {},
): Exchange => ({
  title: 'send it',
  request: { ...POST, ...request },
  reply: { status: 200, headers, text, duration: 1 },
})

/** A run of cases with these exchanges. */
const runOf = (...exchanges: Exchange[]): RunResult => ({
  ...sampleRun(),
  results: exchanges.map(
    (one, index): CaseResult => ({
      ...(sampleRun().results[index] as CaseResult),
      exchanges: [one],
    }),
  ),
})

/** What is shown of the replies, requests and headers of such a run. */
function shown(redactor: Redactor, ...exchanges: Exchange[]) {
  const { results } = redactor.run(runOf(...exchanges))
  return results
    .flatMap((result) => result.exchanges)
    .map(({ request, reply }) => ({ ...request, ...reply, sent: request.headers }))
}
const textsOf = (redactor: Redactor, ...texts: string[]): string[] =>
  shown(redactor, ...texts.map((text) => exchange(text))).map(({ text = '' }) => text)

const SECRET = 'a"b<c&d\'e/f+g h'

describe('a token that was given', () => {
  it.each<[where: string, text: string]>([
    ['plain text', SECRET],
    ['upper case', SECRET.toUpperCase()],
    ['JSON', JSON.stringify({ name: SECRET })],
    ['JSON in JSON', JSON.stringify(JSON.stringify(SECRET))],
    ['JSON as PHP writes it', JSON.stringify(SECRET).replaceAll('/', '\\/')],
    ['JSON as .NET writes it', '"a\\u0022b\\u003Cc\\u0026d\\u0027e/f\\u002Bg h"'],
    ['a URL', `https://h.test/?q=${encodeURIComponent(SECRET)}`],
    ['a URL in lower case', `https://h.test/?q=${encodeURIComponent(SECRET).toLowerCase()}`],
    ['HTML', '<p>a&quot;b&lt;c&amp;d&#39;e/f+g h</p>'],
    ['HTML with hexadecimal references', '<p>a&#x22;b&#x3C;c&#x26;d&#x27;e/f+g h</p>'],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['Basic credentials', `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`],
  ])('is hidden in %s', (_, text) => {
    const [found = ''] = textsOf(redactorOf(SECRET), text)
    expect(found).toContain('$ROLLCALL_TOKEN')
    expect(found.toLowerCase()).not.toMatch(/f\+g|f%2bg|f\\u002bg|ztwm|zjkz/)
  })

  it('is the longer of two that begin alike', () => {
    const redactor = redactorOf('canary-123', 'canary-123-456')
    expect(textsOf(redactor, 'canary-123-456 canary-123')).toEqual(['$ROLLCALL_TOKEN $ROLLCALL_TOKEN'])
  })

  it('is hidden in every text of a result that came from outside', () => {
    const secret = 'canary-9f8e7d'
    const run = sampleRun({ secret })
    expect(JSON.stringify(run)).toContain(secret)
    expect(JSON.stringify(redactorOf(secret).run(run))).not.toContain(secret)
    expect(redactorOf().run(run)).toEqual(run)
  })

  it('is hidden where a text was cut off within it', () => {
    const run = runOf(exchange('{}'))
    const [result] = run.results as [CaseResult]
    const seen = 'accepted: 201 {"echo":"canary-9…'
    const cut = { ...run, results: [{ ...result, breaches: [{ rule: result.case.rule, seen }] }] }
    const [shortened] = redactorOf('canary-9f8e7d').run(cut).results
    expect(shortened?.breaches[0]?.seen).toBe('accepted: 201 {"echo":"$ROLLCALL_TOKEN…')
  })

  it('is the password of a pair, too', () => {
    expect(textsOf(redactorOf('project7:key-9f8e7d'), 'no key-9f8e7d here')).toEqual(['no $ROLLCALL_TOKEN here'])
  })
})

describe('a token that could be a word', () => {
  const words = ['t', 'on', 'pass', 'tests', 'outcome', 'passed', 'results', 'operationId', 'documented']

  it.each(words)('is hidden where it is a whole value or follows its scheme: %s', (word) => {
    const basic = Buffer.from(`user:${word}`).toString('base64')
    const texts = [
      ...[`{"a":"${word}"}`, `{"a": "${word.toUpperCase()}" }`, JSON.stringify(JSON.stringify({ a: word }))],
      ...[
        `/x?a=${word}&b=1`,
        `a=${word}`,
        `<td>${word}</td>`,
        `id,${word},1`,
        word,
        `Bearer ${word}`,
        `Basic ${basic}`,
      ],
      ...[`{"a":"${btoa(word)}"}`, `"%22${word}%22"`, `<i title=&quot;${word}&quot;>`],
    ]
    for (const text of textsOf(redactorOf(word), ...texts)) {
      expect(text).toContain('$ROLLCALL_TOKEN')
      expect(text.replaceAll('$ROLLCALL_TOKEN', '')).not.toMatch(
        new RegExp(`"${word}"|[=>,]${word}|Bearer ${word}`, 'i'),
      )
    }
    expect(shown(redactorOf(word), exchange('{}', {}, { 'x-echo': word }))[0]?.headers).toEqual({
      'x-echo': '$ROLLCALL_TOKEN',
    })
  })

  it.each(words)('is left where others say it: %s', (word) => {
    const texts = [`{"${word}":"x","b":"${word}s and x${word}"}`, `no ${word} here`, `https://${word}.test/${word}/`]
    expect(textsOf(redactorOf(word), ...texts)).toEqual(texts)
    const run = sampleRun()
    const { results, dropped, api, seed, tag, strict } = redactorOf(word).run(run)
    expect({ dropped, api, seed, tag, strict }).toMatchObject({ dropped: run.dropped, api: run.api, seed, tag, strict })
    expect(results.map((result) => result.case)).toEqual(run.results.map((result) => result.case))
    expect(results.map(({ outcome }) => outcome)).toEqual(run.results.map(({ outcome }) => outcome))
  })
})

describe('a secret that came back', () => {
  const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.4pcPyMD09olPSyXnrXCjTwXyr4BsezdI1AVTmud2fU4'

  it.each<[what: string, reply: Exchange, secret: string]>([
    ['a token by its name', exchange('{"accessToken":"s3cr3t-value"}'), 's3cr3t-value'],
    ['a token by its shape', exchange(`{"message":"welcome, ${JWT}"}`), JWT],
    ['a cookie', exchange('', {}, { 'set-cookie': 'sid=s%3Aab12cd34ef; Path=/; HttpOnly, x=1' }), 's:ab12cd34ef'],
    ['a header', exchange('', {}, { 'x-session-token': 'ab12cd34ef' }), 'ab12cd34ef'],
    ['a link', exchange('', {}, { location: '/verify?token=ab12cd34ef&x=1' }), 'ab12cd34ef'],
  ])('is hidden wherever it shows again: %s', (_, reply, secret) => {
    const echo = JSON.stringify({
      note: `${secret} ${secret.toUpperCase()}`,
      url: encodeURIComponent(secret),
      code: btoa(`user:${secret}`),
    })
    const onward = exchange(echo, { path: `/things/${secret}`, headers: { 'x-echo': secret } })
    // It is learnt in one case, and hidden in those before it too.
    const [before, own, behind] = shown(redactorOf(), exchange(echo), reply, onward)
    const text = JSON.stringify([before, own, behind])
    expect(text).toContain('[redacted]')
    for (const spelling of [secret, secret.toUpperCase(), encodeURIComponent(secret), btoa(`user:${secret}`)])
      expect(text).not.toContain(spelling)
    expect(behind).toMatchObject({ path: '/things/[redacted]', sent: { 'x-echo': '[redacted]' } })
  })

  it('is hidden in its own place also where it is short, or a word', () => {
    expect(textsOf(redactorOf(), '{"pin":1234,"otp":"77","session":"active","tokenType":"Bearer"}')).toEqual([
      '{"pin":"[redacted]","otp":"[redacted]","session":"[redacted]","tokenType":"Bearer"}',
    ])
  })

  it('blackens no word and no sentence in other places', () => {
    const texts = [
      '{"password":"is too short","session":"active","token":"operationId"}',
      '{"a":"active, is too short"}',
    ]
    expect(textsOf(redactorOf(), ...texts)[1]).toBe(texts[1])
  })

  it('is none where the run had sent it itself: what a case sends can be sent again', () => {
    const body = '{"email":"ada@example.com","password":"Inv3nted-pass"}'
    const [one] = shown(redactorOf(), exchange('{"password":"Inv3nted-pass","id":"1"}', { body }))
    expect(one).toMatchObject({ body, text: '{"password":"[redacted]","id":"1"}' })
  })

  it('is one all the same where it has the shape of one, and is no example of the document', () => {
    const [one] = shown(redactorOf(), exchange('{}', { body: `{"assertion":"${JWT}"}` }))
    expect(one?.body).toBe('{"assertion":"[redacted]"}')
    const example = new Redactor({
      contract: buildContract({ ...contract.model, 'x-example': JWT } as typeof contract.model),
      secrets: [],
    })
    expect(shown(example, exchange('{}', { body: JWT }))[0]?.body).toBe(JWT)
  })

  it('is one where the run sends it on', () => {
    const made = exchange('{"key":{"secret":"s3cr3t-value"}}')
    const [, next] = shown(redactorOf(), made, exchange('{}', { body: '{"token":"s3cr3t-value"}' }))
    expect(next?.body).toBe('{"token":"[redacted]"}')
  })

  it('is all that is hidden of a header that has more to say', () => {
    const headers = {
      location: '/things/1?token=q8Zt3kLm9Xw2Vb7Nc4Rf6Hj1Ys5Pd0Gu',
      link: '</things?page=2>; rel="next"',
    }
    expect(redactorOf().run(runOf(exchange('', {}, headers))).results[0]?.exchanges[0]?.reply?.headers).toEqual({
      ...headers,
      location: '/things/1?token=[redacted]',
    })
  })

  it('leaves ids readable', () => {
    const text = '{"id":"95b11417-f18f-457f-8804-68e361f9164f","userId":"U2ExAMPLEkSuId0123456789AbCd"}'
    expect(textsOf(redactorOf(), text)).toEqual([text])
  })
})

describe('a target that means harm', () => {
  // In time that grows with the square of the text, each of these would take minutes.
  it.each([
    ...['eyJ', 'sk-', '"token":"', '"token":[', '{"token":', '-----BEGIN PRIVATE KEY-----', '&amp;', '%25', '\\', '…'],
    ...['<token>', 'token=', 'token', '\\"token\\":\\"', '%22token%22%3A%22', 'Basic ', '"a" ', 'to '],
  ])('does not hold up a report with two hundred thousand characters of %j', (text) => {
    const redactor = redactorOf('canary-9f8e7d', 'to')
    const long = text.repeat(200_000 / text.length)
    expect(textsOf(redactor, long)).toHaveLength(1)
    expect(redactor.hideIn(long)).toBeTypeOf('string')
  })

  it('is not believed more secrets than anybody needs, and each is hidden in its place', () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `{"token":"a${index}bcdefgh"}`).join()
    const [text = ''] = textsOf(redactorOf(), `[${rows}]`)
    expect(text).not.toContain('bcdefgh')
  })
})

describe('what the user gave by name', () => {
  it('is hidden where the name is that of a secret', () => {
    const called = [
      { 'X-Api-Key': 'ab', 'X-Trace': '7' },
      { sessionId: 'ab12cd34ef', environmentId: 'e-1' },
    ]
    const redactor = new Redactor({ contract, secrets: [], called })
    expect(called.map((texts) => redactor.pairs(texts as Record<string, string>))).toEqual([
      { 'X-Api-Key': '$ROLLCALL_TOKEN', 'X-Trace': '7' },
      { sessionId: '$ROLLCALL_TOKEN', environmentId: 'e-1' },
    ])
    expect(textsOf(redactor, '{"echo":"ab","path":"/sessions/ab12cd34ef"}')).toEqual([
      '{"echo":"$ROLLCALL_TOKEN","path":"/sessions/$ROLLCALL_TOKEN"}',
    ])
  })
})
