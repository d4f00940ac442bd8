import { execFileSync } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BUILT_IN } from '../mocks/built-in.ts'
import { BUILT_IN_DOCUMENTS } from '../scripts/built-in-documents.ts'
import { STORIES } from './built-in.ts'
import { loadDocument } from './load-document.ts'
import { FAULTS } from './selftest/built-in.ts'

const NAMES = Object.keys(STORIES)

describe('the registry', () => {
  it('names each built-in document, for the suite, the self-test and the mock alike', () => {
    expect(NAMES.toSorted()).toEqual(BUILT_IN_DOCUMENTS.map(({ name }) => name).toSorted())
    expect(NAMES).toEqual(Object.keys(BUILT_IN))
    expect(NAMES).toEqual(Object.keys(FAULTS))
  })
})

/** The files of a vendor that a program loads from `contract-tests`, in a process of its own. */
function filesLoadedBy(program: string): string[] {
  const suite = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'index.ts')).href)
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
    const { loadDocument, verify } = await import(${suite})
    const send = async () => ({ status: 404, headers: {}, text: '', duration: 1 })
    ${program}
    console.log(JSON.stringify(loaded))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const files = (JSON.parse(printed) as string[]).map((url) => url.replace(/^.*\/contract-tests\//, ''))
  expect(files).toContain('suite/tell.ts')
  return files.filter((file) => NAMES.some((name) => file.endsWith(`/${name}.ts`)))
}

describe('rollcall/contract', () => {
  it('loads nothing of a vendor to verify a document of your own', () => {
    const file = JSON.stringify(join(import.meta.dirname, 'fixtures', 'pets.yaml'))
    const program = `
      const { results } = await verify({ ...(await loadDocument(${file})), send, maxRequests: 3 })
      if (results.length === 0) throw new Error('no case ran')`
    expect(filesLoadedBy(program)).toEqual([])
  })

  it.each(NAMES)('loads the stories of %s with its document, and nothing of another vendor', (name) => {
    expect(filesLoadedBy(`await loadDocument('${name}')`)).toEqual([`stories/${name}.ts`])
  })
})

describe('a document that is built in', () => {
  const DOCUMENT = join(import.meta.dirname, '..', 'openapi', 'royalti.yaml')

  it('has its stories by its name and by its path', async () => {
    const { stories } = await loadDocument('royalti')
    expect(stories).toBeTypeOf('function')
    expect((await loadDocument(DOCUMENT)).stories).toBe(stories)
  })

  it('has none where it only shares the name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-built-in-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'royalti.yaml')
    await copyFile(DOCUMENT, file)
    expect(Object.keys(await loadDocument(file)).toSorted()).toEqual(['document', 'name'])
  })
})
