import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readContract } from '../../documents/contract/build-contract.ts'
import { listOperations } from '../../documents/emit/list-operations.ts'
import { findResources } from '../../documents/resources/find-resources.ts'
import type { Draft, Reply, Turn } from '../engine/vocabulary.ts'
import { keepResources } from './keep-resources.ts'
import type { KeptRecord, Members } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'
import { listRecords } from './list-records.ts'

const contract = await readContract(join(import.meta.dirname, 'boards.yaml'))
const all = keepResources(contract, contract.once(findResources), listOperations(contract))
const scene = all.named('people')?.scenes.find(({ inferred }) => inferred.role === 'list') as Scene

describe('a list of a million records', () => {
  it.each([
    ['its first page', {}, 2],
    ['a page behind a cursor', { cursor: 'YWZ0ZXI6NTpbIjQiXQ' }, 7],
    ['a page of ten', { limit: 10 }, 10],
  ])('is looked through no further than to the end of %s', (_, query, most) => {
    let looked = 0
    const draft = {
      size: 1_000_000,
      *values(): Generator<KeptRecord> {
        for (let number = 0; number < 1_000_000; number++) {
          looked++
          yield { under: [], id: `${number}`, data: { id: `${number}`, name: 'x' } }
        }
      },
    } as Partial<Draft<object>> as Draft<object>
    const turn = { input: { path: {}, query, headers: {}, body: undefined } } as Partial<Turn> as Turn
    const { body } = listRecords(scene, turn, draft, { under: [], id: undefined }) as Reply
    expect(((body as Members)['data'] as unknown[]).length).toBe('limit' in query ? 10 : 2)
    expect(looked).toBeLessThanOrEqual(most + 1)
  })
})
