import { keywordsOf, targetOf } from '../../documents/contract/follow-schema.ts'
import type { Paging } from '../../documents/resources/resource.ts'
import { type KeptRecord, keyOf, type Members, textOf } from './kept-record.ts'
import type { Scene } from './kept-resource.ts'

/** One page of a list. */
export interface Page {
  readonly records: readonly KeptRecord[]
  /** How many there are on all pages. */
  readonly total: number
  /** Where the first of them is, counting from 0. */
  readonly offset: number
  /** How many a page holds; undefined: all. */
  readonly size: number | undefined
  readonly paging: Paging | undefined
  /** The number that the first page has. */
  readonly firstPage: number
  /** What a client says to see the page that begins at an offset. */
  startOf(offset: number): string | number
}

/** How many a page holds where the document does not say. */
const USUAL_SIZE = 100

/**
 * The page that is asked for.
 * @param all in order, as far as they are needed
 * @param total how many there are, where that is known without looking
 */
export function takePage(scene: Scene, asked: Members, all: Iterable<KeptRecord>, total: number | undefined): Page {
  const { paging } = scene.inferred.list ?? {}
  const size = paging && sizeOf(scene, paging, asked)
  const firstPage = paging?.kind === 'page' ? firstPageOf(scene, paging) : 1
  const start = paging?.start === undefined ? undefined : asked[paging.start]
  const cursor = paging?.kind === 'cursor' && start !== undefined ? readCursor(start) : undefined
  const skipped = paging?.kind === 'page' ? (Number(start ?? firstPage) - firstPage) * (size ?? 0) : Number(start ?? 0)
  let offset = paging?.kind === 'cursor' || !(skipped > 0) ? 0 : Math.floor(skipped)
  // Who names an item wants what comes behind it: until it has come by, nothing is of the page.
  let isBehind = cursor === undefined
  const hasRoom = (list: readonly KeptRecord[]) => size === undefined || list.length < size
  const records: KeptRecord[] = []
  /** What stands where the item stood that is named, for the case that it is gone. */
  const instead: KeptRecord[] = []
  let count = 0
  for (const record of all) {
    if (isBehind && count >= offset && hasRoom(records)) records.push(record)
    if (!isBehind && cursor) {
      if (cursor.offset !== undefined && count >= cursor.offset && hasRoom(instead)) instead.push(record)
      if (cursor.name === record.id || cursor.name === keyOf(record.under, record.id)) {
        isBehind = true
        offset = count + 1
      }
    }
    count++
    if (total !== undefined && isBehind && !hasRoom(records)) break
  }
  if (!isBehind) {
    offset = Math.min(cursor?.offset ?? count, count)
    records.push(...instead)
  }
  return {
    records,
    total: total ?? count,
    offset,
    size,
    paging,
    firstPage,
    startOf(to) {
      if (paging?.kind === 'page') return firstPage + Math.floor(to / (size ?? 1))
      const last = records.at(-1)
      if (paging?.kind !== 'cursor' || !last) return to
      return writeCursor(paging, last, offset + records.length)
    },
  }
}

function sizeOf(scene: Scene, { size }: Paging, asked: Members): number {
  const said = size === undefined ? undefined : asked[size]
  if (typeof said === 'number' || (typeof said === 'string' && /^\d+$/.test(said))) return Math.max(0, Number(said))
  const { default: usual, maximum = USUAL_SIZE } = keywordsOfParameter(scene, size)
  return typeof usual === 'number' && usual > 0 ? usual : Math.min(USUAL_SIZE, Math.max(1, maximum))
}

/** Some count their pages from 0. */
function firstPageOf(scene: Scene, { start }: Paging): number {
  const { default: usual, minimum } = keywordsOfParameter(scene, start)
  return usual === 0 || minimum === 0 ? 0 : 1
}

function keywordsOfParameter({ contract, declared }: Scene, name: string | undefined) {
  const parameter = declared.parameters.find((one) => one.in === 'query' && one.name === name)
  return keywordsOf(parameter && targetOf(contract, parameter.schema.schema))
}

/** The item behind which a page begins, and where it stood. */
interface Cursor {
  readonly name: string
  readonly offset?: number
}

const CURSOR = /^after:(\d+):(.*)$/s

/** The key of the last item seen, which nobody shall read anything into; where a client names items, its name. */
function writeCursor({ start = '', next }: Paging, { under, id }: KeptRecord, offset: number): string {
  const isName = next === undefined && /after|since|start/i.test(start)
  return isName ? id : toBase64Url(`after:${offset}:${keyOf(under, id)}`)
}

function readCursor(start: unknown): Cursor {
  const text = textOf(start)
  try {
    const [, offset, name] = CURSOR.exec(fromBase64Url(text)) ?? []
    return name === undefined ? { name: text } : { name, offset: Number(offset) }
  } catch {
    return { name: text }
  }
}

const toBase64Url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const fromBase64Url = (text: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0)),
  )
