import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { findShipped } from '../documents/find-shipped.ts'

/** A document with the name by which its stories are found. */
export interface LoadedDocument {
  readonly name: string
  readonly document: Contract
}

/**
 * Loads a built-in document by its name, or any other by its path.
 * @throws DocumentError when it cannot be read or is not valid
 */
export async function loadDocument(nameOrFile: string): Promise<LoadedDocument> {
  const file = existsSync(nameOrFile) ? nameOrFile : (findShipped(nameOrFile) ?? nameOrFile)
  return { name: basename(file, extname(file)), document: await readContract(file) }
}
