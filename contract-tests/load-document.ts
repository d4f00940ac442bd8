import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
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

/** The package's own `openapi/`, from the sources as from `dist/`, whatever folder the bundler put this code into. */
export function findShipped(name: string): string | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'openapi', `${name}.yaml`)
    if (existsSync(file)) return file
    if (folder === dirname(folder)) return undefined
  }
}
