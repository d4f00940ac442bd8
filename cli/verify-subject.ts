import { basename, isAbsolute, relative, resolve, sep } from 'node:path'
import { loadStories } from '../contract-tests/built-in.ts'
import type { NameFile } from '../contract-tests/suite/reporters/locate.ts'
import type { Stories } from '../contract-tests/suite/tell.ts'
import { readContract } from '../documents/contract/build-contract.ts'
import type { Contract } from '../documents/contract/contract.ts'
import { DocumentError } from '../documents/read/document-error.ts'
import { findShipped } from '../documents/read/find-shipped.ts'
import { isUrl, nameDocument } from '../documents/read/name-document.ts'
import type { ReadOptions } from '../documents/read/read-options.ts'
import type { Api } from '../mocks/api/api.ts'
import { BUILT_IN } from '../mocks/built-in.ts'
import { checkName } from './load-api.ts'

/** The document that a run verifies against. */
export interface Subject {
  readonly name: string
  readonly contract: Contract
  readonly nameFile: NameFile
  /** Of a built-in document its own, of any other those of its resources. */
  readonly stories?: Stories
  /** Of a built-in API: what its mock lets in, and how fast the vendor lets one call. */
  readonly api?: Api
}

/**
 * @param own what the configuration calls it, and stories of one's own
 * @throws UsageError when it is neither a built-in API nor a file; DocumentError when the document is not valid
 */
export async function loadSubject(
  name: string,
  options?: ReadOptions,
  own: { readonly name?: string; readonly stories?: Stories } = {},
): Promise<Subject> {
  const load = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined
  const shipped = load && shippedDocument(name)
  const file = shipped ?? name
  checkName(name)
  const contract = await readContract(file, options)
  const api = await load?.()
  const stories = tellBoth(await loadStories(file, contract), own.stories)
  return {
    name: own.name ?? (load ? name : nameDocument(name)),
    contract,
    nameFile: shipped === undefined ? nameOwn : nameShipped(shipped),
    ...(api && { api }),
    ...(stories && { stories }),
  }
}

const tellBoth = (one: Stories | undefined, other: Stories | undefined): Stories | undefined =>
  one && other ? (...given) => [...one(...given), ...other(...given)] : (one ?? other)

/** What may be a secret in the URL of a document: reports say how it was named. */
export const valuesInUrl = (document: string): string[] =>
  isUrl(document) ? [...new URL(document).searchParams.values()] : []

/** How a document was named, without what may be a secret in its URL. */
export const withoutQuery = (document: string): string => (isUrl(document) ? document.replace(/\?[^#]*/, '') : document)

/** A document of ours is called by what the package exports it as; where it was installed to is nobody's matter. */
const nameShipped =
  (shipped: string): NameFile =>
  (file) => {
    const own = nameOwn(file)
    if (file !== shipped) return own
    const { checkedOut = `rollcall/openapi/${basename(file)}` } = own
    return { ...own, file: checkedOut }
  }

/** A file as it was named; in a workflow the checkout need not be the folder that the command runs in. */
const nameOwn: NameFile = (file) => {
  if (isUrl(file)) return { file }
  const checkout = process.env['GITHUB_WORKSPACE'] || process.cwd()
  const path = relative(checkout, resolve(file)).split(sep)
  const isInside = path[0] !== '..' && !isAbsolute(path.join(sep)) && !path.includes('node_modules')
  return isInside ? { file, checkedOut: path.join('/') } : { file }
}

/** @throws DocumentError when the installation is not whole */
function shippedDocument(name: string): string {
  const file = findShipped(name)
  if (file === undefined) throw new DocumentError(`openapi/${name}.yaml is missing from this installation`)
  return file
}
