/** Builds `dist/`: bundled JavaScript for Node 20 and browsers, and type declarations. */
import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { buildInspector } from './build-inspector.ts'
import { bundlePackage, manifest } from './bundle-package.ts'

const root = join(import.meta.dirname, '..')
rmSync(join(root, 'dist'), { recursive: true, force: true })
const sources = await bundlePackage(join(root, 'dist'))
const page = await buildInspector(join(root, 'dist/inspector'))
const inputs = [...sources, ...Object.keys(page.inputs)]
writeFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), noticesOf(inputs))
for (const bin of Object.values<string>(manifest.bin)) chmodSync(join(root, bin), 0o755)

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
leaveOutUnread(Object.values<{ types?: string }>(manifest.exports).flatMap((entry) => entry.types ?? []))

/**
 * Removes the declarations that no entry leads to: the compiler writes one for each source, and most of them say what only
 * we import. They are a tenth of what an installation takes.
 */
function leaveOutUnread(entries: readonly string[]): void {
  const isRead = new Set<string>()
  const waiting = entries.map((entry) => join(root, entry))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (isRead.has(path)) continue
    isRead.add(path)
    for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) waiting.push(join(dirname(path), fileName.replace(/(?:\.js|\.ts)$/, '.d.ts')))
    }
  }
  for (const name of readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })) {
    const path = join(root, 'dist', name)
    if (path.endsWith('.d.ts') && !isRead.has(path)) rmSync(path)
  }
}

/** The licences of the packages whose code is in the bundles, which each of them asks to be passed on. */
function noticesOf(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const file = readdirSync(join(root, folder)).find((one) => /^licen[cs]e/i.test(one))
    if (!file) throw new Error(`${name} is bundled, and has no licence to pass on`)
    return `${name} ${version}, ${license}\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`
  })
  return `Code of these packages is bundled in rollcall.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`
}
