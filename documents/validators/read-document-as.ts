import type { Contract } from '../contract/contract.ts'
import type { Json } from '../read/read-document.ts'
import { type Reading, readAs } from './read-as.ts'

/** The components and paths of a document, as one reading has them. */
export function wholeReading(contract: Contract, reading: Reading): Json {
  const { components = {}, paths = {} } = contract.model
  return readAs(contract, reading, { components, paths })
}

/**
 * The same, each component and path item copied when a reference first leads there: of a large document, few are ever
 * asked for. Ajv searches all that it can enumerate for ids, which takes as long as copying, so nothing here can be.
 */
export function lazyReading(contract: Contract, reading: Reading): Json {
  const { components = {}, paths = {} } = contract.model
  const copyEach = (parts: Json): Json => defineEach(parts, (part) => readAs(contract, reading, part))
  return defineEach({ components: defineEach(components, copyEach), paths: copyEach(paths) }, (part) => part)
}

/** An object with a member for each of another's, worked out when it is first asked for. */
function defineEach(parts: Json, workOut: (part: Json) => Json): Json {
  const holder: Json = {}
  for (const name of Object.keys(parts ?? {})) {
    Object.defineProperty(holder, name, {
      configurable: true,
      get() {
        const value = workOut(parts[name])
        Object.defineProperty(holder, name, { value })
        return value
      },
    })
  }
  return holder
}
