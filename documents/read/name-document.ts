import { basename, extname } from 'node:path'

/** Whether a document is named by a URL and not by a path. */
export const isUrl = (document: string): boolean => /^https?:\/\//i.test(document)

/** The name of a document's file, or the last part of its URL. */
export const fileNameOf = (document: string): string =>
  basename(isUrl(document) ? new URL(document).pathname : document)

/** What a document is called: the same without its extension. */
export function nameDocument(document: string): string {
  const name = fileNameOf(document)
  return basename(name, extname(name))
}
