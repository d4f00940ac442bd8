import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { show } from '../figures.ts'
import type { Measured, Options, Part } from '../vocabulary.ts'

const root = join(import.meta.dirname, '../..')
const SUBJECT = 'the tarball'
const LEAVE_OUT = ['--omit=dev', '--omit=optional']

interface Installed {
  readonly packages: number
  readonly bytes: number
  /** By package, the largest first. */
  readonly parts: readonly (readonly [name: string, bytes: number])[]
}

/** What it takes on the disk, as `du` says. */
const sizeOf = (path: string): number => {
  const entry = lstatSync(path)
  const own = entry.blocks * 512
  return entry.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), own) : own
}

function npm(args: readonly string[], cwd: string): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env, encoding: 'utf8' })
}

/** Installs into an empty project, as a user would in production. */
function install(folder: string, what: string): Installed {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  npm(['install', what, '--prefer-offline', ...LEAVE_OUT], folder)
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  // Optional packages of other systems stand in the lock file alone.
  const places = Object.keys(lock.packages).filter((place) => place !== '' && existsSync(join(folder, place)))
  const sizes = places.map((place) => {
    // A package inside another one counts by itself.
    const inner = places.filter((other) => other.startsWith(`${place}/`))
    const nested = inner.filter((other) => !inner.some((between) => other.startsWith(`${between}/`)))
    const whole = sizeOf(join(folder, place)) - nested.reduce((sum, other) => sum + sizeOf(join(folder, other)), 0)
    return [place.replace(/^.*node_modules\//, ''), whole] as const
  })
  return {
    packages: places.length,
    bytes: sizeOf(join(folder, 'node_modules')),
    parts: sizes.sort((a, b) => b[1] - a[1]),
  }
}

const prismRange = (): string => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return `@stoplight/prism-cli@${manifest.devDependencies['@stoplight/prism-cli']}`
}

const megabytes = (bytes: number): string => show(bytes / 1e6, ' MB', 1)

export const productionInstall: Part = {
  name: 'install',
  title: 'Production install',
  method: `The tarball of \`npm pack\` and Prism, each by \`npm install ${LEAVE_OUT.join(' ')}\` into an empty project; the size is what
it takes on the disk.`,
  subjects: [SUBJECT],
  async measure({ tell }: Options): Promise<Measured> {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-install-'))
    try {
      // What is measured is built already.
      const tarball = npm(['pack', '--ignore-scripts', '--pack-destination', folder], root).trim().split('\n').at(-1)
      tell('install: rollcall')
      const ours = install(join(folder, 'ours'), join(folder, basename(tarball ?? '')))
      tell('install: Prism')
      const prism = install(join(folder, 'prism'), prismRange())
      const row = (name: string, { packages, bytes }: Installed) => [name, megabytes(bytes), show(packages)]
      return {
        tables: [
          { head: ['install', 'size', 'packages'], rows: [row('rollcall', ours), row('Prism', prism)] },
          {
            head: ['of it', 'size'],
            rows: ours.parts.slice(0, 8).map(([name, bytes]) => [name, megabytes(bytes)]),
          },
        ],
        findings: [
          { target: 'install-size', subject: SUBJECT, rounds: [ours.bytes / 1e6] },
          { target: 'install-packages', subject: SUBJECT, rounds: [ours.packages] },
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
