import type { Contract } from '../../../documents/contract/contract.ts'

/** Shorter texts stand in any reply, as a word or inside of one. */
const SHORTEST = 8

/** Words of eight letters and more that our own sentences about a run are made of. */
const OURS = `accepted additional annotation answered assumed behaviour certificate characters clean-up complete
connection constraint contract created credential credentials declared decoding difference differences document
documented duration environment evidence exchange exchanges expected failures finished following implementation
interrupted leftover leftovers longest malformed messages not-reached observed operation operations otherwise outcomes
parameter parameters password pointer production property provoked received rejected reporter requests required resource
response responses rollcall shortest statement supported together undefined unexpected unprovokable unreachable
verified`.split(/\s+/)

/** Words in lower case that are no secret by themselves. */
export type Words = ReadonlySet<string>

/** What a document calls things, and the words it explains them with, in lower case; and our own. */
export const wordsOf = (contract: Contract): Words => contract.once(collectWords)

function collectWords({ model }: Contract): Words {
  // Its escapes are no letters: `\nPassword` is a line and a word.
  const text = JSON.stringify(model).replace(/\\./g, ' ').toLowerCase()
  return new Set([
    ...OURS,
    ...[...text.matchAll(/\p{L}{8,}/gu)].map(([word]) => word),
    // `email_already_exists`, `not-found`: names of several words, but nothing with digits, which a key may be.
    ...[...text.matchAll(/(?<![\p{L}\p{N}])\p{L}+(?:[_-]\p{L}+)+(?![\p{L}\p{N}])/gu)].map(([name]) => name),
  ])
}

/** Whether a secret could be meant by nobody who wrote it: it is too short, or a word anyway. */
export const isWordLike = (secret: string, words: Words): boolean =>
  secret.length < SHORTEST || words.has(secret.toLowerCase())
