import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LoadedDocument, loadDocument } from '../../load-document.ts'
import type { DeriveOptions } from '../../suite/case-kit.ts'
import { schemesOf } from '../../suite/list-schemes.ts'
import { createSend } from '../../suite/send-http.ts'
import { listCases, type Plan, verify } from '../../suite/verify.ts'
import type { Case, CaseResult, Evidence, RunResult } from '../../suite/vocabulary.ts'
import { FAULTS } from './faults.ts'
import { type Between, openProxy } from './open-proxy.ts'
import type { Fault } from './plant-fault.ts'
import { FIRST_SHELF, serveLibrary, TOKEN } from './serve-library.ts'
import { STATE_FAULTS } from './state-faults.ts'

const DOCUMENT = fileURLToPath(new URL('library.yaml', import.meta.url))
const SEED = { seed: 'planted', tag: 'planted1' }

let loaded: LoadedDocument
/** With and without a shelf that may be used: what needs one must be given it, and stories put up their own. */
let plans: Readonly<Record<'given' | 'own', Plan>>

beforeAll(async () => {
  loaded = await loadDocument(DOCUMENT)
  const listFor = (params: DeriveOptions['params'] = {}) => listCases({ ...loaded, ...SEED, params })
  plans = { given: listFor({ shelfId: FIRST_SHELF }), own: listFor() }
})

interface Options {
  readonly shelf: keyof typeof plans
  readonly between?: Between
  readonly select?: (one: Case) => boolean
  readonly strict?: Evidence
}

/** A run of the suite, as a user would start it, on a library of its own behind a proxy. */
async function tryLibrary({ shelf, between, select, strict = 'documented' }: Options) {
  await using library = await serveLibrary()
  await using proxy = await openProxy(library.url, between ?? ((call, forward) => forward(call)))
  const { cases, ...rest } = plans[shelf]
  const before = library.state()
  const result = await verify({
    ...loaded,
    ...SEED,
    ...(shelf === 'given' && { params: { shelfId: FIRST_SHELF } }),
    plan: { ...rest, cases: select ? cases.filter(select) : cases },
    send: createSend({ url: proxy.url, token: TOKEN, badToken: 'another', scheme: schemesOf(loaded.document) }),
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

describe.each(['given', 'own'] as const)(
  'a server that keeps to its document, asked with a shelf that is %s',
  (shelf) => {
    let run: Awaited<ReturnType<typeof tryLibrary>>

    beforeAll(async () => {
      run = await tryLibrary({ shelf })
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
  },
)

/** What the cases that are about a fault say is broken, of all that fails a run. */
async function notice(shelf: Options['shelf'], { cases, rule, evidence = 'documented', plant }: Fault) {
  const select = ({ id }: Case) => cases.test(id)
  const { result, faults } = await tryLibrary({ shelf, between: plant(), select, strict: evidence })
  expect(faults).toEqual([])
  const failed = result.results.filter(({ outcome }) => outcome === 'fail')
  const noticed = failed.flatMap(({ breaches }) => breaches.filter((breach) => rule.test(breach.rule.text)))
  return { noticed: noticed.map((breach) => breach.rule.text), told: toldOf(result, 'fail', 'note', 'not-reached') }
}

describe('the case about the broken rule notices that', () => {
  it.each(FAULTS)('$name', async (fault) => {
    const { noticed, told } = await notice('given', fault)
    expect(noticed, told.join('\n')).not.toEqual([])
  })
})

describe('the story about the broken rule notices that', () => {
  it.each(STATE_FAULTS)('$name', async (fault) => {
    const { noticed, told } = await notice('own', fault)
    expect(noticed, told.join('\n')).not.toEqual([])
  })
})
