/**
 * The fuzz tests with many inputs, by a seed of its own. What it prints of an input that fails is the file of `corpus/` that
 * keeps it, and the seed brings it back. Exit code 1 when one did.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readOptions } from '../../../scripts/read-options.ts'

const ROOT = join(import.meta.dirname, '../../..')
const USAGE = `Usage: npm run fuzz -- [options]

  --inputs <n>  how many each test of the fuzz tries; default 1000000
  --seed <n>    which they are; default: others each time
  --help`

const { values } = readOptions(USAGE, {
  options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const [inputs, seed] = [values.inputs, values.seed ?? String(Math.floor(Math.random() * 2 ** 31))].map(Number)
for (const [name, value = 0] of Object.entries({ inputs, seed })) {
  if (Number.isSafeInteger(value) && value >= 0) continue
  console.error(`--${name} must be a whole number, not ${values[name as keyof typeof values]}`)
  process.exit(2)
}
console.log(`${inputs} inputs by seed ${seed}`)
const env = { ...process.env, ROLLCALL_FUZZ_RUNS: `${inputs}`, ROLLCALL_FUZZ_SEED: `${seed}` }
const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
const args = [vitest, 'run', '--project', 'node', '--reporter', 'verbose', 'contract-tests/proofs/fuzz']
const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' })
process.exitCode = status ?? 1
