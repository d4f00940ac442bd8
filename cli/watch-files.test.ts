import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileWatcher } from './watch-files.ts'

let folder: string
let watcher: FileWatcher
let told: string[][]
let wake: (() => void) | undefined
const at = (name: string) => join(folder, name)
/** Resolves when it has told once more. */
const next = async (): Promise<string[]> => {
  while (told.length === 0) await new Promise<void>((resolve) => (wake = resolve))
  return told.shift() as string[]
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-watch-'))
  told = []
  watcher = new FileWatcher((changed) => {
    told.push(changed.map((path) => basename(path)))
    wake?.()
  })
  await writeFile(at('a.yaml'), 'a')
  await writeFile(at('b.yaml'), 'b')
  watcher.add(at('a.yaml'))
})
afterEach(() => {
  watcher.close()
  return rm(folder, { recursive: true, force: true })
})

describe('a file that is watched', () => {
  it('is told when it is written', async () => {
    await writeFile(at('a.yaml'), 'other')
    expect(await next()).toEqual(['a.yaml'])
  })

  it('is told when another takes its name, again and again', async () => {
    for (const text of ['first', 'second']) {
      await writeFile(at('.a.yaml.swp'), text)
      await rename(at('.a.yaml.swp'), at('a.yaml'))
      expect(await next()).toEqual(['a.yaml'])
    }
  })

  it('is told once when it is emptied and then written', async () => {
    await writeFile(at('a.yaml'), '')
    await appendFile(at('a.yaml'), 'written')
    expect(await next()).toEqual(['a.yaml'])
    await writeFile(at('a.yaml'), 'again, and longer')
    expect(await next()).toEqual(['a.yaml'])
    expect(told).toEqual([])
  })

  it('is told when it is removed, and when it is made', async () => {
    watcher.add(at('new.yaml'))
    await rm(at('a.yaml'))
    expect(await next()).toEqual(['a.yaml'])
    await writeFile(at('new.yaml'), 'new')
    expect(await next()).toEqual(['new.yaml'])
  })

  it('is told together with others that change at the same time', async () => {
    watcher.add(at('b.yaml'))
    await Promise.all([writeFile(at('a.yaml'), 'more'), writeFile(at('b.yaml'), 'more')])
    const first = await next()
    const all = first.length === 2 ? first : [...first, ...(await next())]
    expect(all.toSorted()).toEqual(['a.yaml', 'b.yaml'])
  })

  it('is alone: of its neighbours nothing is told, nor of one that is no longer watched', async () => {
    watcher.add(at('b.yaml'))
    watcher.keep([at('b.yaml')])
    await writeFile(at('a.yaml'), 'changed')
    await writeFile(at('c.yaml'), 'new')
    await writeFile(at('b.yaml'), 'changed')
    expect(await next()).toEqual(['b.yaml'])
  })
})
