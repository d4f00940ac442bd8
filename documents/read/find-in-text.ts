import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml'
import { readPlacesFully } from './find-in-nodes.ts'
import type { FindInText, Span } from './span.ts'

const MAX_DEPTH = 10_000

/**
 * Reads where everything stands in a text of YAML or JSON. What stands below an alias, or was merged by `<<`, stands where
 * its anchor is.
 * @returns undefined where the text has no places, because it cannot be read
 */
export function readPlaces(text: string): FindInText | undefined {
  try {
    const reader = new PlaceReader(text, parseEvents(text, { maxDepth: MAX_DEPTH }))
    return (tokens) => reader.find(tokens)
  } catch {
    return readPlacesFully(text)
  }
}

class PlaceReader {
  readonly #text: string
  readonly #events: readonly Event[]
  /** By the index of an event where a node begins: the index behind the node. */
  readonly #ends: Uint32Array

  constructor(text: string, events: readonly Event[]) {
    this.#text = text
    this.#events = events
    this.#ends = new Uint32Array(events.length)
    const open: number[] = []
    for (const [index, { type }] of events.entries()) {
      if (type === EVENT_ID.POP) this.#ends[open.pop() as number] = index + 1
      else if (type === EVENT_ID.SCALAR || type === EVENT_ID.ALIAS) this.#ends[index] = index + 1
      else open.push(index)
    }
  }

  find(tokens: readonly string[]): Span {
    // The first event opens the document.
    let name = 1
    let node = 1
    for (const [depth, token] of tokens.entries()) {
      const next = this.#member(node, token)
      if (!next) return { ...this.#span(name, node), depth }
      name = next.name
      node = next.node
    }
    return { ...this.#span(name, node), depth: tokens.length }
  }

  #member(holder: number, token: string, hops = 0): { name: number; node: number } | undefined {
    const at = this.#unalias(holder)
    const type = this.#events[at]?.type
    const end = (this.#ends[at] as number) - 1
    let merged: number | undefined
    if (type === EVENT_ID.SEQUENCE) {
      let item = at + 1
      for (let index = 0; item < end; index++, item = this.#ends[item] as number) {
        if (String(index) === token) return { name: item, node: item }
      }
    }
    if (type === EVENT_ID.MAPPING) {
      for (let name = at + 1; name < end; ) {
        const node = this.#ends[name] as number
        const key = this.#scalar(name)
        if (key === token) return { name, node }
        if (key === '<<') merged = node
        name = this.#ends[node] as number
      }
    }
    return merged === undefined || hops > 100 ? undefined : this.#merged(merged, token, hops + 1)
  }

  /** A merge takes one map, or the first that has the name of several. */
  #merged(node: number, token: string, hops: number): { name: number; node: number } | undefined {
    const at = this.#unalias(node)
    if (this.#events[at]?.type !== EVENT_ID.SEQUENCE) return this.#member(at, token, hops)
    for (let item = at + 1; item < (this.#ends[at] as number) - 1; item = this.#ends[item] as number) {
      const found = this.#member(item, token, hops)
      if (found) return found
    }
    return undefined
  }

  #scalar(index: number): string | undefined {
    const event = this.#events[this.#unalias(index)]
    if (event?.type !== EVENT_ID.SCALAR) return undefined
    return event.valueStart < 0 ? '' : getScalarValue(this.#text, event)
  }

  /** The anchor of an alias is the last one of its name before it. */
  #unalias(index: number): number {
    const alias = this.#events[index]
    if (alias?.type !== EVENT_ID.ALIAS) return index
    const name = this.#text.slice(alias.anchorStart, alias.anchorEnd)
    return this.#events.findLastIndex(
      (event, at) =>
        at < index &&
        'tagStart' in event &&
        event.anchorStart >= 0 &&
        this.#text.slice(event.anchorStart, event.anchorEnd) === name,
    )
  }

  #span(name: number, node: number): { start: number; end: number } {
    const start = this.#start(name)
    const end = Math.max(start, this.#end(node))
    // A text in lines of its own takes the empty ones behind it along.
    return { start, end: start + this.#text.slice(start, end).trimEnd().length }
  }

  #start(index: number): number {
    const event = this.#events[index]
    if (!event || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return 0
    if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1
    const { anchorStart, tagStart } = event
    const start = event.type === EVENT_ID.SCALAR ? event.valueStart - quoteOf(event.style) : event.start
    return Math.min(...[anchorStart - 1, tagStart, start].filter((one) => one >= 0))
  }

  /** Behind the last character of a node; a bracket closes where no more than space stands before it. */
  #end(node: number): number {
    let last = (this.#ends[node] as number) - 1
    let closers = 0
    while (this.#events[last]?.type === EVENT_ID.POP) last--
    for (let at = node; at <= last; at++) {
      const event = this.#events[at]
      const isOpen = event && 'style' in event && event.type !== EVENT_ID.SCALAR
      if (isOpen && (this.#ends[at] as number) - 1 > last && event.style === COLLECTION_STYLE.FLOW) closers++
    }
    const event = this.#events[last]
    let end = 0
    if (event?.type === EVENT_ID.ALIAS) end = event.anchorEnd
    else if (event?.type === EVENT_ID.SCALAR) end = event.valueEnd + quoteOf(event.style)
    else if (event && 'start' in event) end = event.start + (closers > 0 ? 1 : 0)
    for (; closers > 0; closers--) end += /^[^\]}]*[\]}]/.exec(this.#text.slice(end, end + 10_000))?.[0].length ?? 0
    return end
  }
}

const quoteOf = (style: number): number =>
  style === SCALAR_STYLE.DOUBLE_QUOTED || style === SCALAR_STYLE.SINGLE_QUOTED ? 1 : 0
