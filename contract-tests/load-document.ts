import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { findShipped } from '../documents/find-shipped.ts'
import { loadStories } from './built-in.ts'
import type { Stories } from './stories/tell.ts'

/** A document with its name; of a built-in one its stories too. */
export interface LoadedDocument {
  readonly name: string
  readonly document: Contract
  readonly stories?: Stories
}

/**
 * Loads a built-in document by its name, with its stories, or any other by its path. Nothing of another vendor is loaded.
 * @throws DocumentError when it cannot be read or is not valid
 */
export async function loadDocument(nameOrFile: string): Promise<LoadedDocument> {
  const file = existsSync(nameOrFile) ? nameOrFile : (findShipped(nameOrFile) ?? nameOrFile)
  const document = await readContract(file)
  const stories = await loadStories(file)
  return { name: basename(file, extname(file)), document, ...(stories && { stories }) }
}
