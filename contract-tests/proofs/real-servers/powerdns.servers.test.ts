import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../../cli/spawn-rollcall.ts'
import type { Json } from '../../../documents/read/read-document.ts'
import { findPowerDns } from './find-powerdns.ts'
import { type StartedPowerDns, startPowerDns } from './start-powerdns.ts'

/** What is wrong with PowerDNS by its own document, by operation: each was seen with curl. */
const WRONG: Readonly<Record<string, RegExp>> = {
  // `dnssec=any-text` and `includerings=any-text` are taken for false.
  listZones: /^query dnssec must be boolean$/,
  getStats: /^query includerings must be boolean$/,
  // `max=any-text` is answered with 500; without `max`, which is required, it shows the first 100.
  searchData:
    /^query max must be integer; a request that breaks it is refused, not answered with 5xx$|^query max is required$/,
  // The document says a text, and PowerDNS shows an object with a text in it.
  axfrExportZone: /^the body must be string$/,
  // The document requires nothing of a Cryptokey, and PowerDNS refuses one without a keytype.
  createCryptokey: /^a plain body is accepted$/,
  // The document says that the id is a text, and one that is no number is answered with 500.
  getCryptokey: /^reading one of \S+ that is not there is refused, not answered with 5xx$/,
}

/** The document requires it of every RRSet, and PowerDNS takes it and never shows it, whatever shows a zone. */
const WRONG_EVERYWHERE = /^\/rrsets\/\d+ has changetype$/

const STRANGERS = ['strangers.example.', 'signed.example.']
const ZONES = '/api/v1/servers/localhost/zones'
const SERVER = ['--param', 'server_id=localhost']
const OF_STRANGERS = [
  'zone_id=signed.example.',
  'cryptokey_id=1',
  'tsigkey_id=strangers-key.',
  'metadata_kind=NSEC3PARAM',
]

let powerDns: StartedPowerDns
let before: string[]
const folder = mkdtempSync(join(tmpdir(), 'rollcall-powerdns-report-'))
const document = join(folder, 'powerdns.yaml')

beforeAll(async () => {
  powerDns = await startPowerDns(await findPowerDns())
  const put = async (...asked: Parameters<StartedPowerDns['ask']>) =>
    expect((await powerDns.ask(...asked)).ok).toBe(true)
  for (const name of STRANGERS) {
    const records = [{ content: '192.0.2.1', disabled: false }]
    const rrsets = [{ name: `www.${name}`, type: 'A', ttl: 300, records }]
    const nameservers = ['ns1.example.net.']
    await put('POST', ZONES, { name, kind: 'Native', nameservers, rrsets, dnssec: name.startsWith('signed') })
  }
  await put('POST', '/api/v1/servers/localhost/tsigkeys', { name: 'strangers-key', algorithm: 'hmac-sha256' })
  await put('PUT', `${ZONES}/signed.example./metadata/ALLOW-AXFR-FROM`, { metadata: ['192.0.2.9'] })
  writeFileSync(document, await (await powerDns.ask('GET', '/api/docs')).text())
  before = powerDns.rows()
}, 30_000)

afterAll(async () => {
  await powerDns[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

interface Verified {
  readonly code: number | null
  readonly stderr: string
  /** `searchData: query max must be integer`, each once. */
  readonly findings: readonly string[]
  readonly outcomes: Readonly<Record<string, number>>
}

async function verify(...more: string[]): Promise<Verified> {
  const url = ['--url', `${powerDns.origin}/api/v1`]
  const env = { ...process.env, ROLLCALL_TOKEN: powerDns.key, ROLLCALL_BAD_TOKEN: 'another-key' }
  const report = ['--reporter', 'json', '--output', folder]
  const { code, stderr } = await run(['verify', document, ...url, '--seed', 'powerdns', ...more, ...report], { env })
  const { results } = JSON.parse(readFileSync(join(folder, 'ctrf-report.json'), 'utf8'))
  const failed: Json[] = results.tests.filter(({ rawStatus }: Json) => rawStatus === 'fail')
  const findings = failed.flatMap(({ suite: [, operation], extra }): string[] =>
    extra.breaches
      .filter(({ rule }: Json) => rule.evidence === 'documented')
      .map(({ rule }: Json) => `${operation}: ${rule.text}`),
  )
  return { code, stderr, findings: [...new Set(findings)], outcomes: results.extra.outcomes }
}

const isTrue = (finding: string): boolean => {
  const [operation = '', ...rule] = finding.split(': ')
  return [WRONG[operation], WRONG_EVERYWHERE].some((wrong) => wrong?.test(rule.join(': ')))
}

const operationsOf = (findings: readonly string[]): string[] => findings.map((finding) => finding.split(': ')[0] ?? '')

describe('rollcall verify of PowerDNS', { timeout: 60_000 }, () => {
  it('finds what is wrong with it, and nothing else', async () => {
    const { code, stderr, findings, outcomes } = await verify(...SERVER)
    expect(findings.filter((finding) => !isTrue(finding))).toEqual([])
    expect(operationsOf(findings)).toEqual(expect.arrayContaining(['getStats', 'listZones', 'searchData']))
    expect(outcomes.pass).toBeGreaterThan(0)
    expect(code, stderr).toBe(1)
  })

  it('finds more where it is told what is there, and still nothing else', async () => {
    const { findings } = await verify(...SERVER, ...OF_STRANGERS.flatMap((one) => ['--param', one]))
    expect(findings.filter((finding) => !isTrue(finding))).toEqual([])
    expect(operationsOf(findings)).toEqual(expect.arrayContaining(Object.keys(WRONG)))
  })

  it('leaves the zones and keys of others as they were, byte for byte, and nothing of its own', () => {
    expect(before.length).toBeGreaterThan(10)
    expect(powerDns.rows()).toEqual(before)
  })
})
