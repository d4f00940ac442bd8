import { expect, it } from 'vitest'
import { type BodyKind, nameMediaType } from './name-media-type.ts'

it.each<[declared: string, kind: BodyKind, accept: string | undefined, want: string]>([
  ['application/json; charset=utf-8', 'data', 'text/html', 'application/json; charset=utf-8'],
  ['*/*', 'data', undefined, 'application/json'],
  ['*', 'data', undefined, 'application/json'],
  ['*/*', 'text', undefined, 'text/plain'],
  ['*/*', 'bytes', undefined, 'application/octet-stream'],
  ['*/*', 'data', 'text/html, application/hal+json', 'application/hal+json'],
  ['*/*', 'text', 'application/json, text/html', 'text/html'],
  ['*/*', 'bytes', 'application/json, image/webp', 'image/webp'],
  ['text/*', 'text', undefined, 'text/plain'],
  ['text/*', 'text', 'text/*, text/csv;q=0.2, text/html;q=0', 'text/csv'],
  ['application/*', 'data', '*/*', 'application/json'],
  ['application/*', 'bytes', undefined, 'application/octet-stream'],
  ['application/*+json', 'data', undefined, 'application/vnd.example+json'],
  ['application/*+json', 'data', 'application/hal+json', 'application/hal+json'],
  ['image/*', 'bytes', undefined, 'image/png'],
  ['image/*', 'bytes', 'image/gif;q=0.5, image/webp', 'image/webp'],
  ['model/*', 'bytes', undefined, 'model/vnd.example'],
])('what is declared as %s and is %s goes to one that takes %s as %s', (declared, kind, accept, want) => {
  expect(nameMediaType(declared, kind, accept)).toBe(want)
})
