import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

const FORMATS = 'ajv-formats/dist/formats'
const LENGTH = 'ajv/dist/runtime/ucs2length'

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
    setup({ onLoad }) {
      onLoad({ filter: /ajv-formats[\\/]dist[\\/]formats\.js$/ }, async ({ path }) => ({
        contents: keepFormats(await readFile(path, 'utf8'), used),
      }))
      onLoad({ filter: /ajv[\\/]dist[\\/]runtime[\\/]ucs2length\.js$/ }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8'))
          .replace(/^Object\.defineProperty\(exports.*$/m, '')
          .replace('exports.default =', 'export default')
          .replace(/^ucs2length\.code = .*$/m, ''),
      }))
    },
  }
}

/** A format is a member on a line of its own; how two values compare is asked by keywords that JSON Schema has not. */
function keepFormats(text: string, used: ReadonlySet<string | undefined>): string {
  const members = /exports\.fullFormats = \{\n([\s\S]*?)^\};$/m.exec(text)?.[1] ?? ''
  const kept = members
    .split('\n')
    .filter((line) => used.has(/^ {4}"?([\w-]+)"?[:,]/.exec(line)?.[1]))
    .map((line) => line.replace(/fmtDef\((.*), compare\w+\)/, '{ validate: $1 }'))
  const definitions = text.slice(text.indexOf('exports.formatNames = Object'))
  const limited = used.has('int64')
    ? definitions.replace(INT64, '$1return Math.abs(value) <= 2 ** 63 && Number')
    : definitions
  return `export const fullFormats = {\n${kept.join('\n')}\n};\n${limited.replace(/^exports\..*$/m, '')}`
}

/** What `ajv-formats` takes for one: any whole number. */
const INT64 = /(function validateInt64\(value\) \{[^}]*)return Number/
