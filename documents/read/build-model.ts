import type { Diagnostic } from './diagnostic.ts'
import type { Document, Reading } from './document.ts'
import { type Pointer, parsePointer } from './json-pointer.ts'
import { holderOf } from './kind-at.ts'
import { mendDocument } from './mend-document.ts'
import { mendHead } from './mend-head.ts'
import { mendOperations } from './mend-operations.ts'
import type { TellAt } from './mending.ts'
import { MovedParts } from './moved-parts.ts'
import { once } from './once.ts'
import { PutOff } from './put-off.ts'
import type { Written } from './read-files.ts'
import { upgradeRemnants } from './upgrade-remnants.ts'
import { upgradeSwagger } from './upgrade-swagger.ts'
import { versionOf } from './version-of.ts'

/**
 * What was read means as a document of OpenAPI: upgraded to 3.1, and mended where it is wrong.
 * @throws DocumentError where it is nothing of OpenAPI
 */
export function buildModel(written: Written): Reading {
  const { data, name, broken, tabbed, overlayFaults, findPlace } = written
  const ofHead: Diagnostic[] = []
  const tell = tellInto((fault) => ofHead.push(fault))
  for (const { rule, message, instead, pointer } of overlayFaults) tell(rule, message, instead, pointer)
  for (const file of tabbed)
    tell('yaml-tabs', `${file} is indented with tabs, which YAML has not`, 'they are read as spaces', '#')
  const version = versionOf(data, name, tell)
  const upgraded = new MovedParts()
  const reasons = new Map(broken.map(({ pointer, reference, reason }) => [pointer, `${reference}: ${reason}`]))
  const head = mendHead(
    version === '2.0' ? upgradeSwagger(data, upgraded, tell) : upgradeRemnants(data, upgraded, tell),
    written,
    tellInto((fault) => ofHead.push(fault), upgraded.originOf),
  )
  const { $self: self } = data
  const mended = mendDocument(head, { version, moved: upgraded, reasons, ...(typeof self === 'string' && { self }) })
  const moved = new MovedParts()
  const originOf = (pointer: Pointer): Pointer => mended.originOf(moved.originOf(pointer))
  const { document: growing, putOff } = mended
  const ofOperations = new PutOff()
  mendOperations(
    growing,
    moved,
    ofOperations,
    tellInto((fault) => ofOperations.tell(fault), originOf),
  )
  // The latest of 3.1 is what 3.0 and 3.2 were made into.
  growing.openapi = version === '3.1' ? String(data.openapi) : '3.1.2'
  function* finish(): Generator<undefined> {
    written.twice()
    yield
    yield* putOff.finish()
    yield* ofOperations.finish()
  }
  const document = once((): Document => {
    for (const _ of finish());
    return growing
  })
  const diagnostics = once((): readonly Diagnostic[] => {
    document()
    const twice: Diagnostic[] = []
    const tellTwice = tellInto((fault) => twice.push(fault))
    for (const pointer of written.twice())
      tellTwice('key-twice', `${parsePointer(pointer)?.at(-1)} is given twice`, 'the last one counts', pointer)
    const told = new Set(putOff.diagnostics.map(({ rule, pointer }) => `${rule} ${pointer}`))
    const untold: Diagnostic[] = []
    const tellUntold = tellInto((fault) => untold.push(fault))
    for (const [pointer, reason] of reasons) {
      if (told.has(`ref-dangling ${pointer}`)) continue
      tellUntold('ref-dangling', `the reference leads nowhere: ${reason}`, 'it is left out', pointer)
    }
    const all = [...twice, ...ofHead, ...putOff.diagnostics, ...untold, ...ofOperations.diagnostics]
    // The same schema may stand in several media types.
    return [...new Map(all.map((one) => [`${one.rule} ${one.pointer} ${one.message}`, one])).values()]
  })
  return {
    written: data,
    growing,
    finish,
    originOf,
    findPlace,
    get document() {
      return document()
    },
    get diagnostics() {
      return diagnostics()
    },
    get largeIntegers() {
      return written.largeIntegers
    },
    mentions: written.mentions,
  }
}

/** @param originOf undoes what upgrades and mends have moved */
const tellInto =
  (take: (fault: Diagnostic) => unknown, originOf = (pointer: Pointer): Pointer => pointer): TellAt =>
  (rule, message, instead, pointer) =>
    void take({
      rule,
      message,
      instead,
      pointer: originOf(pointer),
      within: holderOf(parsePointer(pointer) ?? []),
    })
