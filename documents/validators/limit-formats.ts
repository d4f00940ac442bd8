import type { Ajv2020 } from 'ajv/dist/2020.js'
import { withinTime } from '../patterns/limit-time.ts'

/** Over longer texts, the regular expressions of formats may take long or overflow their stack. */
const LONG = 50_000
/** In milliseconds. */
const LIMIT = 100

/** Holds long texts to formats within a limit: one of which it cannot be told has none of them. */
export function limitFormats(ajv: Ajv2020): void {
  for (const [name, format] of Object.entries(ajv.formats)) {
    if (format instanceof RegExp)
      ajv.addFormat(
        name,
        limited((text) => format.test(text)),
      )
    else if (name === 'byte') ajv.addFormat(name, limited(format as (text: string) => boolean, isBase64))
  }
}

const limited =
  (test: (text: string) => boolean, testLong = test) =>
  (text: string) => {
    if (text.length <= LONG) return test(text)
    try {
      return withinTime(LIMIT, () => testLong(text))
    } catch {
      return false
    }
  }

/** Without a group that is repeated, which is what takes up the stack: a file may be long. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
