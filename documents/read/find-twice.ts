import { below, type Pointer } from './json-pointer.ts'
import { endOfString, stringIn } from './scan-json.ts'

const [QUOTE, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 44, 91, 93, 123, 125]

/** An object or a list that is open where the scan is. */
interface Open {
  /** Of an object, the names of its members so far; undefined for a list. */
  readonly names: Set<string> | undefined
  /** The member or the item that the scan is in. */
  at: string | number
}

/** The members of objects that a text of JSON (RFC 8259) gives more than once. @param text that can be parsed */
export function findTwice(text: string): Pointer[] {
  const found: Pointer[] = []
  const open: Open[] = []
  let isName = false
  for (let index = 0; index < text.length; index++) {
    const sign = text.charCodeAt(index)
    if (sign === QUOTE) {
      const end = endOfString(text, index)
      const inner = open.at(-1)
      if (isName && inner?.names) {
        const name = stringIn(text, index, end)
        inner.at = name
        if (inner.names.has(name)) found.push(below('#', ...open.map(({ at }) => at)))
        inner.names.add(name)
        isName = false
      }
      index = end
    } else if (sign === OPEN_OBJECT) {
      open.push({ names: new Set(), at: '' })
      isName = true
    } else if (sign === OPEN_LIST) {
      open.push({ names: undefined, at: 0 })
      isName = false
    } else if (sign === CLOSE_OBJECT || sign === CLOSE_LIST) {
      open.pop()
      isName = false
    } else if (sign === COMMA) {
      const inner = open.at(-1)
      if (typeof inner?.at === 'number') inner.at++
      isName = inner?.names !== undefined
    }
  }
  return found
}
