import { basename, relative } from 'node:path'
import { loadStories } from '../contract-tests/built-in.ts'
import type { Stories } from '../contract-tests/suite/tell.ts'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { DocumentError } from '../documents/read/document-error.ts'
import { findShipped } from '../documents/read/find-shipped.ts'
import { isUrl } from '../documents/read/load-files.ts'
import { nameDocument } from '../documents/read/name-document.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import type { Api } from '../mocks/api/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { checkName } from './load-api.ts'

/** The document that a run verifies against. */
export interface Subject {
  readonly name: string
  readonly contract: Contract
  /** How a report calls a file of the document, so that a person can open it from here. */
  readonly show: (file: string) => string
  /** Of a built-in document. */
  readonly stories?: Stories
  /** Of a built-in API: what its mock lets in, and how fast the vendor lets one call. */
  readonly api?: Api
}

/** @throws UsageError when it is neither a built-in API nor a file; DocumentError when the document is not valid */
export async function loadSubject(name: string, options?: ReadOptions): Promise<Subject> {
  const load = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined
  const file = load ? shippedDocument(name) : name
  checkName(name)
  const contract = await readContract(file, options)
  const api = await load?.()
  const stories = await loadStories(file)
  return {
    name: load ? name : nameDocument(name),
    contract,
    show: load ? showShipped : (one) => one,
    ...(api && { api }),
    ...(stories && { stories }),
  }
}

/** What may be a secret in the URL of a document: reports say how it was named. */
export const valuesInUrl = (document: string): string[] =>
  isUrl(document) ? [...new URL(document).searchParams.values()] : []

/** How a document was named, without what may be a secret in its URL. */
export const withoutQuery = (document: string): string => (isUrl(document) ? document.replace(/\?[^#]*/, '') : document)

function showShipped(file: string): string {
  const shown = relative(process.cwd(), file)
  return shown.startsWith('..') ? `openapi/${basename(file)}` : shown
}

/** @throws DocumentError when the installation is not whole */
function shippedDocument(name: string): string {
  const file = findShipped(name)
  if (file === undefined) throw new DocumentError(`openapi/${name}.yaml is missing from this installation`)
  return file
}
