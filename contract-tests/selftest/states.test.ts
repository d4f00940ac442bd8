import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { holdShelves } from '../fixtures/serve-shelves.ts'
import { loadDocument } from '../load-document.ts'
import type { Send } from '../suite/vocabulary.ts'
import { listFaults } from './list-faults.ts'
import { createSelfTest } from './run-faults.ts'
import { stateFaults } from './states.ts'

const { document, ...loaded } = await loadDocument(fileURLToPath(new URL('../fixtures/shelves.yaml', import.meta.url)))

/** The library, without a wire in between. */
function makeSend(): Send {
  const shelves = holdShelves()
  return async ({ method, path, headers, body: text = '' }) => {
    const [place = '', search = ''] = path.split('?')
    const call = { method, path: place, query: new URLSearchParams(search), headers, text }
    const { status, body } = shelves.answer({ ...call, body: text === '' ? undefined : JSON.parse(text) })
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    return { status, headers: type, text: body === undefined ? '' : JSON.stringify(body), duration: 1 }
  }
}

const { cases, plant } = createSelfTest({
  ...loaded,
  ...{ contract: document, token: 'own', hasBadToken: false, hasSecondToken: false, makeSend },
})
const names = new Set(stateFaults().map(({ name }) => name))
const faults = listFaults(document, cases, { own: [] }).filter(({ name }) => names.has(name))

describe('a fault of state that is planted in a server of any document', () => {
  it('is one of each kind', () => {
    expect(faults.map(({ name }) => name)).toEqual([...names])
    expect(new Set(faults.map(({ evidence }) => evidence))).toEqual(new Set(['assumed']))
  })

  it.each(faults)('is noticed by the case that is about it: $name', async (fault) => {
    const { outcome, woke } = await plant(fault)
    expect({ outcome, woke }).toEqual({ outcome: 'woken', woke: expect.stringMatching(fault.wakes.cases) })
  })
})
