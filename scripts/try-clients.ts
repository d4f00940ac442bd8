/** The generated clients of docs/clients.md: installed, generated and tested by the lines of the page. */
import { equal, match } from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run, startServer } from '../cli/spawn-rollcall.ts'
import { cleanEnv, npm } from './pack-package.ts'

const ROOT = join(import.meta.dirname, '..')
const page = readFileSync(join(ROOT, 'docs', 'clients.md'), 'utf8')
const blocksOf = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block)
const lines = blocksOf('sh').flatMap((block) => block.trim().split('\n'))
const INSTALL = 'npm install --save-dev '
const isInstall = (line: string): boolean => line.startsWith(INSTALL)

/** A project with the files of the page and all that they need, beside the document; its folder. */
export async function installClients(folder: string, tarball: string): Promise<string> {
  const project = join(folder, 'clients')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  cpSync(join(ROOT, 'examples', 'bookshelf', 'bookshelf.yaml'), join(project, 'bookshelf.yaml'))
  for (const block of blocksOf('ts')) {
    const [, file = ''] = /^\/\/ (\S+)\n/.exec(block) ?? []
    match(file, /^(?:test\/)?[\w.-]+\.ts$/, `a block of docs/clients.md names no file: ${block}`)
    mkdirSync(dirname(join(project, file)), { recursive: true })
    writeFileSync(join(project, file), block)
  }
  // The package is not on a registry yet.
  const packages = lines.filter(isInstall).flatMap((line) => line.slice(INSTALL.length).split(' '))
  const wanted = packages.map((name) => (name === 'rollcall' ? tarball : name))
  await npm(['install', '--save-dev', '--no-audit', '--no-fund', ...wanted], project)
  return project
}

/** Generates the clients and runs their tests: on MSW, and again on a server. */
export async function tryClients(project: string): Promise<void> {
  const main = join(project, 'node_modules', 'rollcall', 'dist', 'cli', 'main.js')
  await using server = await startServer(
    ['mock', 'bookshelf.yaml', '--port', '0'],
    { command: [process.execPath, main], cwd: project, env: cleanEnv },
    /(http:\/\/127\.0\.0\.1:\d+)/,
  )
  for (const env of [cleanEnv, { ...cleanEnv, API_URL: `${server.url}/v1` }]) {
    for (const line of [...lines.filter((one) => !isInstall(one)), 'npx vitest run --no-file-parallelism']) {
      const { code, stdout, stderr } = await run(['-c', line], { command: ['bash'], cwd: project, env })
      equal(code, 0, `${line} failed in ${project}: ${stdout}${stderr}`)
    }
  }
}
