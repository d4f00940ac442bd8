import { describe, expect, it } from 'vitest'
import type { CaseRequest } from '../contract-tests/suite/vocabulary.ts'
import { buildContract } from '../documents/contract/build-contract.ts'
import { checkBasePath } from './check-base-path.ts'

const HERE = 'http://127.0.0.1:4010'

async function check(url: string, isThere: (place: string) => boolean) {
  const reading = { responses: { 200: { description: 'All' } } }
  const contract = contractOf({
    '/shelves': { get: { ...reading, operationId: 'listShelves' } },
    '/books': { get: { ...reading, operationId: 'listBooks' } },
    '/books/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { ...reading, operationId: 'getBook' },
    },
  })
  const asked: string[] = []
  const doubt = checkBasePath(contract, url, (base) => async ({ path }: CaseRequest) => {
    asked.push(base + path)
    return { status: isThere(base + path) ? 200 : 404, headers: {}, text: '', duration: 1 }
  })
  return { asked, doubt: await doubt.catch((error: Error) => error.message) }
}

describe('a base path', () => {
  it('is right where anything is there that needs no name', async () => {
    const { asked, doubt } = await check(`${HERE}/v2`, (place) => place === `${HERE}/v2/shelves`)
    expect([asked, doubt]).toEqual([[`${HERE}/v2/shelves`], undefined])
  })

  it('is told where it was left out, or is one too many', async () => {
    const isThere = (place: string) => place.startsWith(`${HERE}/v2/`) && !place.includes('/v2/v2')
    const told = (url: string) =>
      `${url} answers 404 to GET /shelves, GET /books, and ${HERE}/v2 does not: give --url ${HERE}/v2`
    for (const url of [HERE, `${HERE}/v2/v2`]) expect((await check(url, isThere)).doubt).toBe(told(url))
  })

  it('is doubted where nothing is there, wherever the document says', async () => {
    const { asked, doubt } = await check(HERE, () => false)
    expect(doubt).toBe(`${HERE} answers 404 to GET /shelves, GET /books: the base path of --url may be another`)
    expect(asked.filter((place) => place.includes('/v2/'))).toHaveLength(1)
  })
})

const contractOf = (paths: object) =>
  buildContract({ openapi: '3.1.0', info: { title: 'Books', version: '1' }, servers: [{ url: '/v2' }], paths })
