/**
 * Scores the resources found in documents against what these say of themselves, and the pairs of creation and reading
 * against labels set by hand. Exit code 1 where that is less than is wanted.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readContract } from '../../../documents/contract/build-contract.ts'
import { findResources } from '../../../documents/resources/find-resources.ts'
import { readOptions } from '../../../scripts/read-options.ts'
import { type JudgedPair, judgePairs, type Pair, scorePairs } from './score-pairs.ts'
import { type Judged, judgeRoles, scoreRoles } from './score-roles.ts'

const USAGE = 'Usage: npm run infer-score -- <folder or document>'

/** Wanted: of labelled operations, of these those that it says nothing of, and of the pairs it has found. */
const WANTED = { right: 0.97, abstained: 0.03, pairs: 0.95 }

const { positionals } = readOptions(USAGE, { allowPositionals: true })
const [folder, ...rest] = positionals
if (!folder || rest.length > 0) {
  console.error(USAGE)
  process.exit(2)
}

const labels: Readonly<Record<string, readonly Pair[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'pairs.json'), 'utf8'),
)

function listDocuments(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const below = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
  return below.filter((name) => /\.(?:ya?ml|json)$/.test(name)).map((name) => join(path, name))
}

const judged: (Judged & { readonly document: string })[] = []
const pairs: (JudgedPair & { readonly document: string })[] = []
const documents = listDocuments(folder)
for (const file of documents) {
  const document = basename(file)
  const contract = await readContract(file)
  const resources = contract.once(findResources)
  judged.push(...judgeRoles(contract, resources).map((one) => ({ ...one, document })))
  for (const { create } of labels[document] ?? []) {
    if (!contract.operation(create)) throw new Error(`${document} has no operation ${create}, which pairs.json has`)
  }
  pairs.push(...judgePairs(resources, labels[document] ?? []).map((one) => ({ ...one, document })))
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`)
const roles = scoreRoles(judged)
const { right, labelled, abstained, byLabel } = roles
console.log(`${documents.length} documents, ${labelled} labelled operations`)
console.log(`right      ${right}, ${percent(right, labelled)}; wanted: at least ${100 * WANTED.right} %`)
console.log(`abstained  ${abstained}, ${percent(abstained, labelled)}; wanted: at most ${100 * WANTED.abstained} %`)
for (const [label, { precision, recall }] of Object.entries(byLabel)) {
  console.log(`${label.padEnd(10)} precision ${percent(precision, 1)}, recall ${percent(recall, 1)}`)
}
const found = scorePairs(pairs)
console.log(
  `pairs      ${found.labelled} creations labelled, ${found.found} found to be read back, ${found.right} of these rightly, ${percent(found.right, found.found)}; wanted: at least ${100 * WANTED.pairs} %`,
)
const wrong = judged.filter((one) => one.found !== one.label)
if (wrong.length > 0) console.log('\nNot as labelled:')
for (const { document, method, path, label, operation } of wrong) {
  console.log(`  ${document}  ${method} ${path}\n    ${label}, and found ${operation.role}: ${operation.reason}`)
}
const strange = pairs.filter((one) => one.found !== (one.read ?? undefined))
if (strange.length > 0) console.log('\nPairs that are not as labelled:')
for (const one of strange)
  console.log(`  ${one.document}  ${one.create}: ${one.read}, and found ${one.found ?? 'none'}`)

const isEnough =
  right >= WANTED.right * labelled &&
  abstained <= WANTED.abstained * labelled &&
  found.right >= WANTED.pairs * found.found &&
  (found.found > 0 || found.labelled === 0)
process.exitCode = labelled + found.labelled > 0 && isEnough ? 0 : 1
