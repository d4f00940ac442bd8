import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createMock } from '../mocks/create-mock.ts'
import { royalti } from '../mocks/royalti.ts'
import type { Assembled } from './assemble-mock.ts'
import { FileWatcher } from './watch-files.ts'
import { MockWatcher } from './watch-mock.ts'

const assembled = (): Assembled => ({
  found: { file: '/none', folder: '/', config: {}, environment: {} },
  parts: [],
  names: [],
  apis: [royalti],
  failures: [],
  mock: createMock({ apis: [royalti] }),
  delay: undefined,
  hasTokens: false,
  port: 0,
  host: '127.0.0.1',
  controlToken: undefined,
  maxSessions: 1,
  journal: 1,
})

it.each<[what: string, isBroken: boolean]>([
  ['what is being read', false],
  ['what turns out to be broken', true],
])('reads a file once more that is written while it is read: %s', async (_, isBroken) => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-watcher-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'openapi.yaml')
  await writeFile(file, 'first')
  let readings = 0
  const told: string[] = []
  let resolve = () => {}
  const readAgain = new Promise<void>((done) => {
    resolve = done
  })
  /** Resolves when a change has come to rest, for the watcher of the mock as well. */
  const noticeChange = () =>
    new Promise<void>((resolve) => {
      const witness = new FileWatcher(() => {
        witness.close()
        setTimeout(resolve, 100)
      })
      witness.add(file)
    })
  const watcher = new MockWatcher(async ({ onRead }) => {
    onRead?.(file)
    readings++
    if (readings === 3) resolve()
    if (readings !== 2) return assembled()
    const written = noticeChange()
    await writeFile(file, 'third')
    await written
    if (isBroken) throw new Error('broken')
    return assembled()
  })
  onTestFinished(() => watcher.stop())
  await watcher.begin()
  const ignore = () => undefined
  watcher.start({ say: ignore, tell: (line) => void told.push(line), onChange: ignore, onReload: ignore })
  await writeFile(file, 'second, longer')
  await readAgain
  expect([readings, told]).toEqual([3, []])
})
