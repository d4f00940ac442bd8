import type { Contract } from '../contract/contract.ts'
import { parsePointer } from '../read/json-pointer.ts'
import type { Document, Json } from '../read/read-document.ts'
import { activeDirection, type Copying, copyPart, LEFT_OUT, type Reading } from '../validators/read-as.ts'

/**
 * The document for who writes types: what a request need not send is optional in requests, and what a reply does not show
 * is not in replies (JSON Schema, Validation, section 9.4). A component that both use and that differs stands there twice:
 * `User` as replies show it, `UserRequest` as requests send it. A document without such members is the same as before.
 */
export function splitSchemas(contract: Contract): Document {
  const { model } = contract
  const isMarked = (['readOnly', 'writeOnly'] as const).some((one) => activeDirection(contract, one))
  return isMarked ? new Splitting(contract).split(model) : model
}

/** The parts of a document that belong to requests; all else is a reply's, or of neither. */
const REQUEST_PARTS = new Set(['requestBody', 'requestBodies', 'parameters'])

const COMPONENT = /^#\/components\/schemas\/([^/]+)/

class Splitting {
  readonly #schemas: Readonly<Record<string, Json>>
  readonly #contract: Contract
  /** The names of the components that requests use, and replies. */
  readonly #used: Readonly<Record<Reading, Set<string>>> = { requests: new Set(), replies: new Set() }
  /** What requests call the components that stand there twice. */
  readonly #renamed = new Map<string, string>()

  constructor(contract: Contract) {
    this.#contract = contract
    this.#schemas = contract.model.components?.schemas ?? {}
  }

  split(model: Document): Document {
    const { schemas: _, ...components } = model.components ?? {}
    this.#note(model.paths, 'replies')
    this.#note(components, 'replies')
    for (const name of this.#used.requests) {
      if (this.#used.replies.has(name) && this.#reachesMarked(name)) this.#renamed.set(name, this.#nameFor(name))
    }
    const split: [name: string, schema: Json][] = Object.entries(this.#schemas).flatMap(([name, schema]) => {
      const renamed = this.#renamed.get(name)
      const isOfRequests = this.#used.requests.has(name) && !this.#used.replies.has(name)
      const own = [name, this.#read(isOfRequests ? 'requests' : 'replies', schema)] as [string, Json]
      return renamed === undefined ? [own] : [own, [renamed, this.#read('requests', schema)]]
    })
    return {
      ...model,
      paths: this.#copy(model.paths),
      components: { ...this.#copy(components), schemas: Object.fromEntries(split) },
    }
  }

  /** Notes which components a part uses, and what these use in turn. */
  #note(part: Json, as: Reading): void {
    const parts: (readonly [value: Json, reading: Reading])[] = [[part, as]]
    for (let next = parts.pop(); next; next = parts.pop()) {
      const [value, reading] = next
      if (typeof value !== 'object' || value === null) continue
      const name = typeof value.$ref === 'string' ? nameIn(value.$ref) : undefined
      if (name !== undefined && !this.#used[reading].has(name)) {
        this.#used[reading].add(name)
        parts.push([this.#schemas[name], reading])
      }
      for (const [key, member] of Object.entries<Json>(value)) {
        parts.push([member, REQUEST_PARTS.has(key) ? 'requests' : reading])
      }
    }
  }

  #reachesMarked(name: string): boolean {
    const parts = new Set<Json>([this.#schemas[name]])
    for (const value of parts) {
      if (typeof value !== 'object' || value === null) continue
      if (value.readOnly === true || value.writeOnly === true) return true
      const next = typeof value.$ref === 'string' ? nameIn(value.$ref) : undefined
      if (next !== undefined) parts.add(this.#schemas[next])
      for (const member of Object.values(value)) parts.add(member)
    }
    return false
  }

  #nameFor(name: string): string {
    let free = `${name}Request`
    while (free in this.#schemas) free += '_'
    return free
  }

  /** Paths and components: requests inside of them are read as requests, all else as replies. */
  #copy(value: Json): Json {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => this.#copy(item))
    return Object.fromEntries(
      Object.entries<Json>(value).map(([key, member]) => {
        if (key === 'schema') return [key, this.#read('replies', member)]
        return [key, REQUEST_PARTS.has(key) ? this.#copyRequest(member) : this.#copy(member)]
      }),
    )
  }

  #copyRequest(value: Json): Json {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => this.#copyRequest(item))
    return Object.fromEntries(
      Object.entries<Json>(value).map(([key, member]) => [
        key,
        key === 'schema' ? this.#read('requests', member) : this.#copyRequest(member),
      ]),
    )
  }

  #read(reading: Reading, schema: Json): Json {
    const copying: Copying = {
      contract: this.#contract,
      direction: activeDirection(this.#contract, LEFT_OUT[reading]),
      refer: (reference) => (reading === 'requests' ? this.#refer(reference) : reference),
      isDropped: () => false,
      ignore: (member) => (reading === 'requests' ? copyPart(copying, member) : undefined),
    }
    return copyPart(copying, schema)
  }

  #refer(reference: string): string {
    const renamed = this.#renamed.get(nameIn(reference) ?? '')
    return renamed === undefined ? reference : reference.replace(COMPONENT, `#/components/schemas/${renamed}`)
  }
}

const nameIn = (reference: string): string | undefined =>
  COMPONENT.test(reference) ? parsePointer(reference)?.[2] : undefined
