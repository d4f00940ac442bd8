/** A path as an author writes it, taken apart. */
export interface SplitPath {
  /** It begins with a slash, and has neither query nor fragment (RFC 3986, section 3.3). */
  readonly path: string
  /** What it demands of the query; a value may be a template, and is absent where the name alone is written. */
  readonly query: readonly QueryPair[]
}

export interface QueryPair {
  readonly name: string
  readonly value: string | undefined
}

/**
 * Takes a key of the Paths Object apart. A template of RFC 6570 for a query (`{?page,size}`, section 3.2.8) only names what
 * is declared beside it.
 */
export function splitPath(written: string): SplitPath {
  const plain = written.replace(/\{[?&#][^{}]*\}/g, '')
  const [, start = '', text = ''] = /^([^?#]*)(?:\?([^#]*))?/s.exec(plain) as RegExpExecArray
  const query = text.split('&').filter(Boolean).map(readPair)
  return { path: start.startsWith('/') ? start : `/${start}`, query }
}

function readPair(pair: string): QueryPair {
  const [name = '', ...rest] = pair.split('=').map(decode)
  return { name, value: rest.length > 0 ? rest.join('=') : undefined }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether any text may stand for a value. */
export const isTemplate = (value: string | undefined): boolean => value === undefined || /\{[^{}]+\}/.test(value)

/** What tells one path from another by the query: `?beta=true`, and a name alone where it may have any value. */
export function writePathQuery(query: readonly QueryPair[]): string {
  const pairs = query.map(({ name, value }) =>
    [name, ...(isTemplate(value) ? [] : [value as string])].map(encodeURIComponent).join('='),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** The key of an item in brackets behind what there are several of: `/Customers('{id}')` (OData URL Conventions 4.01, section 4.3.1). */
const KEY = /(?<=[^/{}()])\('?(\{[^{}]+\})(?:'?\)(?=[/.]|$)|$)/g

/** A path with each such key as a step of its own, as other paths have it: `/Customers/{id}`. */
export const spellKeys = (path: string): string => (path.includes('(') ? path.replace(KEY, '/$1') : path)
