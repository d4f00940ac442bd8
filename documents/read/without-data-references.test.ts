import { expect, it } from 'vitest'
import type { Json } from './json.ts'
import { withoutDataReferences } from './without-data-references.ts'

it('is a copy without data that only look like references', () => {
  const referring = { $ref: '#/components/schemas/A' }
  const schema = (more: Json) => ({
    type: 'object',
    properties: { $ref: { type: 'string' }, 'x-a': referring },
    ...more,
  })
  const document = (of: Json, more: Json) => ({
    openapi: '3.1.0',
    info: { title: 'A', version: '1' },
    paths: {
      '/a': {
        get: {
          parameters: [referring],
          responses: { 200: { content: { 'application/json': { schema: referring, ...of } } } },
        },
        ...more,
      },
    },
    components: { schemas: { A: schema(more) } },
  })
  const data = { 'x-data': [{ deep: { $ref: './a.md' } }] }
  const given = document(
    {
      example: { $ref: './b' },
      examples: { a: { value: { $ref: './c' } }, b: { summary: 'b', externalValue: 'https://b.example' } },
    },
    data,
  )
  const copied = withoutDataReferences(given)
  expect(copied).toEqual(document({ examples: { a: {}, b: { summary: 'b' } } }, {}))
  copied.components.schemas.A.properties.$ref.type = 'integer'
  expect(given.components.schemas.A.properties.$ref.type).toBe('string')
})

it('keeps data that refer to nothing', () => {
  const document = { 'x-a': [{ b: null }], components: { schemas: { A: { enum: [{ ref: 'a' }], default: 0 } } } }
  expect(withoutDataReferences(document)).toEqual(document)
})
