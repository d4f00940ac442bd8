import type { Spot } from './index-anchors.ts'

/**
 * A name for a part of another file among components: that of its member or its file, and where that is taken with the file
 * and the folders before it, at last with a number. Only letters that a component may have (OpenAPI 3.1, section 4.8.7.1).
 * @param taken the names that are given already; the new one joins them
 */
export function nameComponent({ file, tokens }: Spot, taken: Set<string>): string {
  const [stem = '', ...folders] = new URL(file.uri).pathname.split('/').reverse()
  const words = [...tokens.slice(lastName(tokens)), ...(tokens.length > 0 ? [] : [withoutExtension(stem)])]
  const before = tokens.length > 0 ? [withoutExtension(stem), ...folders] : folders
  let name = clean(words)
  for (const word of before) {
    if (!taken.has(name) || word === '') break
    words.unshift(word)
    name = clean(words)
  }
  const plain = name
  for (let number = 2; taken.has(name); number++) name = `${plain}_${number}`
  taken.add(name)
  return name
}

/** Items of lists are called by what the list is called. */
function lastName(tokens: readonly string[]): number {
  const at = tokens.findLastIndex((token) => !/^\d+$/.test(token))
  return at < 0 ? 0 : at
}

const withoutExtension = (name: string): string => name.replace(/\.(?:ya?ml|json)$/i, '')

const clean = (words: readonly string[]): string =>
  words
    .map((word) => decode(word).replace(/[^\w.-]+/g, '_'))
    .join('_')
    .replace(/^_+(?=.)/, '') || '_'

function decode(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    return word
  }
}
