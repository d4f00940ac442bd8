import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { loadSubject } from './verify-subject.ts'

const checkOut = (folder: string) => {
  vi.stubEnv('GITHUB_WORKSPACE', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
}

describe('how reports call a file of a document', () => {
  const root = resolve(import.meta.dirname, '..')
  const path = 'openapi/dynamic.yaml'

  it('of a built-in one: as the package exports it, wherever it was installed to', async () => {
    const { nameFile } = await loadSubject('dynamic')
    for (const folder of ['/home/me/app', join(root, 'cli')]) {
      checkOut(folder)
      expect(nameFile(join(root, path))).toEqual({ file: 'rollcall/openapi/dynamic.yaml' })
    }
  })

  it('of a built-in one that is checked out: as it is found there', async () => {
    const { nameFile } = await loadSubject('dynamic')
    checkOut(root)
    expect(nameFile(join(root, path))).toEqual({ file: path, checkedOut: path })
    // What is laid over it is the user's.
    expect(nameFile('./over.yaml')).toEqual({ file: './over.yaml', checkedOut: 'over.yaml' })
  })

  it('of the user’s own: as it was named, with its path from the root of the checkout', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-subject-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'own.yaml')
    await writeFile(file, 'openapi: 3.1.0\ninfo: { title: Own, version: "1" }\npaths: {}\n')
    const { nameFile } = await loadSubject(file)
    checkOut(resolve('.'))
    expect(nameFile('./api/own.yaml')).toEqual({ file: './api/own.yaml', checkedOut: 'api/own.yaml' })
    checkOut(resolve('..'))
    expect(nameFile('own.yaml').checkedOut).toMatch(/^[^/]+\/own\.yaml$/)
    checkOut('/elsewhere')
    expect(nameFile('own.yaml')).toEqual({ file: 'own.yaml' })
    checkOut('')
    expect(nameFile('own.yaml')).toEqual({ file: 'own.yaml', checkedOut: 'own.yaml' })
  })

  it('that is somebody’s package, a URL, or elsewhere: as it was named, and nothing in it can be annotated', async () => {
    const { nameFile } = await loadSubject(resolve(import.meta.dirname, '..', 'openapi', 'dynamic.yaml'))
    checkOut('')
    for (const file of [
      'node_modules/@acme/api/openapi.yaml',
      'https://example.test/a.yaml',
      '../a.yaml',
      '/etc/a.yaml',
    ])
      expect(nameFile(file)).toEqual({ file })
  })
})
