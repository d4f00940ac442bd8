import { describe, expect, it } from 'vitest'
import { createRedact, redact, redactResult } from './redact.ts'
import { sampleRun } from './sample-run.ts'

const SECRET = 'a"b<c&d\'e/f+g h'

describe('redact', () => {
  it.each<[where: string, text: string]>([
    ['plain text', SECRET],
    ['JSON', JSON.stringify({ token: SECRET })],
    ['JSON in JSON', JSON.stringify(JSON.stringify(SECRET))],
    ['a URL', `https://h.test/?q=${encodeURIComponent(SECRET)}`],
    ['HTML', '<p>a&quot;b&lt;c&amp;d&#39;e/f+g h</p>'],
    ['Basic credentials', `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`],
  ])('finds a secret in %s', (_, text) => {
    expect(redact(text, [SECRET])).toContain('$ROLLCALL_TOKEN')
    expect(redact(text, [SECRET])).not.toMatch(/f\+g|f%2Bg/)
  })

  it('hides the longer of two secrets that begin alike, and nothing where there is none', () => {
    expect(redact('abc-def abc', ['abc', 'abc-def'])).toBe('$ROLLCALL_TOKEN $ROLLCALL_TOKEN')
    expect(redact('abc', ['', 'x.c'])).toBe('abc')
  })

  it('reaches every text of a result', () => {
    const secret = 'canary-9f8e7d'
    const run = sampleRun({ secret })
    expect(JSON.stringify(run)).toContain(secret)
    expect(JSON.stringify(redactResult(run, createRedact([secret])))).not.toContain(secret)
    expect(redactResult(run, createRedact([]))).toBe(run)
  })
})
