/** What is wrong with a document, in one line that names the file and, where known, the place. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
}
