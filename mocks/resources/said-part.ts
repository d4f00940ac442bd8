import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredOperation } from '../../documents/contract/operation.ts'
import { ALIKE } from '../../documents/resources/find-record.ts'
import { formOf, isRecord, likeness } from '../../documents/resources/read-form.ts'
import type { Scene } from './kept-resource.ts'
import { schemaAt } from './member-schema.ts'

const createKnown = (): WeakMap<DeclaredOperation, string | undefined> => new WeakMap()

/**
 * The member of a record that a request says, and nothing else: `Spec`, where the body is the specification of what is made.
 * @returns undefined where the request says the record itself
 */
export function saidPart({ contract, declared, inferred, kept }: Scene): string | undefined {
  const known = contract.once(createKnown)
  if (!known.has(declared)) known.set(declared, findPart(contract, declared, inferred.request ?? [], kept.form.place))
  return known.get(declared)
}

function findPart(
  contract: Contract,
  { body }: DeclaredOperation,
  at: readonly string[],
  record: Parameters<typeof schemaAt>[1],
): string | undefined {
  const sent = schemaAt(contract, body?.json ?? body?.content.find(({ schema }) => schema)?.schema, at)
  if (!sent || !record) return undefined
  const [said, whole] = [formOf(contract, sent), formOf(contract, record)]
  if (!isRecord(said) || [...said.byWords.keys()].some((words) => whole.byWords.has(words))) return undefined
  const parts = whole.records.filter(({ place }) => likeness(formOf(contract, place), said) >= ALIKE)
  return parts.length === 1 ? parts[0]?.name : undefined
}
