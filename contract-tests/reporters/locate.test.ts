import { describe, expect, it } from 'vitest'
import { parseOpenApi } from '../../documents/read-document.ts'
import { createLocate } from './locate.ts'
import { SAMPLE_DOCUMENT } from './sample-run.ts'

const document = parseOpenApi(SAMPLE_DOCUMENT, 'notes.yaml')
const locate = createLocate({ document, file: 'notes.yaml', text: SAMPLE_DOCUMENT })

describe('a place in a document', () => {
  it('has a line, and the lines that say it with their comments', () => {
    expect(locate('#/components/schemas/Note/properties')).toEqual({
      file: 'notes.yaml',
      line: 23,
      excerpt:
        'properties:\n  name: { type: string, minLength: 1, maxLength: 80 } # as printed\n  email: { type: string, format: email }',
    })
  })

  it('is found through escapes and references', () => {
    expect(locate('/paths/~1notes/post/operationId')).toMatchObject({ line: 10, excerpt: 'operationId: addNote' })
    const through = '#/paths/~1notes/post/requestBody/content/application~1json/schema/items/properties/email'
    expect(locate(through)).toMatchObject({ line: 25, excerpt: 'email: { type: string, format: email }' })
  })

  it('is the nearest one that is there', () => {
    expect(locate('#/components/schemas/Note/required')).toMatchObject({ line: 21 })
    expect(locate('#/nowhere')).toEqual({ file: 'notes.yaml', excerpt: '' })
  })

  it('is shown from the data where there is no text', () => {
    const { line, excerpt } = createLocate({ document })('#/components/schemas/Note/properties/email')
    expect({ line, excerpt }).toEqual({ line: undefined, excerpt: 'email:\n  type: string\n  format: email' })
  })
})
