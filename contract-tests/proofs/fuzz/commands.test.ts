import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type BrokenFile, brokenDocuments } from './broken-documents.ts'
import { FUZZ_TIMEOUT, fuzz, readCorpus, share } from './keep-corpus.ts'
import { tryCommands } from './try-commands.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-commands-'))
})
afterAll(() => rm(folder, { recursive: true }))

const keep = ({ name, bytes }: BrokenFile) => ({
  about: '',
  against: 'commands',
  name,
  base64: Buffer.from(bytes).toString('base64'),
})

describe('a broken document', () => {
  it.each(readCorpus('commands'))('of the corpus is told: %s', (_, { name, base64 }) =>
    tryCommands({ name, bytes: Buffer.from(base64, 'base64') }, folder),
  )

  it(
    'is told in a line by every command, or gone on with: no stack, no fault of ours, no hang',
    () => fuzz(share(0.1), brokenDocuments, (file) => tryCommands(file, folder), keep),
    FUZZ_TIMEOUT,
  )
})
