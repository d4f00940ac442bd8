import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../../documents/contract/build-contract.ts'
import type { Contract } from '../../../documents/contract/contract.ts'
import { schemesOf } from '../../suite/list-schemes.ts'
import { createSend } from '../../suite/send-http.ts'
import { listCases, type Plan, verify } from '../../suite/verify.ts'
import type { Case, CaseResult, Evidence, RunResult } from '../../suite/vocabulary.ts'
import { FAULTS } from './faults.ts'
import { type Between, openProxy } from './open-proxy.ts'
import type { Fault } from './plant-fault.ts'
import { type Library, serveLibrary, TOKEN } from './serve-library.ts'
import { STATE_FAULTS } from './state-faults.ts'

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
  }, 30_000)

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

/** What the cases that are about a fault say is broken, of all that fails a run. */
async function notice({ cases, rule, evidence = 'documented', plant }: Fault) {
  const select = ({ id }: Case) => cases.test(id)
  const { result, faults } = await tryLibrary({ between: plant(), select, strict: evidence })
  expect(faults).toEqual([])
  const failed = result.results.filter(({ outcome }) => outcome === 'fail')
  const noticed = failed.flatMap(({ breaches }) => breaches.filter((breach) => rule.test(breach.rule.text)))
  return { noticed: noticed.map((breach) => breach.rule.text), told: toldOf(result, 'fail', 'note', 'not-reached') }
}

describe('the case about the broken rule notices that', () => {
  it.each(FAULTS)('$name', async (fault) => {
    const { noticed, told } = await notice(fault)
    expect(noticed, told.join('\n')).not.toEqual([])
  })
})

describe('no story notices yet that', () => {
  it.each(STATE_FAULTS)('$name', async (fault) => {
    expect((await notice({ ...fault, evidence: 'assumed' })).noticed).toEqual([])
  })
})
