import fc from 'fast-check'

/** JSON that need not be JSON: members keep their order and may stand twice, and a leaf is any text. */
export type Tree =
  | { readonly members: readonly (readonly [key: string, value: Tree])[] }
  | { readonly items: readonly Tree[] }
  | { readonly raw: string }

/** The tree that is written as this value; what JSON cannot say is `null`. */
export function growTree(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(growTree) }
  if (typeof value === 'object' && value !== null) {
    return { members: Object.entries(value).map(([key, member]) => [key, growTree(member)] as const) }
  }
  return { raw: JSON.stringify(value) ?? 'null' }
}

/** The text of a tree, which need not be JSON. */
export function writeTree(tree: Tree): string {
  if ('raw' in tree) return tree.raw
  if ('items' in tree) return `[${tree.items.map(writeTree).join(',')}]`
  return `{${tree.members.map(([key, value]) => `${JSON.stringify(key)}:${writeTree(value)}`).join(',')}}`
}

/** Names of members that a careless server looks up in a prototype, takes for an index, or cannot write. */
export const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'length',
  'toJSON',
  'then',
  'refused',
  'status',
  '',
  '\u0000',
  '\ud800',
  '0',
  'a/b~c',
]

/** Any character, also half of a pair: `binary` of fast-check, which spends more than a second on a table of them all. */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(0x10ffff).map(
  (code) => String.fromCodePoint(code),
  (text) => {
    if (typeof text !== 'string' || [...text].length !== 1) throw new Error('that is not one character')
    return text.codePointAt(0) as number
  },
)

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const nestedObjects = (depth: number): string => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth)
const POLLUTION = '{"polluted":true}'

const hostileRaw: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...['null', 'true', 'false', '0', '-0', '-1', '1', '51', '1e999', '-1e999', '1e-999', '0.1', '1e21'],
      ...['9007199254740993', '2147483648', '4294967296', '-9007199254740993', '[]', '{}', '[null]', '[[]]', '[{}]'],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '""',
        '" "',
        '"\\u0000"',
        '"\\ud800"',
        '"\\udfff\\ud83d"',
        '"\ud83d"',
        '"\\u202e\\u0000\\ufeff"',
        '"İı\u0345ŉ"',
      ],
      ...[
        '"__proto__"',
        '"constructor"',
        '"toString"',
        '"null"',
        '"true"',
        '"0x"',
        '"$&$1$`"',
        '"%s%d%j"',
        '"<script>"',
      ],
      ...['"2024-02-30T25:61:61Z"', '"2016-12-31T23:59:60Z"', '"0000-01-01T00:00:00+23:59"', '"9999-12-31t23:59:59z"'],
      ...[
        '"javascript:alert(1)"',
        '"http://["',
        '"00000000-0000-0000-0000-000000000000"',
        '"a@b"',
        '"@"',
        '"a@b@c.de"',
      ],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[`{"__proto__":${POLLUTION}}`, `{"constructor":{"prototype":${POLLUTION}}}`, `[${'{},'.repeat(60)}{}]`],
      ...[`{"toString":null,"valueOf":1,"toJSON":"x"}`, `{"a":1,"a":2,"__proto__":1,"__proto__":${POLLUTION}}`],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(nested(990), nested(1001), nested(6000), nestedObjects(500), nestedObjects(1100)),
  },
  // Not JSON.
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ',',
      'NaN',
      'undefined',
      "'x'",
      '01',
      '"\\x"',
      '"a\nb"',
      '{"a"',
      '[1,]',
      '}',
      '/**/1',
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.string({ unit: anyCharacter, maxLength: 30 }).map((text) => JSON.stringify(text)) },
)

/** Texts that a careless pattern takes very long over, or that are just long. */
const longText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', 'a@', '"', '+', '0x', 'a', 'https://a', '2024-01-01T00:00:00.'),
    fc.constantFrom('.', 'a', ' ', '-', 'a.', '@', '"@', '0', 'é', '😀', '\\', 'a@', '()', '\ud800'),
    fc.constantFrom(20, 260, 1100, 30_000),
    fc.constantFrom('', ' ', '\u0000', '!', '@', '.com', '\n'),
  )
  .map(([start, middle, times, end]) => start + middle.repeat(times) + end)

