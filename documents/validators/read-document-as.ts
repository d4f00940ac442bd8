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
export function lazyReading(contract: Contract, reading: Reading, isLiteral = false): Json {
  const copyEach = (parts: Json): Json => workOutEach(parts, (part) => readAs(contract, reading, part, isLiteral))
  return workOutEach(contract.growing, (parts, name) =>
    name === 'components' ? workOutEach(parts, copyEach) : name === 'paths' ? copyEach(parts) : undefined,
  )
}

/** An object that seems empty and has a member for each of another's, worked out when it is first asked for. */
function workOutEach(parts: Json, workOut: (part: Json, name: string | symbol) => Json): Json {
  const known = new Map<string | symbol, Json>()
  return new Proxy<Json>(
    {},
    {
      get(_, name) {
        if (!known.has(name) && Object.hasOwn(parts, name)) known.set(name, workOut(parts[name], name))
        return known.get(name)
      },
    },
  )
}
