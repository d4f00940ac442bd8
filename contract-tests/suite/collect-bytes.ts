/** The bytes of a body as they come, up to a limit. */
export class CollectedBytes {
  readonly #limit: number
  #buffer = new Uint8Array(0)
  #size = 0

  /** @param limit how many bytes are taken at most */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** @returns false when it does not fit any more */
  add(chunk: Uint8Array): boolean {
    const size = this.#size + chunk.length
    if (size > this.#limit) return false
    if (size > this.#buffer.length) this.#grow(size)
    // One buffer and no list: each chunk may be a single byte, and ten million of them as objects are a gigabyte.
    this.#buffer.set(chunk, this.#size)
    this.#size = size
    return true
  }

  #grow(size: number): void {
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(size, this.#buffer.length * 2)))
    larger.set(this.#buffer)
    this.#buffer = larger
  }

  /** Read as UTF-8; `isUtf8` is there where it is none, and U+FFFD then stands for what could not be read. */
  read(): { readonly text: string; readonly isUtf8?: false } {
    const bytes = this.#buffer.subarray(0, this.#size)
    try {
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
    } catch {
      return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), isUtf8: false }
    }
  }
}

/** `10 MiB`, and below one MiB `512 bytes`. */
export const sizeOf = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MiB` : `${bytes} bytes`
