import type { Diagnostic } from './diagnostic.ts'
import type { Document, Reading } from './document.ts'
import type { Json } from './json.ts'
import { type Pointer, parsePointer } from './json-pointer.ts'
import { holderOf } from './kind-at.ts'
import { mendDocument } from './mend-document.ts'
import { mendHead } from './mend-head.ts'
import { mendOperations } from './mend-operations.ts'
import type { TellAt } from './mending.ts'
import { MovedParts } from './moved-parts.ts'
import type { Written } from './read-files.ts'
import { upgradeRemnants } from './upgrade-remnants.ts'
import { upgradeSwagger } from './upgrade-swagger.ts'
import { versionOf } from './version-of.ts'

/**
 * What was read means as a document of OpenAPI: upgraded to 3.1, and mended where it is wrong.
 * @throws DocumentError where it is nothing of OpenAPI
 */
export function buildModel({
  data,
  name,
  twice,
  tabbed,
  broken,
  overlayFaults,
  findPlace,
  largeIntegers,
}: Written): Reading {
  const diagnostics: Diagnostic[] = []
  /** Tells of what an upgrade and mends have not moved any further. */
  const tellFrom =
    (originOf: (pointer: Pointer) => Pointer): TellAt =>
    (rule, message, instead, pointer) =>
      void diagnostics.push({
        rule,
        message,
        instead,
        pointer: originOf(pointer),
        within: holderOf(parsePointer(pointer) ?? []),
      })
  const tell = tellFrom((pointer) => pointer)
  for (const { rule, message, instead, pointer } of overlayFaults) tell(rule, message, instead, pointer)
  for (const file of tabbed)
    tell('yaml-tabs', `${file} is indented with tabs, which YAML has not`, 'they are read as spaces', '#')
  for (const pointer of twice)
    tell('key-twice', `${parsePointer(pointer)?.at(-1)} is given twice`, 'the last one counts', pointer)
  const version = versionOf(data, name, tell)
  const upgraded = new MovedParts()
  const reasons = new Map(broken.map(({ pointer, reference, reason }) => [pointer, `${reference}: ${reason}`]))
  const head = mendHead(
    version === '2.0' ? upgradeSwagger(data, upgraded, tell) : upgradeRemnants(data, upgraded, tell),
    name,
    tellFrom(upgraded.originOf),
  )
  const { $self: self } = data
  const mended = mendDocument(head, { version, moved: upgraded, reasons, ...(typeof self === 'string' && { self }) })
  diagnostics.push(...mended.diagnostics)
  const told = new Set(diagnostics.map(({ rule, pointer }) => `${rule} ${pointer}`))
  for (const [pointer, reason] of reasons) {
    if (told.has(`ref-dangling ${pointer}`)) continue
    tell('ref-dangling', `the reference leads nowhere: ${reason}`, 'it is left out', pointer)
  }
  const moved = new MovedParts()
  const originOf = (pointer: Pointer): Pointer => mended.originOf(moved.originOf(pointer))
  const document: Json = mendOperations(mended.document, moved, tellFrom(originOf))
  return {
    // The latest of 3.1 is what 3.0 and 3.2 were made into.
    document: { ...document, openapi: version === '3.1' ? String(data.openapi) : '3.1.2' } as Document,
    // The same schema may stand in several media types.
    diagnostics: [...new Map(diagnostics.map((one) => [`${one.rule} ${one.pointer} ${one.message}`, one])).values()],
    originOf,
    findPlace,
    largeIntegers,
  }
}
