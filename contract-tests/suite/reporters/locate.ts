import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
  type Document as Yaml,
} from 'yaml'
import type { Contract } from '../../../documents/contract/contract.ts'
import { type Pointer, parsePointer } from '../../../documents/read/json-pointer.ts'

/** A place in the document that a JSON Pointer leads to. */
export interface Place {
  /** As the user named it; undefined where only the data is known. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** The lines that say it. */
  readonly excerpt: string
  /** The pointer leads nowhere. */
  readonly isMissing?: true
}

/** Where a rule stands; a pointer that leads nowhere gives a place that says so. */
export type Locate = (pointer: Pointer) => Place

/** A document with the text it was read from. */
export interface Source {
  readonly contract: Contract
  readonly file?: string
  readonly text?: string
}

const MAX_LINES = 12

/** Finds places in a document; its text is parsed when the first place is asked for. */
export function createLocate({ contract, file, text }: Source): Locate {
  let inText: ((tokens: readonly string[]) => Lines | undefined) | undefined
  const named = file === undefined ? {} : { file }
  return (pointer) => {
    const value = contract.valueAt(pointer)
    if (value === undefined) return { ...named, excerpt: '', isMissing: true }
    const tokens = parsePointer(pointer) as string[]
    if (tokens.length === 0) return { ...named, excerpt: '' }
    inText ??= text === undefined ? () => undefined : readLines(text)
    return { ...named, ...(inText(tokens) ?? { excerpt: excerptOf(tokens, value) }) }
  }
}

/** `notes.yaml:23`; nothing where only the data is known. */
export const fileLineOf = ({ file = '', line }: Place): string => (line === undefined ? file : `${file}:${line}`)

/** The pointer, with a word where it leads nowhere. */
export const pointerIn = ({ isMissing }: Place, pointer: Pointer): string =>
  isMissing ? `${pointer} (not in the document)` : pointer

interface Lines {
  /** From 1. */
  readonly line: number
  readonly excerpt: string
}

function readLines(text: string): (tokens: readonly string[]) => Lines | undefined {
  const counter = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const lines = text.split('\n')
  return (tokens) => {
    const range = rangeOf(yaml, tokens)
    if (!range) return undefined
    const line = counter.linePos(range.first).line
    const end = Math.max(line, counter.linePos(Math.max(range.first, range.last - 1)).line)
    return { line, excerpt: clip(lines.slice(line - 1, end)) }
  }
}

/** Offsets of a member with its name, or of an item; what stands below an alias stands where its anchor is. */
function rangeOf(yaml: Yaml, tokens: readonly string[]): { first: number; last: number } | undefined {
  let node: unknown = yaml.contents
  let name: unknown
  for (const token of tokens) {
    const holder = isAlias(node) ? node.resolve(yaml) : node
    if (isMap(holder)) {
      const pair = holder.items.find(({ key }) => String(isScalar(key) ? key.value : key) === token)
      name = pair?.key
      node = pair?.value
    } else if (isSeq(holder)) {
      name = node = holder.items[Number(token)]
    } else return undefined
  }
  const [first, ownEnd] = (isNode(name) && name.range) || []
  const [, last = ownEnd] = (isNode(node) && node.range) || []
  return first === undefined || last === undefined ? undefined : { first, last }
}

const excerptOf = (path: readonly string[], value: unknown): string =>
  clip(
    stringify({ [path.at(-1) as string]: value }, { aliasDuplicateObjects: false })
      .trimEnd()
      .split('\n'),
  )

function clip(lines: readonly string[]): string {
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length))
  const shown = lines.slice(0, MAX_LINES).map((line) => line.slice(Number.isFinite(margin) ? margin : 0).slice(0, 300))
  return [...shown, ...(lines.length > MAX_LINES ? ['…'] : [])].join('\n')
}
