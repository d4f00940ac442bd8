import { expect, it } from 'vitest'
import { refersToItself } from './refer-to-itself.ts'

const refers = (text: string): boolean =>
  refersToItself({ uri: 'file:///a.json', name: 'a.json', text, data: {}, isJson: true, twice: () => [] })

it.each([
  '{"schema": {"$ref": "#/components/schemas/A"}, "description": "costs $5"}',
  "schema: { $ref: '#/components/schemas/A' }",
  '$ref: "#/definitions/A"',
  '{"mapping": {"a": "#/components/schemas/A", "b": "B"}}',
  '{"mapping": {}}',
])('is sure of components alone: %s', (text) => {
  expect(refers(text)).toBe(true)
})

it.each([
  ['a file', '{"$ref": "b.json"}'],
  ['a file, in YAML', '$ref: b.yaml'],
  ['a part of a component', '{"$ref": "#/components/schemas/A/properties/b"}'],
  ['a path', '{"$ref": "#/paths/~1a"}'],
  ['a whole map', '{"$ref": "#/components/schemas"}'],
  ['what has no components', '{"$ref": "#/securityDefinitions/a"}'],
  ['an anchor', '{"$ref": "#a"}'],
  ['an id', '{"$id": "https://example.com/a"}'],
  ['a dynamic anchor', '$dynamicAnchor: node'],
  ['a mention', '{"description": "as $ref does"}'],
  ['a file in a mapping', '{"mapping": {"a": "#/components/schemas/A", "b": "b.yaml"}}'],
  ['a mapping in YAML', 'mapping:\n  a: b.yaml'],
  ['another operation', '{"operationRef": "b.yaml#/paths/~1a/get"}'],
  ['a value elsewhere', '{"externalValue": "b.json"}'],
  ['a sign that is escaped', String.raw`{"\u0024ref": "b.json"}`],
])('is not sure of %s', (_, text) => {
  expect(refers(text)).toBe(false)
})
