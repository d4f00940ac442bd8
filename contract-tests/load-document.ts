import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { findShipped } from '../documents/find-shipped.ts'
import { type Document, readDocument } from '../documents/read-document.ts'

/** A document with the name by which its stories are found. */
export interface LoadedDocument {
  readonly name: string
  readonly document: Document
}

/**
 * Loads a built-in document by its name, or any other by its path.
 * @throws DocumentError when it cannot be read or is not valid
 */
export async function loadDocument(nameOrFile: string): Promise<LoadedDocument> {
  const file = existsSync(nameOrFile) ? nameOrFile : (findShipped(nameOrFile) ?? nameOrFile)
  return { name: basename(file, extname(file)), document: await readDocument(file) }
}
