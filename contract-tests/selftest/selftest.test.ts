import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUILT_IN } from '../../mocks/built-in.ts'
import { readApi } from '../../mocks/read-api.ts'
import { loadDocument } from '../load-document.ts'
import { schemesOf } from '../suite/list-schemes.ts'
import { loadFaults } from './built-in.ts'
import { listFaults } from './list-faults.ts'
import { createSelfTest, type FaultResult, isSound, scoresOf } from './run-faults.ts'
import { inMemoryField } from './targets.ts'
import type { Fault } from './vocabulary.ts'

const ROOT = join(import.meta.dirname, '../..')

async function selfTestOf(name: string) {
  const { document, ...loaded } = await loadDocument(name)
  const vendor = await loadFaults(name)
  const api = await BUILT_IN[name]?.()
  if (!api) throw new Error(`there is no API ${name}`)
  const selfTest = createSelfTest({
    ...loaded,
    contract: document,
    ...inMemoryField(api, schemesOf(document)),
    hasSecondToken: vendor.tenants === undefined,
    ...vendor.tenants,
  })
  return { ...selfTest, faults: listFaults(document, selfTest.cases, vendor) }
}

const grounds = new Map(
  await Promise.all(Object.keys(BUILT_IN).map(async (name) => [name, await selfTestOf(name)] as const)),
)
const results: FaultResult[] = []

describe.each([...grounds])('the suite on %s', (_, { faults, plant, breachesOfGood }) => {
  it('notices nothing in the untouched mock', async () => {
    expect([...(await breachesOfGood())]).toEqual([])
  })

  it('notices every planted fault by the case that is about its rule', { timeout: 120_000 }, async () => {
    const own: FaultResult[] = []
    for (const fault of faults) own.push(await plant(fault))
    results.push(...own)
    const missed = own.filter(({ outcome }) => outcome !== 'woken')
    expect(missed.map(({ fault, outcome, woke }) => `${fault.name}: ${outcome} ${woke ?? ''}`)).toEqual([])
  })

  it('names each fault once', () => {
    const names = faults.map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

describe('docs/promises.md', () => {
  it('tells the score as it is', () => {
    const [, section = ''] = readFileSync(join(ROOT, 'docs', 'promises.md'), 'utf8').split('## What the suite catches')
    const said = [...section.matchAll(/^\| (documented|observed|assumed) \| (\d+) \| (\d+) \|$/gm)]
    expect(
      said.map(([, evidence, planted, woken]) => ({ evidence, planted: Number(planted), woken: Number(woken) })),
    ).toEqual(scoresOf(results))
    const kinds = new Set(results.map(({ fault }) => fault.name)).size
    expect(kinds).toBeGreaterThanOrEqual(80)
    expect(section).toContain(`${kinds} different faults`)
  })
})

describe('a planted fault', () => {
  const { plant } = grounds.get('royalti') ?? { plant: () => Promise.reject(new Error('there is no such API')) }
  const mute: Fault = {
    name: 'does not say what it answers',
    rule: 'the content type is a declared one',
    evidence: 'documented',
    wakes: { cases: /\/accepts\//, breach: /content type is/ },
    plant:
      ({ send }) =>
      async (request, signal) => ({ ...(await send(request, signal)), headers: {} }),
  }

  it('is noticed only by the cases and the rule that it names', async () => {
    expect(await plant(mute)).toMatchObject({ outcome: 'woken', woke: 'bulkCreateUsers/accepts/plain' })
    const elsewhere = await plant({ ...mute, wakes: { ...mute.wakes, cases: /\/nowhere$/ } })
    expect(elsewhere).toMatchObject({ outcome: 'by accident', woke: 'bulkCreateUsers/accepts/plain' })
    expect(await plant({ ...mute, wakes: { ...mute.wakes, breach: /is accepted/ } })).toMatchObject({
      outcome: 'by accident',
    })
  })

  it('breaks a rule that is as well known as it says', async () => {
    const reversed: Fault = {
      ...mute,
      wakes: { cases: /stories\/steady$/, breach: /the user is/ },
      plant: ({ send }) => {
        let calls = 0
        return async (request, signal) => {
          const reply = await send(request, signal)
          return {
            ...reply,
            text: reply.text.replace(/"updatedAt":"[^"]+"/, `"updatedAt":"2020-01-01T00:00:${(++calls % 50) + 10}Z"`),
          }
        }
      },
    }
    expect(await plant({ ...reversed, evidence: 'assumed' })).toMatchObject({ outcome: 'woken' })
    expect(await plant({ ...reversed, evidence: 'documented' })).toMatchObject({ outcome: 'by accident' })
  })

  it('sleeps where no case looks, and counts only where it had an effect', async () => {
    const unseen = await plant({
      ...mute,
      plant:
        ({ send }) =>
        async (request, signal) => {
          const reply = await send(request, signal)
          return { ...reply, headers: { ...reply.headers, 'x-powered-by': 'chance' } }
        },
    })
    const none = await plant({ ...mute, plant: ({ send }) => send })
    expect([unseen.outcome, none.outcome]).toEqual(['asleep', 'without effect'])
    expect(scoresOf([unseen, none])[0]).toEqual({ evidence: 'documented', planted: 1, woken: 0 })
    expect([isSound([unseen]), isSound([none])]).toEqual([false, true])
  })

  it('may sleep one time in twenty where its rule is only assumed, and never wakes by accident', () => {
    const of = (outcome: FaultResult['outcome'], evidence: Fault['evidence'] = 'assumed'): FaultResult => ({
      api: 'any',
      fault: { name: 'any', rule: 'any', evidence },
      outcome,
    })
    const many = Array.from({ length: 19 }, () => of('woken'))
    expect(isSound([...many, of('asleep')])).toBe(true)
    expect(isSound([...many, of('asleep'), of('asleep')])).toBe(false)
    expect(isSound([...many, of('by accident')])).toBe(false)
    expect(isSound([...many, of('asleep', 'observed')])).toBe(false)
  })
})

describe('any other document', () => {
  it('has the faults that its rules fit, in a mock that remembers', { timeout: 60_000 }, async () => {
    const file = join(ROOT, 'contract-tests/fixtures/orders.yaml')
    const { document } = await loadDocument(file)
    const mocked = await readApi(file)
    const field = {
      name: 'orders',
      contract: document,
      ...inMemoryField(mocked, schemesOf(document)),
      hasSecondToken: true,
    }
    const { cases, plant } = createSelfTest(field)
    const faults = listFaults(document, cases, { own: [] })
    expect(faults.length).toBeGreaterThan(60)
    expect(faults.map(({ name }) => name)).toContain('accepts a number between the multiples')
    const own: FaultResult[] = []
    for (const fault of faults) own.push(await plant(fault))
    expect(own.filter(({ outcome }) => outcome !== 'woken').map(({ fault }) => fault.name)).toEqual([])
  })
})
