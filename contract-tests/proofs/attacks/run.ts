/**
 * Attacks the mock in processes of its own, on loopback, and says what it found. Exit code 1 when a promise was broken.
 */
import { readOptions } from '../../../scripts/read-options.ts'
import type { Attack } from './attack.ts'
import { evilDocuments } from './evil-documents.ts'
import { httpLines } from './http-lines.ts'
import { largeBodies } from './large-bodies.ts'
import { largeTenants } from './large-tenants.ts'
import { manySessions } from './many-sessions.ts'
import { manyTenants } from './many-tenants.ts'
import { slowClients } from './slow-clients.ts'

const ATTACKS: readonly Attack[] = [
  httpLines,
  slowClients,
  evilDocuments,
  largeBodies,
  manySessions,
  manyTenants,
  largeTenants,
]

const USAGE = `Usage: npm run attack -- [options] [attack …]

Attacks: ${ATTACKS.map(({ name }) => name).join(', ')}; all of them where none is named.

  --short  less of each, for every change; the whole takes minutes
  --help`

const { values, positionals } = readOptions(USAGE, {
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.find((name) => !ATTACKS.some((attack) => attack.name === name))
if (unknown !== undefined) {
  console.error(`there is no attack ${unknown}; there is ${ATTACKS.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
let broken = 0
let held = 0
for (const { name, run } of ATTACKS) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const began = performance.now()
  console.log(name)
  await run(({ promise, found, isHeld }) => {
    if (isHeld) held++
    else broken++
    console.log(`  ${isHeld ? 'held  ' : 'BROKEN'}  ${promise}: ${found}`)
  }, values.short)
  console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s`)
}
console.log(`\n${held} held, ${broken} broken`)
process.exitCode = broken > 0 ? 1 : 0
