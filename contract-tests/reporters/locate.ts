import { isNode, LineCounter, parseDocument, stringify } from 'yaml'
import type { Document, Json } from '../../documents/read-document.ts'

/** A place in the document that a JSON Pointer leads to. */
export interface Place {
  /** As the user named it; undefined where only the data is known. */
  readonly file?: string
  /** From 1. */
  readonly line?: number
  /** The lines that say it. */
  readonly excerpt: string
}

export type Locate = (pointer: string) => Place

/** A document with the text it was read from. */
export interface Source {
  readonly document: Document
  readonly file?: string
  readonly text?: string
}

const MAX_LINES = 12

/** Finds places in a document; its text is parsed when the first place is asked for, and a `$ref` on the way is followed. */
export function createLocate({ document, file, text }: Source): Locate {
  let inText: ((path: readonly string[]) => { line: number; excerpt: string } | undefined) | undefined
  return (pointer) => {
    const path = pathOf(document, pointer)
    inText ??= text === undefined ? () => undefined : readLines(text)
    const found = path.length > 0 ? inText(path) : undefined
    if (found) return { ...(file !== undefined && { file }), ...found }
    const value = path.reduce<Json>((at, key) => at?.[key], document)
    return { ...(file !== undefined && { file }), excerpt: path.length > 0 ? excerptOf(path, value) : '' }
  }
}

/** The keys from the root, as far as they lead; those behind a `$ref` continue at what it names. */
function pathOf(document: Document, pointer: string): string[] {
  let path: string[] = []
  let at: Json = document
  for (const token of pointer.replace(/^#/, '').split('/').slice(1)) {
    for (let hops = 0; typeof at?.$ref === 'string' && hops < 20; hops++) {
      path = tokensOf(at.$ref)
      at = path.reduce<Json>((value, key) => value?.[key], document)
    }
    const key = unescapeToken(token)
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) break
    path.push(key)
    at = at[key]
  }
  return path
}

const tokensOf = (reference: string): string[] => reference.split('/').slice(1).map(unescapeToken)

function unescapeToken(token: string): string {
  const plain = /%[\da-f]{2}/i.test(token) ? safeDecode(token) : token
  return plain.replaceAll('~1', '/').replaceAll('~0', '~')
}

function safeDecode(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}

function readLines(text: string): (path: readonly string[]) => { line: number; excerpt: string } | undefined {
  const counter = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const lines = text.split('\n')
  return (path) => {
    const holder: Json = path.length > 1 ? yaml.getIn(path.slice(0, -1), true) : yaml.contents
    const key = path.at(-1) as string
    const pair = holder?.items?.find((item: Json) => String(item?.key?.value ?? item?.key) === key)
    const first = pair?.key?.range?.[0] ?? nodeAt(holder, key)?.range?.[0]
    const last = (pair?.value ?? nodeAt(holder, key))?.range?.[1] ?? first
    if (first === undefined) return undefined
    const line = counter.linePos(first).line
    const end = Math.max(line, counter.linePos(Math.max(first, last - 1)).line)
    return { line, excerpt: clip(lines.slice(line - 1, end)) }
  }
}

function nodeAt(holder: Json, key: string): Json {
  const node = holder?.get?.(/^\d+$/.test(key) ? Number(key) : key, true)
  return isNode(node) ? node : undefined
}

const excerptOf = (path: readonly string[], value: Json): string =>
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
