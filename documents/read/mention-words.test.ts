import { expect, it } from 'vitest'
import { createMentions } from './mention-words.ts'

it.each<[text: string, isJson: boolean, mentions: boolean]>([
  ['{"readOnly":true}', true, true],
  ['{"a":"no readOnly here"}', true, false],
  ['{"read\\u004fnly":true}', true, true],
  ['{"a":"\\u003cb\\u003e \\u0026"}', true, false],
  ['readOnly: true', false, true],
  ['readOnlyAfterAll: true', false, false],
  ['"read\\x4fnly": true', false, true],
  ['"read\\U0000004fnly": true', false, true],
])(
  'a word is looked for where a name or a value may be, and may be where letters are escaped: %s',
  (text, isJson, want) => {
    expect(createMentions({ text, isJson })(['readOnly', 'writeOnly'])).toBe(want)
  },
)
