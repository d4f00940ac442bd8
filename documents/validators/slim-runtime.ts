import type { Plugin } from 'esbuild'
import { IS_DATE_TIME } from './is-date-time.ts'
import { RUNTIME_TEXTS } from './runtime-texts.ts'

const FORMATS = 'ajv-formats/dist/formats'
const LENGTH = 'ajv/dist/runtime/ucs2length'
const NAMESPACE = 'runtime-of-ajv'

function textOf(name: string): string {
  const text = RUNTIME_TEXTS[name]
  if (text === undefined) throw new Error(`Ajv's code requires ${name}, which is not known`)
  return text
}

/** What Ajv's code requires of these two becomes an import, so that what nobody uses of them can be left out. */
export function importRuntime(code: string): string {
  return [
    `import { fullFormats } from "${FORMATS}";\n`,
    `import ucs2length from "${LENGTH}";\n`,
    code
      .replaceAll(`require("${FORMATS}").fullFormats`, 'fullFormats')
      .replaceAll(`require("${LENGTH}").default`, 'ucs2length'),
  ].join('')
}

/** Bundles only the formats that the code names. */
export function slimRuntime(code: string): Plugin {
  const used = new Set(
    [...code.matchAll(/\bfullFormats(?:\.(\w+)|\["([^"]+)"\])/g)].map(([, name, quoted]) => name ?? quoted),
  )
  return {
    name: 'slim-runtime',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(?:ajv|ajv-formats|fast-deep-equal)(?:\/|$)/ }, ({ path }) => ({
        path,
        namespace: NAMESPACE,
      }))
      onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => {
        const text = textOf(path)
        if (path === FORMATS) return { contents: keepFormats(text, used) }
        return { contents: path === LENGTH ? LENGTH_TEXT : text }
      })
    },
  }
}

/** Code points, as JSON Schema counts them; a surrogate without its other half is one. */
const LENGTH_TEXT = 'export default (text) => { let length = 0; for (const _ of text) length++; return length }'

/** A format is a member on a line of its own; how two values compare is asked by keywords that JSON Schema has not. */
function keepFormats(text: string, used: ReadonlySet<string | undefined>): string {
  const members = /exports\.fullFormats = \{\n([\s\S]*?)^\};$/m.exec(text)?.[1] ?? ''
  const kept = members
    .split('\n')
    .filter((line) => used.has(/^ {4}"?([\w-]+)"?[:,]/.exec(line)?.[1]))
    .map((line) => line.replace(/fmtDef\((.*), compare\w+\)/, '{ validate: $1 }'))
    .map((line) => line.replace('getDateTime(true)', () => IS_DATE_TIME))
  const definitions = text.slice(text.indexOf('exports.formatNames = Object'))
  const limited = used.has('int64')
    ? definitions.replace(INT64, '$1return Math.abs(value) <= 2 ** 63 && Number')
    : definitions
  // Bundlers keep what is computed, used or not.
  const needed = used.has('int32') ? limited : limited.replace(/^const M(?:IN|AX)_INT32 = .*$/gm, '')
  return `export const fullFormats = {\n${kept.join('\n')}\n};\n${needed.replace(/^exports\..*$/m, '')}`
}

/** What `ajv-formats` takes for one: any whole number. */
const INT64 = /(function validateInt64\(value\) \{[^}]*)return Number/
