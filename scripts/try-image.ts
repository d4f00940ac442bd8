/**
 * `npm run try:image`: builds the image, asks it, and ends it. Where there is no Docker it says so, and takes the steps of
 * Dockerfile on this machine: what npm packs is installed in a folder, as its own user would start it.
 */
import { deepEqual, equal } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, startServer } from '../cli/spawn-rollcall.ts'
import { cleanEnv, npm, packPackage } from './pack-package.ts'

const ROOT = join(import.meta.dirname, '..')
const file = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
/** A line of Dockerfile whose value is a list. */
const listOf = (name: string): string[] => JSON.parse(new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(file)?.[1] ?? '[]')
const [program = '', ...command] = [...listOf('ENTRYPOINT'), ...listOf('CMD')]
deepEqual([program, ...command], ['rollcall', 'mock', '--host', '0.0.0.0'])

const folder = mkdtempSync(join(tmpdir(), 'rollcall-image-'))
const docker = await run(['info'], { command: ['docker'] }).catch(() => undefined)
const documents = join(ROOT, 'examples', 'todos')
const args = [...command, 'todos.yaml', '--port', docker?.code === 0 ? '4010' : '0']

if (docker?.code === 0) {
  equal((await run(['build', '--tag', 'rollcall', '.'], { command: ['docker'], cwd: ROOT })).code, 0)
} else {
  console.log('There is no Docker on this machine: the steps of Dockerfile are taken without it.')
  const tarball = await packPackage(folder)
  await npm(['install', '--global', '--prefix', folder, '--ignore-scripts', '--prefer-offline', tarball], folder)
}
const surroundings =
  docker?.code === 0
    ? ({
        command: ['docker', 'run', '--rm', '--network', 'host', '--volume', `${documents}:/documents:ro`, 'rollcall'],
      } as const)
    : ({ command: [join(folder, 'bin', program)], cwd: documents, env: cleanEnv } as const)
await using server = await startServer(args, surroundings)
const url = server.url.replace('0.0.0.0', '127.0.0.1')
equal((await fetch(`${url}/__rollcall/health`)).status, 200)
equal((await fetch(`${url}/__rollcall/state`)).status, 403)
equal((await fetch(`${url}/lists`)).status, 200)
equal((await server.stop('SIGTERM')).code, 0)
rmSync(folder, { recursive: true })
console.log('It is healthy, answers, lets nobody steer it without a token, and ends with 0 when it is told to.')
