import { readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type AdmitFile, createAdmitFile } from './admit-file.ts'
import { type AdmitUrl, createAdmitUrl } from './admit-url.ts'
import { decodeText } from './decode-text.ts'
import { DocumentError } from './document-error.ts'
import { type FetchLimits, fetchText } from './fetch-text.ts'
import type { SourceFile } from './index-anchors.ts'
import { isUrl } from './name-document.ts'
import { parseSource } from './parse-text.ts'
import type { ReadOptions } from './read-options.ts'
import { readPipe } from './read-pipe.ts'

/** What a document and all that it refers to may be at most. */
export interface LoadLimits extends FetchLimits {
  readonly files: number
}

const LIMITS: LoadLimits = { bytes: 100 * 2 ** 20, time: 30_000, files: 5_000 }

/** Reads a document, and the files that it refers to, as far as they may be read. */
export class FileLoader {
  readonly #document: string
  readonly #limits: LoadLimits
  readonly #admitFile: AdmitFile
  readonly #admitUrl: AdmitUrl
  readonly #onRead: (path: string) => void
  #count = 0

  /** @param document a path, or an http or https URL */
  constructor(document: string, options: ReadOptions = {}, limits = LIMITS) {
    this.#document = document
    this.#limits = limits
    this.#admitFile = createAdmitFile(isUrl(document) ? undefined : document, options)
    this.#admitUrl = createAdmitUrl(isUrl(document) ? new URL(document) : undefined, options)
    this.#onRead = options.onRead ?? (() => undefined)
  }

  /** @throws DocumentError in one line that names the document */
  async loadDocument(): Promise<SourceFile> {
    const document = this.#document
    const url = isUrl(document) ? new URL(document) : pathToFileURL(resolve(document))
    const name = isUrl(document) ? nameOfUrl(url) : document
    try {
      const read = isUrl(document) ? await this.#fetch(url) : { bytes: await this.#read(document), url }
      return parseFile(name, read)
    } catch (error) {
      throw error instanceof Unread ? new DocumentError(`cannot read ${name}: ${error.message}`) : error
    }
  }

  /** @returns the file, or in a few words why it cannot be read */
  async load(uri: string): Promise<SourceFile | string> {
    const url = new URL(uri)
    if (++this.#count > this.#limits.files) return `more than ${this.#limits.files} files are not read`
    try {
      if (url.protocol === 'file:') {
        const path = await this.#admitFile(url)
        if (path !== fileURLToPath(url)) this.#onRead(fileURLToPath(url))
        return parseFile(this.#nameOf(url), { bytes: await this.#read(path), url })
      }
      if (!/^https?:$/.test(url.protocol)) return 'it is neither a file nor http'
      return parseFile(nameOfUrl(url), await this.#fetch(url))
    } catch (error) {
      if (error instanceof DocumentError) return error.message
      throw error
    }
  }

  /** As a person can open it from here, who has named the document so. */
  #nameOf(url: URL): string {
    const folder = dirname(this.#document)
    return isUrl(this.#document) ? fileURLToPath(url) : join(folder, relative(resolve(folder), fileURLToPath(url)))
  }

  async #fetch(url: URL): Promise<{ bytes: Uint8Array; url: URL }> {
    if (url.username || url.password) throw new Unread('a URL with a user in it is not fetched')
    return fetchText(url, this.#admitUrl, this.#limits).catch((error) => {
      throw error instanceof DocumentError ? new Unread(error.message) : error
    })
  }

  /** Of what a document refers to only a plain file: a device or a pipe may never end. */
  async #read(path: string): Promise<Uint8Array> {
    const { bytes } = this.#limits
    this.#onRead(resolve(path))
    const status = await stat(path).catch(explain)
    if (path !== this.#document && !status.isFile() && !status.isDirectory()) throw new Unread('it is no plain file')
    if (status.size > bytes) throw new Unread(`it is larger than ${bytes} bytes`)
    if (!status.isFile() && !status.isDirectory()) return readPipe(path, status, this.#limits).catch(explainPipe)
    return readFile(path).catch(explain)
  }
}

function explainPipe(error: Error): never {
  throw error instanceof DocumentError ? new Unread(error.message) : explain(error)
}

function explain({ code }: NodeJS.ErrnoException): never {
  throw new Unread(code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code))
}

/** Says why, and leaves it to the caller to say what. */
class Unread extends DocumentError {}

function parseFile(name: string, { bytes, url: { href } }: { bytes: Uint8Array; url: URL }): SourceFile {
  return parseSource(decodeText(bytes, name), name, href.replace(/#.*$/s, ''))
}

/** Without what may be a secret in it. */
const nameOfUrl = ({ origin, pathname }: URL): string => `${origin}${pathname}`
