import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoadedDocument, loadDocument } from '../../load-document.ts'
import { schemesOf } from '../../suite/list-schemes.ts'
import { createSend } from '../../suite/send-http.ts'
import { listCases, type Plan, verify } from '../../suite/verify.ts'
import type { CaseResult } from '../../suite/vocabulary.ts'
import { type Between, openProxy } from '../independent-server/open-proxy.ts'
import { findPowerDns } from './find-powerdns.ts'
import { type StartedPowerDns, startPowerDns } from './start-powerdns.ts'
import { ZONE_FAULTS } from './zone-faults.ts'

const SEED = { seed: 'zones', tag: 'zonefau1' }
const OTHERS = 'strangers.example.'

let powerDns: StartedPowerDns
let loaded: LoadedDocument
let plan: Plan
let before: string[]

beforeAll(async () => {
  powerDns = await startPowerDns(await findPowerDns())
  const zone = { name: OTHERS, kind: 'Native', nameservers: ['ns1.example.net.'] }
  expect((await powerDns.ask('POST', '/api/v1/servers/localhost/zones', zone)).ok).toBe(true)
  before = powerDns.rows()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-zones-'))
  const file = join(folder, 'powerdns.yaml')
  writeFileSync(file, await (await powerDns.ask('GET', '/api/docs')).text())
  loaded = await loadDocument(file)
  rmSync(folder, { recursive: true })
  plan = listCases({ ...loaded, ...SEED, params: { server_id: 'localhost' } })
}, 60_000)

afterAll(() => powerDns[Symbol.asyncDispose]())

/** A run of the life of a zone, or of one look at it, on PowerDNS behind a proxy. */
async function live(look: string, between: Between = (call, forward) => forward(call)) {
  await using proxy = await openProxy(`${powerDns.origin}/api/v1`, between)
  const isOfZones = /^(?:createZone|listZones?|putZone|patchZone|deleteZone)\/stories\/lifecycle\//
  const cases = plan.cases.filter(({ id }) => isOfZones.test(id) && id.replace('/stories/lifecycle', '').includes(look))
  const { results, leftovers } = await verify({
    ...loaded,
    ...SEED,
    plan: { ...plan, cases },
    params: { server_id: 'localhost' },
    send: createSend({ url: proxy.url, token: powerDns.key, scheme: schemesOf(loaded.document) }),
    url: proxy.url,
    settling: 0,
    strict: 'assumed',
    secrets: [powerDns.key],
  })
  expect(proxy.faults).toEqual([])
  return { results, leftovers }
}

const nameOf = ({ case: { id } }: CaseResult): string => id.replace('/stories/lifecycle', '')
const rulesOf = (results: readonly CaseResult[]): string[] =>
  results.flatMap((one) => one.breaches.map(({ rule }) => `${nameOf(one)}: ${rule.text}`))

describe('the life of a zone of PowerDNS', { timeout: 60_000 }, () => {
  it('is gone through without a role in the document: created, read, listed, replaced, deleted, and looked for', async () => {
    const { results, leftovers } = await live('')
    const reached = results.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail').map(nameOf)
    expect(reached).toEqual(
      expect.arrayContaining([
        ...['createZone/read-back', 'createZone/two-ids', 'listZones/listed', 'putZone/replaced'],
        ...['deleteZone/deleted', 'listZones/no-deleted', 'deleteZone/deleted-again', 'listZone/missing'],
      ]),
    )
    expect(leftovers).toEqual([])
    expect(powerDns.rows()).toEqual(before)
  })

  it.each(ZONE_FAULTS)('is noticed to be wrong where $name', async ({ wakes, rule, plant }) => {
    const sound = rulesOf((await live(wakes)).results).filter((told) => rule.test(told))
    expect(sound).toEqual([])
    const { results } = await live(wakes, plant())
    const told = rulesOf(results.filter(({ outcome }) => outcome === 'fail'))
    expect(told.filter((one) => rule.test(one))).not.toEqual([])
  })

  it('leaves the zones of others as they were, byte for byte, whatever was wrong', () => {
    expect(powerDns.rows().filter((row) => row.includes(OTHERS))).toEqual(before.filter((row) => row.includes(OTHERS)))
  })
})
