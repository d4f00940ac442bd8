import { describe, expect, it } from 'vitest'
import { buildContract } from '../../documents/contract/build-contract.ts'
import type { Json } from '../../documents/read/read-document.ts'
import { resourceStories } from '../stories/resources/tell-lifecycles.ts'
import { createKit } from './case-kit.ts'
import { casesOf } from './derive-cases.ts'
import { findTrails } from './find-trails.ts'
import { tellLeftOut } from './tell-left-out.ts'

const get = (operationId: string, more: Json = {}) => ({
  get: { operationId, responses: { '200': { description: 'Good' } }, ...more },
})
const derive = (paths: Json, servers: Json[] = [{ url: 'https://api.example.com/v2' }]) => {
  const { cases, leftOut } = casesOf(
    buildContract({ openapi: '3.1.0', info: { title: 'I', version: '1' }, servers, paths }),
  )
  return { tried: cases.map(({ operationId }) => operationId), told: tellLeftOut(leftOut) }
}

describe('an operation with servers of its own', () => {
  const at = (...urls: string[]) => get('other', { servers: urls.map((url) => ({ url })) })

  it('is not tried where it stands below none of the document, and is named', () => {
    expect(derive({ '/a': get('usual'), '/b': at('https://upload.example.com/v2/up') })).toEqual({
      tried: ['usual'],
      told: [
        "other: no case: it is served at https://upload.example.com/v2/up, and not below the document's own servers",
      ],
    })
  })

  it('is tried below the same base path of any host, and where the document names no server', () => {
    expect(derive({ '/b': at('https://eu.example.com/v2/') }).tried).toEqual(['other'])
    expect(derive({ '/b': at('https://eu.example.com/v3', '/v2') }).tried).toEqual(['other'])
    expect(derive({ '/b': at('https://eu.example.com/v3') }, []).tried).toEqual(['other'])
  })
})

describe('a resource that is served elsewhere', () => {
  it('has no story, and is created for nobody', () => {
    const elsewhere = { servers: [{ url: 'https://other.example.com/other' }] }
    const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }
    const content = { 'application/json': { schema } }
    const [answers, requestBody] = [{ 200: { description: 'ok', content } }, { required: true, content }]
    const contract = buildContract({
      openapi: '3.1.0',
      info: { title: 'I', version: '1' },
      servers: [{ url: 'https://api.example.com/v2' }],
      paths: {
        '/bills': { ...elsewhere, post: { operationId: 'createBill', requestBody, responses: answers } },
        '/bills/{id}': {
          ...elsewhere,
          ...idParameter,
          get: { operationId: 'readBill', responses: answers },
          delete: { operationId: 'dropBill', responses: { 204: { description: 'gone' } } },
        },
      },
    })
    const kit = createKit(contract)
    expect(resourceStories(kit, {})).toEqual([])
    expect(kit.targets.trailOfItem('readBill')).toBeUndefined()
    expect(findTrails(contract, new Set(['createBill'])).size).toBe(0)
  })
})

describe('an operation whose path has a fragment', () => {
  it('is not tried beside the one that answers in its place, and is named', () => {
    expect(derive({ '/a/{id}': get('usual', idParameter), '/a/{key}#more': get('other', keyParameter) })).toEqual({
      tried: ['usual'],
      told: ['other: no case: its path differs from that of usual only behind #, which is never sent'],
    })
  })

  it('is not tried where a path with a parameter has room for it', () => {
    const { tried } = derive({ '/a/{id}/b': get('usual', idParameter), '/a/own/b#more': get('other') })
    expect(tried).toEqual(['usual'])
  })

  it('is tried without it where nothing else answers there', () => {
    expect(derive({ '/a#more': get('other') })).toEqual({ tried: ['other'], told: [] })
  })
})

const inPath = (name: string) => ({ parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] })
const idParameter = inPath('id')
const keyParameter = inPath('key')
