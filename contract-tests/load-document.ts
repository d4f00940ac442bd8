import { existsSync } from 'node:fs'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { findShipped } from '../documents/read/find-shipped.ts'
import { nameDocument } from '../documents/read/name-document.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import { loadStories } from './built-in.ts'
import type { Stories } from './suite/tell.ts'

/** A document with its name and its stories, if there are any. */
export interface LoadedDocument {
  readonly name: string
  readonly document: Contract
  readonly stories?: Stories
}

/**
 * Loads a built-in document by its name, with its stories, or any other by its path or URL, with those of its resources.
 * Nothing of another vendor is loaded.
 * @throws DocumentError when it cannot be read or is not valid
 */
export async function loadDocument(nameOrFile: string, options?: ReadOptions): Promise<LoadedDocument> {
  const file = existsSync(nameOrFile) ? nameOrFile : (findShipped(nameOrFile) ?? nameOrFile)
  const document = await readContract(file, options)
  const stories = await loadStories(file, document)
  return { name: nameDocument(file), document, ...(stories && { stories }) }
}
