import type { Contract } from '../contract/contract.ts'
import { below, type Pointer } from '../read/json-pointer.ts'
import { isData } from '../read/tell-keywords.ts'

/**
 * Every object and list of the components and paths that is no data, with its place.
 * @yields undefined between two components or path items
 */
export function* visitParts(contract: Contract): Generator<readonly [part: object, pointer: Pointer] | undefined> {
  for (const [holder, parts] of Object.entries({ ...contract.model.components, paths: contract.model.paths })) {
    if (typeof parts !== 'object' || parts === null || holder === 'examples') continue
    const at = holder === 'paths' ? '#/paths' : `#/components/${holder}`
    for (const [name, part] of Object.entries(parts)) {
      yield undefined
      yield* partsIn(part, below(at, name))
    }
  }
}

function* partsIn(value: unknown, pointer: Pointer): Generator<readonly [part: object, pointer: Pointer]> {
  const waiting: (readonly [value: unknown, pointer: Pointer])[] = [[value, pointer]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [here, at] = next
    if (typeof here !== 'object' || here === null) continue
    yield [here, at]
    for (const [key, member] of Object.entries(here)) if (!isData(key, member)) waiting.push([member, below(at, key)])
  }
}
