import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../../documents/contract/build-contract.ts'
import type { Contract } from '../../../documents/contract/contract.ts'
import { schemesOf } from '../../suite/list-schemes.ts'
import { createSend } from '../../suite/send-http.ts'
import { listCases, type Plan, verify } from '../../suite/verify.ts'
import type { Case, CaseResult, Evidence, RunResult } from '../../suite/vocabulary.ts'
import { FAULTS, type Fault, STATE_FAULTS } from './faults.ts'
import { type Between, openProxy } from './open-proxy.ts'
import { type Library, serveLibrary, TOKEN } from './serve-library.ts'

const DOCUMENT = fileURLToPath(new URL('library.yaml', import.meta.url))
const SEED = { seed: 'planted', tag: 'planted1' }

let document: Contract
let plan: (library: Library) => Plan

beforeAll(async () => {
  document = await readContract(DOCUMENT)
  plan = ({ shelfId }) => listCases({ document, ...SEED, params: { shelfId } })
})

interface Options {
  readonly between?: Between
  readonly select?: (one: Case) => boolean
  readonly strict?: Evidence
}

/** A run of the suite, as a user would start it, on a library of its own behind a proxy. */
async function tryLibrary({ between, select, strict = 'documented' }: Options) {
  await using library = await serveLibrary()
  await using proxy = await openProxy(library.url, between ?? ((call, forward) => forward(call)))
  const { cases, ...rest } = plan(library)
  const before = library.state()
  const result = await verify({
    document,
    name: 'library',
    ...SEED,
    params: { shelfId: library.shelfId },
    plan: { ...rest, cases: select ? cases.filter(select) : cases },
    send: createSend({ url: proxy.url, token: TOKEN, badToken: 'another', scheme: schemesOf(document) }),
    url: proxy.url,
    settling: 0,
    strict,
    hasBadToken: true,
    secrets: [TOKEN],
  })
  return { result, before, after: library.state(), faults: proxy.faults }
}

const tell = ({ case: { id }, outcome, reason, breaches }: CaseResult): string =>
  `${outcome} ${id}: ${[reason, ...breaches.map(({ rule, seen }) => `${rule.text}, but ${seen}`)].filter(Boolean).join('; ')}`

const toldOf = ({ results }: RunResult, ...outcomes: string[]): string[] =>
  results.filter(({ outcome }) => outcomes.includes(outcome)).map(tell)

describe('a server that keeps to its document', () => {
  let run: Awaited<ReturnType<typeof tryLibrary>>

  beforeAll(async () => {
    run = await tryLibrary({})
  })

  it('is found without a failure, and without a note', () => {
    expect(run.faults).toEqual([])
    expect(toldOf(run.result, 'fail', 'note')).toEqual([])
    expect(run.result.results.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(150)
  })

  it('holds what it held before, byte for byte', () => {
    expect(run.result.leftovers).toEqual([])
    expect(run.after).toBe(run.before)
  })
})

describe('the case about the broken rule notices that', () => {
  it.each(FAULTS)('$name', async ({ cases, rule, plant }) => {
    const { result, faults } = await tryLibrary({ between: plant(), select: ({ id }) => cases.test(id) })
    expect(faults).toEqual([])
    expect(noticed(result, rule), toldOf(result, 'fail', 'note', 'not-reached').join('\n')).not.toEqual([])
  })
})

/** Breaches of a rule that fail a run. */
const noticed = ({ results }: RunResult, rule: RegExp): string[] =>
  results
    .filter(({ outcome }) => outcome === 'fail')
    .flatMap(({ breaches }) => breaches.map((breach) => breach.rule.text))
    .filter((text) => rule.test(text))

describe('nothing notices yet that', () => {
  it.each(STATE_FAULTS)('$name', async ({ cases, rule, plant }: Fault) => {
    const { result } = await tryLibrary({ between: plant(), strict: 'assumed' })
    const about = result.results.filter(({ case: one }) => cases.test(one.id))
    expect(noticed({ ...result, results: about }, rule)).toEqual([])
  })
})
