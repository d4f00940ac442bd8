import type { DeclaredParameter } from '../../documents/contract/operation.ts'
import { textOf } from './walk-schema.ts'

/** What stands between the items of one value (OpenAPI 3.1, Parameter Object, "Style Values"). */
const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/** A value of a parameter as it is written, percent-encoding apart. Never throws, whatever a reply gave. */
export const toWireText = (value: unknown): string =>
  Array.isArray(value) ? value.map(toWireText).join(',') : textOf(value).toWellFormed()

/** How a value of a parameter is written: the names that it takes, each with its texts. */
export function writeParameter(
  parameter: Pick<DeclaredParameter, 'name' | 'in'> & Partial<Pick<DeclaredParameter, 'style' | 'explode'>>,
  value: unknown,
): Record<string, string | readonly string[]> {
  const { name, style = parameter.in === 'query' ? 'form' : 'simple', explode = style === 'form' } = parameter
  if (Array.isArray(value)) {
    const texts = value.map(toWireText)
    return { [name]: explode ? texts : texts.join(SEPARATORS[style] ?? ',') }
  }
  if (typeof value !== 'object' || value === null) return { [name]: toWireText(value) }
  if (style !== 'deepObject') return { [name]: JSON.stringify(value) }
  return Object.fromEntries(Object.entries(value).map(([member, one]) => [`${name}[${member}]`, toWireText(one)]))
}
