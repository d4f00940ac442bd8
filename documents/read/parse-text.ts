import { DocumentError } from './document-error.ts'
import { type JsonFault, leaveOutCommas, mayBeYaml, placeIn, readFault, refuseJson } from './explain-json.ts'
import { findTwice } from './find-twice.ts'
import type { SourceFile } from './index-anchors.ts'
import type { Json } from './json.ts'
import type { Pointer } from './json-pointer.ts'
import { once } from './once.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * Reads JSON (RFC 8259) or YAML 1.2.
 * @param name how errors call the text
 * @param onTwice is told which members of an object were given again; the last one counts
 * @throws DocumentError with line and column
 */
export const parseText = (text: string, name: string, onTwice?: (pointer: Pointer) => void): Json => {
  const json = parseJson(text)
  return json && 'data' in json ? json.data : parseOther(text, name, json, onTwice)
}

/**
 * JSON is a subset of YAML, but its own parser is many times faster.
 * @returns why it is no JSON, where it looks like it and that is known
 */
function parseJson(text: string): { readonly data: Json } | JsonFault | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    return { data: JSON.parse(text) }
  } catch (error) {
    return readFault(text, error as SyntaxError)
  }
}

/** Nobody writes so many characters in flow style by hand: what begins as JSON is JSON. */
const LARGE = 1_000_000

/** It may be YAML in flow style; to find that it is none takes seconds, for a text of some megabytes. */
function parseOther(
  text: string,
  name: string,
  fault: JsonFault | undefined,
  onTwice?: (pointer: Pointer) => void,
): Json {
  if (/^\s*(?:[{[]|\/[/*])/.test(text)) refuseComments(text, name)
  if (fault && !mayBeYaml(text, fault)) throw refuseJson(text, name, fault)
  if (fault && text.length > LARGE) {
    const mended = leaveOutCommas(text)
    const json = parseJson(mended)
    if (!json || !('data' in json)) throw refuseJson(text, name, fault)
    if (onTwice) for (const pointer of findTwice(mended)) onTwice(pointer)
    return json.data
  }
  try {
    return parseYaml(text, name, onTwice)
  } catch (error) {
    throw fault ? refuseJson(text, name, fault) : error
  }
}

/** YAML would read a comment of JavaScript as a part of a name, and what it comments out as data. */
function refuseComments(text: string, name: string): void {
  for (const { index, 1: comment } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|(?<![^\s{[,:\]}])(\/\/|\/\*)/g)) {
    if (comment === undefined || !/^[\s{[]*(?:"|\/[/*])/.test(text)) continue
    throw new DocumentError(
      `${name}:${placeIn(text, index)} is a comment, and JSON has none: take it out, or write YAML`,
    )
  }
}

/** How wide a tab may have been meant to be. */
const TAB_WIDTHS = [2, 4, 8]

/**
 * A text that was read, with what it says. YAML forbids tabs before what it indents (1.2, section 6.1), and authors see none:
 * where it cannot be read otherwise, they are read as spaces.
 * @throws DocumentError as `parseText`
 */
export function parseSource(text: string, name: string, uri: string): SourceFile {
  try {
    return readSource(text, name, uri)
  } catch (error) {
    if (!/^ *\t/m.test(text)) throw error
    for (const width of TAB_WIDTHS) {
      const spaced = text.replace(/^[ \t]+/gm, (indent) => indent.replaceAll('\t', ' '.repeat(width)))
      try {
        return { ...readSource(spaced, name, uri), isTabbed: true }
      } catch {
        // What is wrong is told of the text as it was written.
      }
    }
    throw error
  }
}

function readSource(text: string, name: string, uri: string): SourceFile {
  const json = parseJson(text)
  // JSON's own parser does not tell, and to look for it takes as long as to parse.
  if (json && 'data' in json) {
    return { uri, name, text, data: json.data, isJson: true, twice: once(() => findTwice(text)) }
  }
  const twice: Pointer[] = []
  const data = parseOther(text, name, json, (pointer) => twice.push(pointer))
  return { uri, name, text, data, isJson: false, twice: () => twice }
}
