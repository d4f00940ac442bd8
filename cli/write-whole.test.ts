import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { appendWhole, writeWhole } from './write-whole.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-write-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

const at = (name: string): string => join(folder, name)
const files = (...names: string[]): Map<string, string> => new Map(names.map((name) => [at(name), `new ${name}`]))

describe('writeWhole', () => {
  it('writes every file, in the place of what was there, and nothing else', async () => {
    await writeFile(at('b'), 'old')
    await writeWhole(files('a', 'b'))
    expect((await readdir(folder)).sort()).toEqual(['a', 'b'])
    expect(await readFile(at('b'), 'utf8')).toBe('new b')
  })

  // A link leads what is written to where every write fails as on a full disk.
  it.skipIf(!existsSync('/dev/full'))('writes none where one does not fit, and leaves what was there', async () => {
    await writeFile(at('a'), 'old')
    await symlink('/dev/full', at('b.new'))
    await expect(writeWhole(files('a', 'b', 'c'))).rejects.toMatchObject({
      code: 'ENOSPC',
      message: `${at('b')} cannot be written: the disk is full`,
    })
    expect(await readdir(folder)).toEqual(['a'])
    expect(await readFile(at('a'), 'utf8')).toBe('old')
  })

  it('says in one line that a folder is in the way', async () => {
    await mkdir(at('a'))
    await expect(writeWhole(files('a'))).rejects.toThrow(`${at('a')} cannot be written: it is a folder`)
    expect(await readdir(folder)).toEqual(['a'])
  })
})

describe('appendWhole', () => {
  it('adds to what is there, or makes it', async () => {
    for (const text of ['one\n', 'two\n']) await appendWhole(at('summary.md'), text)
    expect(await readFile(at('summary.md'), 'utf8')).toBe('one\ntwo\n')
  })

  it.skipIf(!existsSync('/dev/full'))('says in one line where it does not fit', async () => {
    await expect(appendWhole('/dev/full', 'text')).rejects.toThrow('/dev/full cannot be written: the disk is full')
  })
})
