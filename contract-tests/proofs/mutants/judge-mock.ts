import { join } from 'node:path'
import type { Contract } from '../../../documents/contract/contract.ts'
import type { Api } from '../../../mocks/api/api.ts'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import { readApi } from '../../../mocks/read-api.ts'
import { cornersStories } from '../../fixtures/corners-stories.ts'
import { loadDocument } from '../../load-document.ts'
import { loadFaults } from '../../selftest/built-in.ts'
import type { CaseKit, DeriveOptions } from '../../suite/case-kit.ts'
import { schemesOf } from '../../suite/list-schemes.ts'
import { listCases, type VerifyOptions, verify } from '../../suite/verify.ts'
import type { Case, CaseResult, Send } from '../../suite/vocabulary.ts'

/** What became of one case, and what it saw. */
export interface Verdict {
  /** The API and the case's own id. */
  readonly id: string
  readonly title: string
  readonly outcome: CaseResult['outcome']
  readonly duration: number
  readonly seen: string
}

/** The documents whose mocks are judged: those that rollcall brings along, and two whose mocks have their examples alone. */
const DOCUMENTS = [
  ...Object.keys(BUILT_IN),
  ...['orders', 'corners'].map((name) => join(import.meta.dirname, `../../fixtures/${name}.yaml`)),
]

/** What a document of our own says in words, and no case can be derived from. */
const STORIES: Readonly<Record<string, () => readonly Case[]>> = { corners: cornersStories }

/** The modules of the mocks, loaded with a mutant in them or without. */
type Mocks = typeof import('./load-mocks.ts')

/** One document's mock, ready to be judged. */
export interface Court {
  readonly name: string
  readonly kit: CaseKit
  readonly cases: readonly Case[]
  readonly options: Omit<VerifyOptions, 'send'>
  readonly makeSend: () => Send
}

const SEED = 'selftest'

/** A document, its cases, and what it was read to where it is no built-in one. */
interface DocumentPlan {
  readonly name: string
  readonly document: Contract
  readonly derive: DeriveOptions
  readonly kit: CaseKit
  readonly cases: readonly Case[]
  readonly read: Api | undefined
}

async function openCourt(mocks: Mocks, { name, document, derive, kit, cases, read }: DocumentPlan): Promise<Court> {
  const field = await mocks.makeField(name, schemesOf(document), read)
  return {
    name,
    kit,
    cases,
    makeSend: field.makeSend,
    options: {
      ...derive,
      name,
      document,
      strict: 'assumed',
      allowMail: true,
      // Each mock is made for one case and thrown away.
      allowChanges: true,
      hasBadToken: true,
      hasSecondToken: !('secondParams' in derive),
      secrets: field.tokens,
    },
  }
}

/** The contract suite over the mocks in memory: each case on a mock of its own, so that none depends on another. */
export async function createJudge() {
  const plans = (
    await Promise.all(
      DOCUMENTS.map(async (nameOrFile) => {
        const { name, document, stories } = await loadDocument(nameOrFile)
        const { tenants } = await loadFaults(name)
        const derive = { seed: SEED, tag: SEED, ...tenants }
        const read = Object.hasOwn(BUILT_IN, name) ? undefined : await readApi(nameOrFile, { stateless: true })
        // What has its examples alone remembers nothing that the stories of its resources could tell of.
        const { cases, kit } = listCases({ document, ...(!read && stories && { stories }), ...derive })
        const all = [...cases, ...(STORIES[name]?.() ?? [])]
        const plan = { name, document, derive, kit, cases: all, read }
        return read ? [plan, await byEngine(plan, read)] : [plan]
      }),
    )
  ).flat()

  async function open(mocks: Mocks): Promise<readonly Court[]> {
    return Promise.all(plans.map((plan) => openCourt(mocks, plan)))
  }

  /** The same with requests as the engine itself reads them, of the cases that it does as well. */
  async function byEngine(plan: DocumentPlan, { readCall: _, ...read }: Api): Promise<DocumentPlan> {
    const own = { ...plan, name: `${plan.name} by the engine`, read }
    const court = await openCourt(await import('./load-mocks.ts'), own)
    const ids = court.cases.map(({ id }) => nameOf(court, id))
    const verdicts = await judge([court], ids, { bail: false })
    const passed = new Set(verdicts.flatMap(({ id, outcome }) => (outcome === 'pass' ? [id] : [])))
    // Fewer would be a fault of the reader, and no matter of what it is made for.
    if (passed.size < 0.8 * ids.length) throw new Error(`${own.name}: only ${passed.size} of ${ids.length} cases pass`)
    return { ...own, cases: own.cases.filter(({ id }) => passed.has(nameOf(own, id))) }
  }

  /**
   * Tries these cases in their order, and stops at the first that fails where it is asked to.
   * @param onCase called before each
   */
  async function judge(
    courts: readonly Court[],
    wanted: readonly string[],
    { bail, onCase }: { readonly bail: boolean; readonly onCase?: (id: string) => void },
  ): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = []
    for (const { court, cases } of inRuns(courts, wanted)) {
      const idOf = ({ id }: { readonly id: string }) => nameOf(court, id)
      let send: Send | undefined
      const prepare = (one: Case | undefined) => {
        if (!one) return
        onCase?.(idOf(one))
        send = court.makeSend()
      }
      prepare(cases[0])
      const stop = new AbortController()
      await verify({
        ...court.options,
        plan: { cases, dropped: [], leftOut: [], kit: court.kit },
        signal: stop.signal,
        send: (request, signal) => (send as Send)(request, signal),
        onResult({ case: one, outcome: told, duration, reason, breaches }, done) {
          const seen = breaches.map(({ rule, seen: found }) => `${rule.text}, but ${found}`).join('; ')
          // A doubt is none here: the good mock leaves none.
          const outcome = breaches.length > 0 ? 'fail' : told
          verdicts.push({ id: idOf(one), title: one.title, outcome, duration, seen: reason ?? seen })
          if (bail && outcome === 'fail') stop.abort(new Error('noticed'))
          else prepare(cases[done])
        },
      })
      if (bail && verdicts.at(-1)?.outcome === 'fail') break
    }
    return verdicts
  }

  const ids = plans.flatMap((one) => one.cases.map(({ id }) => nameOf(one, id)))
  return { ids, open, judge }
}

/** Ids of cases are unique in their document only. */
const nameOf = ({ name }: { readonly name: string }, id: string): string => `${name} ${id}`

/** Neighbours of one API make one run. */
function inRuns(courts: readonly Court[], wanted: readonly string[]): { court: Court; cases: Case[] }[] {
  const known = new Map(
    courts.flatMap((court) => court.cases.map((one) => [nameOf(court, one.id), { court, one }] as const)),
  )
  const runs: { court: Court; cases: Case[] }[] = []
  for (const id of wanted) {
    const found = known.get(id)
    if (!found) throw new Error(`there is no case ${id}`)
    const last = runs.at(-1)
    if (last?.court === found.court) last.cases.push(found.one)
    else runs.push({ court: found.court, cases: [found.one] })
  }
  return runs
}
