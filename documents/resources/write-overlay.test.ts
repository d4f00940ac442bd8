import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFolder } from '../../contract-tests/fixtures/create-folder.ts'
import { readContract } from '../contract/build-contract.ts'
import { parseText } from '../read/parse-text.ts'
import { findResources } from './find-resources.ts'
import { writeOverlay } from './write-overlay.ts'

const folder = createFolder()
afterAll(() => folder.remove())

const SHOP = `swagger: '2.0'
info: { title: Shop, version: '1' }
paths:
  /shops/{shop}/orders:
    parameters: [{ name: shop, in: path, required: true, type: string }]
    get:
      parameters: [{ name: limit, in: query, type: integer }, { name: cursor, in: query, type: string }, { name: state, in: query, type: string }, { name: sort, in: query, type: string }]
      responses: { '200': { description: All, schema: { $ref: '#/definitions/Orders' } } }
    post:
      parameters: [{ name: order, in: body, schema: { $ref: '#/definitions/Order' } }]
      responses: { '201': { description: Made, schema: { $ref: '#/definitions/Order' } } }
  /shops/{shop}/orders/{order}:
    parameters: [{ name: shop, in: path, required: true, type: string }, { name: order, in: path, required: true, type: string }]
    get: { responses: { '200': { description: One, schema: { $ref: '#/definitions/Order' } } } }
  "/shops/{shop}/orders/{order}/it's paid":
    parameters: [{ name: shop, in: path, required: true, type: string }, { name: order, in: path, required: true, type: string }]
    put: { responses: { '204': { description: Paid } } }
  /shops/{shop}/orders/{order}#slip:
    get: { responses: { '200': { description: Slip } } }
  /settings:
    get: { responses: { '200': { description: All, schema: { $ref: '#/definitions/Settings' } } } }
    put: { responses: { '204': { description: Set } } }
  /swarm/join: { post: { responses: { '204': { description: In } } } }
  /login: { post: { responses: { '204': { description: In } } } }
  /photos/{a}-{b}: { get: { responses: { '204': { description: In } } } }
definitions:
  Orders:
    properties:
      data: { type: array, items: { $ref: '#/definitions/Order' } }
      meta: { properties: { total: { type: integer }, next: { type: string } } }
  Order: { properties: { id: { type: string, readOnly: true }, state: { type: string } } }
  Settings: { properties: { theme: { type: string } } }
`

const write = async (document: string) => {
  const contract = await readContract(document)
  return { contract, ...writeOverlay(contract, contract.once(findResources)) }
}

describe('the overlay of what was found', () => {
  it('says all of it: with it, the same is found, in whatever version the document was written', async () => {
    const document = folder.write({ 'shop.yaml': SHOP })
    const { contract, text } = await write(document)
    const overlay = folder.write({ 'shop.overlay.yaml': text })
    const again = await readContract(document, { overlays: [overlay] })
    expect(again.diagnostics).toEqual(contract.diagnostics)
    const shown = ({ operations, resources }: ReturnType<typeof findResources>) => ({
      operations: operations.map(({ sure: _, reason: __, ...one }) => one),
      resources: resources.map(({ name, parent, under, identity }) => ({ name, parent, under, identity })),
    })
    const found = contract.once(findResources)
    expect(new Set(found.operations.map(({ role }) => role)).size).toBeGreaterThan(6)
    expect(shown(again.once(findResources))).toEqual(shown(found))
  })

  it('is assumed, and tells people how sure each is and why', async () => {
    const { text } = await write(folder.write({ 'shop.yaml': SHOP }))
    const { overlay, actions } = parseText(text, 'shop.overlay.yaml')
    expect(overlay).toBe('1.0.0')
    expect(actions[0]).toEqual({
      target: "$.paths['/shops/{shop}/orders'].get",
      description: expect.stringMatching(/^GET \/shops\/\{shop\}\/orders: 95 % sure, it takes parameters for a page, /),
      update: {
        'x-resource': {
          role: 'list',
          name: 'orders',
          identity: { parameter: 'order', member: 'id', by: 'server' },
          list: {
            at: '/data',
            paging: { kind: 'cursor', size: 'limit', start: 'cursor', total: '/meta/total', next: '/meta/next' },
            filters: { state: '/state' },
            sort: 'sort',
          },
          'x-evidence': 'assumed',
        },
      },
    })
    const evidence = actions.map(
      ({ update }: { update: Record<string, Record<string, string>> }) => update['x-resource']?.['x-evidence'],
    )
    expect(new Set(evidence)).toEqual(new Set(['assumed']))
  })

  it('leaves out what stands in other files', async () => {
    const document = folder.write({
      'several.yaml': `openapi: 3.1.0\ninfo: { title: Several, version: '1' }\npaths:\n  /pets/{id}: { $ref: pet.yaml }\n`,
      'pet.yaml': `get: { responses: { '204': { description: Here } } }\n`,
    })
    const { leftOut, text } = await write(join(dirname(document), 'several.yaml'))
    expect(leftOut.map(({ path }) => path)).toEqual(['/pets/{id}'])
    expect(text).not.toContain('/pets')
  })
})
