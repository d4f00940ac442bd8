import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import { makeUsers } from '../../../mocks/data/index.ts'
import { pickByKeyword } from '../../fixtures/pick-cases.ts'
import { loadDocument } from '../../load-document.ts'
import { listCases, type Plan, type VerifyOptions } from '../../suite/verify.ts'
import { openMemory, sendInMemory } from '../targets/in-memory.ts'
import { openMswChromium } from '../targets/msw-chromium.ts'
import { openMswNode } from '../targets/msw-node.ts'
import { openHttp, openPrism } from '../targets/over-http.ts'
import { DIFFERS } from './differs.ts'
import { type PlayedRun, playRun } from './play-run.ts'
import { type RecordedRun, type RunOptions, recordRun } from './record-run.ts'
import type { Column, Setting, Transport } from './vocabulary.ts'
import { TITLES, writeTable } from './write-table.ts'

const TABLE = join(import.meta.dirname, '../../../PARITY.md')
/** `npm run parity` plays every case, which takes minutes; else it is one of each operation and keyword, and each that differs. */
const IS_WHOLE = process.env['ROLLCALL_PARITY'] === 'whole'
const NOW = '2027-01-01T00:00:00.000Z'
const ENVIRONMENTS = ['95b11417-f18f-457f-8804-68e361f9164f', '5c0a9d3e-7f1b-4c52-9a86-1e2d3c4b5a69'] as const

/** How a run reaches a second tenant. */
const SECOND: Readonly<Record<string, { readonly token: string } & Partial<VerifyOptions>>> = {
  dynamic: {
    token: 'dyn_second',
    params: { environmentId: ENVIRONMENTS[0] },
    secondParams: { environmentId: ENVIRONMENTS[1] },
  },
  royalti: { token: 'RWAK-second', hasSecondToken: true },
  descope: { token: 'P2second:management-key', hasSecondToken: true },
}

const NAMES = Object.keys(BUILT_IN)
const COLUMNS = Object.keys(TITLES) as Column[]

/** The cases that PARITY.md names. */
const DIFFERING = new Set([...readFileSync(TABLE, 'utf8').matchAll(/`(\w+\/\w+\/[^`]+)`/g)].map(([, id]) => id))

let setting: Setting
const wholes = new Map<string, Plan>()
const recorded: RecordedRun[] = []
const played: PlayedRun[] = []
const violations: string[] = []

async function describeSetting(): Promise<Setting> {
  const apis = NAMES.map(async (name) => {
    const api = await BUILT_IN[name]?.()
    if (!api) throw new Error(`there is no API ${name}`)
    const tokens = { own: api.behaviours.exampleCredential, bad: 'invalid', second: SECOND[name]?.token ?? '' }
    return [name, { tokens, users: await makeUsers(api, { count: 20, seed: 'parity' }) }] as const
  })
  return { seed: 'parity', now: NOW, apis: Object.fromEntries(await Promise.all(apis)) }
}

async function optionsOf(name: string): Promise<RunOptions> {
  const { token, ...second } = SECOND[name] ?? { token: '' }
  const options: RunOptions = {
    ...(await loadDocument(name)),
    strict: 'assumed',
    seed: 'parity',
    tag: 'parity42',
    hasBadToken: true,
    allowMail: true,
    secrets: [setting.apis[name]?.tokens.own ?? '', token],
    ...second,
  }
  const plan = listCases(options)
  wholes.set(name, plan)
  if (IS_WHOLE) return { ...options, plan }
  const picked = new Set([...pickByKeyword(plan.cases), ...plan.cases.filter(({ id }) => DIFFERING.has(id))])
  return { ...options, plan: { ...plan, cases: plan.cases.filter((one) => picked.has(one)) } }
}

/** Over one transport, all APIs at once: they share a server, and no state. */
async function playAll(column: Column, open: (setting: Setting) => Promise<Transport>): Promise<void> {
  await using transport = await open(setting)
  played.push(...(await Promise.all(recorded.map((run) => playRun(column, transport, run)))))
}

beforeAll(async () => {
  // The suite looks at the clock too: it asks whether what was created has the time of its creation.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(NOW) })
  setting = await describeSetting()
  const sendTo = await sendInMemory(setting)
  for (const name of NAMES) recorded.push(await recordRun(await optionsOf(name), sendTo(name)))
  await Promise.all([
    playAll('msw-chromium', openMswChromium),
    (async () => {
      await playAll('memory', openMemory)
      await playAll('http', openHttp)
      await playAll('prism', (setting) => openPrism(setting, (violation) => void violations.push(violation)))
      // Last: it intercepts whatever this process sends.
      await playAll('msw-node', openMswNode)
    })(),
  ])
  vi.useRealTimers()
}, 600_000)

describe.each(NAMES)('the cases of %s', (name) => {
  const recordedOf = () => recorded.find((run) => run.name === name) as RecordedRun

  it('pass in memory, each of them', () => {
    const { result, options } = recordedOf()
    expect(result.results.map((one) => one.case.id)).toEqual(options.plan?.cases.map(({ id }) => id))
    expect(result.results.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'unprovokable')).toEqual([])
    expect(result.leftovers).toEqual([])
  })

  describe.each(COLUMNS)('over %s', (column) => {
    const playedOf = () => played.find((run) => run.api === name && run.column === column) as PlayedRun

    it('have run, each of them', () => {
      const sendable = recordedOf().result.results.filter(({ outcome }) => outcome !== 'unprovokable')
      expect(sendable.length).toBeGreaterThan(50)
      expect(playedOf().cases).toEqual(sendable.map((one) => one.case.id))
    })

    it('are answered as in memory, byte for byte, but for what is known to differ', () => {
      expect(playedOf().differences.filter(({ known }) => !known)).toEqual([])
    })

    it('come to the same end', () => {
      const outcomesOf = ({ result }: Pick<RecordedRun, 'result'>) =>
        result.results.map((one) => `${one.outcome} ${one.case.id}`)
      expect(outcomesOf(playedOf())).toEqual(outcomesOf(recordedOf()))
    })
  })
})

describe('parity', () => {
  it('knows of no difference that is not there', () => {
    const seen = new Set(played.flatMap(({ differences }) => differences.map(({ known }) => known)))
    expect(DIFFERS.filter((known) => !seen.has(known))).toEqual([])
  })

  it('has no reply that Prism holds against the document', () => {
    expect(violations).toEqual([])
  })

  if (IS_WHOLE) {
    it('stands in PARITY.md as it is', async () => {
      await expect(writeTable(recorded, played)).toMatchFileSnapshot(TABLE)
    })
  } else {
    it('is that of PARITY.md, of which npm run parity makes the whole', () => {
      const table = writeTable(recorded, played)
      expect(listDiffering(table)).toEqual(listDiffering(readFileSync(TABLE, 'utf8')))
      const rows = NAMES.map((name) => `| ${name} | ${wholes.get(name)?.cases.length.toLocaleString('en')} | `)
      expect(readFileSync(TABLE, 'utf8').split('\n')).toEqual(
        expect.arrayContaining(rows.map((row) => expect.stringContaining(row))),
      )
    })
  }
})

const listDiffering = (table: string): string => table.slice(table.indexOf('## What differs'))