/** One change of a tree: where (a number taken modulo the nodes), and what becomes of the node there. */
export interface Mutation {
  readonly at: number
  readonly how: 'replace' | 'remove' | 'add' | 'repeat' | 'rename' | 'duplicate' | 'wrap' | 'stretch' | 'graft'
  readonly raw: string
  readonly name: string
  readonly times: number
}

/** @param known texts that mean something to the operation: ids, e-mails that are taken, triggers of failures */
export function mutations(known: readonly string[]): fc.Arbitrary<Mutation> {
  const value = fc.oneof(
    { weight: 4, arbitrary: hostileRaw },
    { weight: 3, arbitrary: fc.constantFrom(...known).map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: longText.map((text) => JSON.stringify(text)) },
  )
  return fc.record({
    at: fc.nat(200),
    how: fc.constantFrom('replace', 'remove', 'add', 'repeat', 'rename', 'duplicate', 'wrap', 'stretch', 'graft'),
    raw: value,
    name: fc.constantFrom(...HOSTILE_NAMES),
    times: fc.constantFrom(1, 2, 49, 60, 300),
  })
}

/** A tree with one node changed; the tree that is given stays as it was. */
export function mutate(tree: Tree, mutation: Mutation): Tree {
  const counted = { nodes: 0 }
  const count = (node: Tree): void => {
    counted.nodes++
    if ('items' in node) node.items.forEach(count)
    if ('members' in node) for (const [, member] of node.members) count(member)
  }
  count(tree)
  const target = mutation.at % counted.nodes
  let at = 0
  const walk = (node: Tree): Tree => {
    if (at++ === target) return change(node, mutation, tree)
    if ('items' in node) return { items: node.items.map(walk) }
    if ('members' in node) return { members: node.members.map(([key, member]) => [key, walk(member)] as const) }
    return node
  }
  return walk(tree)
}

function change(node: Tree, { how, raw, name, times, at }: Mutation, root: Tree): Tree {
  const leaf: Tree = { raw }
  if (how === 'wrap') return at % 2 ? { items: [node] } : { members: [[name, node]] }
  if (how === 'graft') return at % 2 ? root : { items: [root, node] }
  if (how === 'replace') return leaf
  if ('raw' in node) {
    // The text between its quotes again and again: the same kind of value, only longer.
    const inner = /^"(.+)"$/s.exec(node.raw)?.[1]
    return how === 'stretch' && inner !== undefined ? { raw: `"${inner.repeat(times)}"` } : leaf
  }
  if ('items' in node) {
    const [first = leaf] = node.items
    if (how === 'remove') return { items: node.items.slice(1) }
    if (how === 'repeat' || how === 'stretch') return { items: Array.from({ length: times }, () => first) }
    return { items: how === 'duplicate' ? [...node.items, ...node.items] : [...node.items, leaf] }
  }
  const chosen = node.members[at % (node.members.length || 1)]
  if (!chosen || how === 'add') return { members: [...node.members, [name, leaf]] }
  if (how === 'remove') return { members: node.members.filter((member) => member !== chosen) }
  if (how === 'rename') return { members: node.members.map((one) => (one === chosen ? [name, one[1]] : one)) }
  if (how === 'duplicate') return { members: [...node.members, [chosen[0], leaf]] }
  return { members: node.members.map((one) => (one === chosen ? [one[0], leaf] : one)) }
}

/** What happens to a text after it was written: cut, or something put into it. */
export interface Scratch {
  readonly how: 'cut' | 'insert' | 'prefix' | 'suffix'
  readonly at: number
  readonly text: string
}

/** What `scratch` may do to a text: control characters, brackets and halves of characters among what is put in. */
export const scratches: fc.Arbitrary<Scratch> = fc.record({
  how: fc.constantFrom('cut', 'insert', 'prefix', 'suffix'),
  at: fc.nat(2000),
  text: fc.constantFrom(
    '\ufeff',
    '\u0000',
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\ud800',
    ' ',
    '{"__proto__":1}',
    '\u2028',
  ),
})

/** The text cut off, or with something put in, before or behind; `at` is taken modulo its length in UTF-16 units. */
export function scratch(text: string, { how, at, text: more }: Scratch): string {
  const position = at % (text.length + 1)
  if (how === 'cut') return text.slice(0, position)
  if (how === 'prefix') return more + text
  return how === 'suffix' ? text + more : text.slice(0, position) + more + text.slice(position)
}
