import { describe, expect, it } from 'vitest'
import { textAsDescribed } from './read-description.ts'

const asIn = (description: string) => textAsDescribed({ description }, 'tag')

describe('a text is made like the example of a description', () => {
  it.each([
    ['Name of the zone (e.g. “example.com.”), with its dot', 'rollcall-tag.example.com.'],
    ['A host, for example `www.example.org`', 'rollcall-tag.www.example.org'],
    ['Where it is, such as "https://example.org/hooks/"', 'https://example.org/hooks/tag'],
    ["A key; for instance 'blue-key'", 'blue-key-tag'],
  ])('%s', (description, text) => {
    expect(asIn(description)).toBe(text)
  })

  it.each(['The name.', 'Type of the record (e.g. “A”)', 'It has "quotes" and no example', 'e.g. “two words”'])(
    'but not of: %s',
    (description) => {
      expect(asIn(description)).toBeUndefined()
    },
  )

  it('and not where there is none', () => {
    expect(textAsDescribed({}, 'tag')).toBeUndefined()
  })
})
