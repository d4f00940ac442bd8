import type { Score, Survivor } from './record-score.ts'

/** One line of SURVIVORS.md: which survivors of a place it is about, and why no case can notice them. */
interface Explanation {
  readonly file: string
  readonly place: string
  /** Source texts; none: all survivors of the place. */
  readonly originals: readonly string[]
  /** How many were read. */
  readonly count: number
  readonly reason: string
  readonly line: number
}

/**
 * Reads the lists below the headings that name files: ``- `place` (3): why`` or ``- `place`, `source` (1): why``.
 * @throws Error for a line of a list that has no such form
 */
export function readExplanations(text: string): Explanation[] {
  const found: Explanation[] = []
  let file: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const heading = /^#+ (.*)$/.exec(line)?.[1]
    if (heading !== undefined) file = /^`?(mocks\/[\w/-]+\.ts)`?$/.exec(heading)?.[1]
    if (file === undefined || !line.startsWith('- ')) continue
    const [, place, rest = '', count, reason = ''] =
      /^- `([^`]+)`((?:, (?:`[^`]+`|``.+?``))*) \((\d+)\): (.+)$/.exec(line) ?? []
    if (place === undefined) {
      throw new Error(
        `SURVIVORS.md, line ${index + 1}: write - \`place\` (how many): why, or - \`place\`, \`source\` (how many): why`,
      )
    }
    found.push({ file, place, originals: readOriginals(rest), count: Number(count), reason, line: index + 1 })
  }
  return found
}

/** Source texts behind a place: `` `a`, `b` ``; one that holds such quotes stands between two of them. */
const readOriginals = (text: string): string[] =>
  [...text.matchAll(/, (?:`` ?(.+?) ?``|`([^`]+)`)/g)].map(([, double, single]) => double ?? single ?? '')

/**
 * Reads the list below "Out of reach": ``- `file`: why``, ``- `file` `place`: why`` or ``- `file` `place`, `source`: why``.
 * @returns whether a source text is named there, itself or what it stands in
 */
export function readOutOfReach(text: string): (file: string, place: string, original: string) => boolean {
  const section = text.split(/^## /m).find((one) => one.startsWith('Out of reach\n')) ?? ''
  const lines = section.matchAll(/^- `([^`]+)`(?: `([^`]+)`((?:, (?:`[^`]+`|``.+?``))*))?: .+$/gm)
  const named = [...lines].map(([, file, place, rest = '']) => ({ file, place, originals: readOriginals(rest) }))
  return (file, place, original) =>
    named.some(
      (one) =>
        one.file === file &&
        (one.place === undefined || place === one.place || place.startsWith(`${one.place}.`)) &&
        (one.originals.length === 0 || one.originals.includes(original)),
    )
}

const isAbout = ({ file, place, originals }: Explanation, inFile: string, survivor: Survivor): boolean =>
  file === inFile &&
  (survivor.place === place || survivor.place.startsWith(`${place}.`)) &&
  (originals.length === 0 || originals.includes(survivor.original))

/** The line that is about a survivor: one that quotes its source goes before one about its whole place, a near place before a wide one. */
function explain(explanations: readonly Explanation[], file: string, survivor: Survivor): Explanation | undefined {
  return explanations
    .filter((one) => isAbout(one, file, survivor))
    .sort(
      (a, b) => Number(b.originals.length > 0) - Number(a.originals.length > 0) || b.place.length - a.place.length,
    )[0]
}

/** What is wrong between the survivors and their explanations, each in a sentence. */
export function compareSurvivors(explanations: readonly Explanation[], files: Score['files']): string[] {
  const wrong: string[] = []
  const counts = new Map<Explanation, number>()
  for (const [file, { survivors }] of Object.entries(files)) {
    for (const survivor of survivors) {
      const found = explain(explanations, file, survivor)
      if (found) counts.set(found, (counts.get(found) ?? 0) + 1)
      else wrong.push(`${tell(file, survivor)} is not explained`)
    }
  }
  for (const explanation of explanations) {
    const { file, place, count, line } = explanation
    if (!Object.hasOwn(files, file)) continue
    const seen = counts.get(explanation) ?? 0
    if (seen !== count) wrong.push(`SURVIVORS.md, line ${line}: ${seen} survivors of ${file} ${place}, not ${count}`)
  }
  return wrong
}

/** `mocks/engine/world.ts:12 (place) a -> b`, as a line for people. */
export const tell = (file: string, { line, place, original, replacement }: Survivor): string =>
  `${file}:${line} (${place}) ${original} -> ${replacement || 'nothing'}`
