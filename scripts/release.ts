/**
 * Publishes the package with provenance, if nothing speaks against it: `npm run release` says what it would publish, and
 * `npm run release -- --publish` does it, in CI, where npm can attest what it was built from. Exit code 1: refused.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../cli/spawn-rollcall.ts'
import { VERSION } from '../mocks/api/version.ts'
import { checkRelease, notesOf, tagOf } from './check-release.ts'
import { readOptions } from './read-options.ts'

const ROOT = join(import.meta.dirname, '..')
const USAGE = `Usage: npm run release -- [options]

  --publish  publishes; without it, what would be published is said
  --help`

const { values } = readOptions(USAGE, { options: { publish: { type: 'boolean', default: false } } })
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
const { stdout: status } = await run(['status', '--porcelain'], { command: ['git'], cwd: ROOT })
const uncommitted = status.split('\n').flatMap((line) => line.slice(3) || [])

const refused = checkRelease({ manifest, changelog, version: VERSION, uncommitted })
for (const reason of refused) console.error(`release: ${reason}`)
if (refused.length > 0) process.exit(1)

const args = ['publish', '--provenance', '--access', 'public', '--tag', tagOf(VERSION)]
console.log(`${manifest.name} ${VERSION}, as ${tagOf(VERSION)}:\n\n${notesOf(changelog, VERSION)}\n`)
const { code, stdout, stderr } = await run(values.publish ? args : [...args, '--dry-run'], {
  command: ['npm'],
  cwd: ROOT,
})
console.log(stdout)
console.error(stderr)
process.exit(code === 0 ? 0 : 1)
