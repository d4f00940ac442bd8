import type { Contract } from '../contract/contract.ts'
import type { Schema, SchemaPlace } from '../contract/schema.ts'
import { valueAt } from '../read/json-pointer.ts'
import { once } from '../read/once.ts'
import type { Resource, Resources } from './resource.ts'

/** The same resources, with the schemas that another contract has where theirs stood; no part of the old one is held on to. */
export const moveResources = ({ resources, operations, diagnostics }: Resources, to: Contract): Resources => ({
  operations,
  diagnostics,
  resources: resources.map((resource) => moveResource(resource, to)),
})

function moveResource({ schema, ...resource }: Resource, to: Contract): Resource {
  const at = schema && { pointer: schema.pointer, evidence: schema.evidence }
  const moved = once((): SchemaPlace | undefined => at && { ...at, schema: schemaAt(to, at.pointer) })
  return {
    ...resource,
    get schema() {
      return moved()
    },
  }
}

function schemaAt({ growing, finish }: Contract, pointer: string): Schema {
  const found = valueAt(growing, pointer)
  if (found !== undefined) return found
  // What stood elsewhere is there as soon as all that refers to it was read.
  for (const _ of finish());
  return valueAt(growing, pointer)
}
