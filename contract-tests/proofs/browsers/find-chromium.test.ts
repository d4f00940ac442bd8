import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { findChromium, type Machine } from './find-chromium.ts'

let folder: string
let said: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-chromium-'))
  said = []
  onTestFinished(() => rm(folder, { recursive: true }))
})

/** A program in the folder; its path. */
async function put(name: string, script = 'exit 0'): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** A bare machine whose PATH is `bin` and `sbin`. */
const bare = (more: Partial<Machine> = {}, env: NodeJS.ProcessEnv = {}): Machine => ({
  isRoot: false,
  isDebian: false,
  policy: join(folder, 'policy-rc.d'),
  places: [join(folder, 'Applications', 'Chrome')],
  ofPlaywright: join(folder, 'cache', 'chrome'),
  say: (line) => void said.push(line),
  ...more,
  env: { PATH: ['bin', 'sbin'].map((name) => join(folder, name)).join(delimiter), ...env },
})

/** `apt-get` that writes down how it was called; `install` puts a chromium on the PATH. */
const putApt = (script = '') =>
  put(
    'bin/apt-get',
    `echo "$DEBIAN_FRONTEND $*" >> ${folder}/calls
     ${folder}/policy-rc.d || echo "services: $?" >> ${folder}/calls
     ${script}
     [ "$1" = update ] || { echo '#!/bin/sh' > ${folder}/sbin/chromium; /bin/chmod 755 ${folder}/sbin/chromium; }`,
  )

describe('findChromium', () => {
  it('takes what ROLLCALL_CHROMIUM names, then an installed Chrome or Chromium, then that of Playwright', async () => {
    const ofPlaywright = await put('cache/chrome')
    expect(await findChromium(bare())).toBe(ofPlaywright)
    const inPlace = await put('Applications/Chrome')
    expect(await findChromium(bare())).toBe(inPlace)
    const chromium = await put('sbin/chromium')
    expect(await findChromium(bare())).toBe(chromium)
    const chrome = await put('sbin/google-chrome')
    expect(await findChromium(bare())).toBe(chrome)
    const named = await put('elsewhere/chrome')
    expect(await findChromium(bare({}, { ROLLCALL_CHROMIUM: named }))).toBe(named)
    expect(said).toEqual([])
  })

  it('passes over what cannot be run', async () => {
    await put('bin/google-chrome/readme')
    await writeFile(join(folder, 'bin', 'chromium'), 'a text')
    const chromium = await put('sbin/chromium')
    expect(await findChromium(bare())).toBe(chromium)
  })

  it('refuses a ROLLCALL_CHROMIUM that is not there, whatever else is', async () => {
    await put('bin/chromium')
    const machine = bare({}, { ROLLCALL_CHROMIUM: '/no/such/chrome' })
    await expect(findChromium(machine)).rejects.toThrow('ROLLCALL_CHROMIUM names no program: /no/such/chrome')
  })

  it('installs that of Debian as root, and says so in one line', async () => {
    await mkdir(join(folder, 'sbin'))
    await putApt()
    expect(await findChromium(bare({ isRoot: true, isDebian: true }))).toBe(join(folder, 'sbin', 'chromium'))
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(
      'noninteractive update\nservices: 101\nnoninteractive install -y chromium\nservices: 101\n',
    )
    expect(existsSync(join(folder, 'policy-rc.d')), 'what was no policy before is none afterwards').toBe(false)
    expect(said).toEqual([expect.stringContaining('apt-get update && apt-get install -y chromium')])
    expect(said[0]).not.toContain('\n')
  })

  it('tells in one line why it could not install, and what to run', async () => {
    await putApt('echo "Reading..." >&2; echo "E: Temporary failure resolving" >&2; exit 100')
    const machine = bare({ isRoot: true, isDebian: true })
    await expect(findChromium(machine)).rejects.toThrow(
      'Chrome or Chromium could not be installed: E: Temporary failure resolving; run: apt-get update && apt-get install -y chromium',
    )
  })

  it.each([
    { isRoot: true, isDebian: false },
    { isRoot: false, isDebian: true },
  ])('installs nothing where %o, and says in one line what to run', async (machine) => {
    await putApt()
    await expect(findChromium(bare(machine))).rejects.toThrow(/^.*run: npx playwright install chromium.*$/)
    await expect(readFile(join(folder, 'calls'))).rejects.toThrow('ENOENT')
  })
})
