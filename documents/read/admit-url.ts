import { DocumentError } from './document-error.ts'
import type { ReadOptions } from './read-options.ts'

/** @throws DocumentError where a URL may not be fetched */
export type AdmitUrl = (url: URL) => void

/** Spellings of `/`, `\` and `.` that a server might read as such, and this side not. */
const HIDDEN = /%(?:2f|5c|2e)|\\/i

/**
 * Who may fetch what: with `allowRemote` any http and https URL; else only what is of the document's own origin and below
 * its folder, and nothing at all for a document that did not come from a URL.
 */
export function createAdmitUrl(document: URL | undefined, { allowRemote }: ReadOptions): AdmitUrl {
  return (url) => {
    if (allowRemote) return
    if (!document) throw new DocumentError('nothing is fetched; --allow-remote allows it')
    const folder = new URL('.', document)
    const isBelow = url.origin === folder.origin && url.pathname.startsWith(folder.pathname)
    if (!isBelow || HIDDEN.test(url.pathname.slice(folder.pathname.length))) {
      throw new DocumentError(
        `only what is below ${folder.origin}${folder.pathname} is fetched; --allow-remote allows it`,
      )
    }
  }
}
