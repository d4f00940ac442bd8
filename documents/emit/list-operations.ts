import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { DeclaredFailure, DeclaredOperation, DeclaredParameter } from '../contract/operation.ts'
import type { Schema } from '../contract/schema.ts'
import type { Failure, Operation, Parameter } from '../contract/table.ts'

/** The operations as rows of plain data, all references followed: the table that the mock runs on. */
export const listOperations = (contract: Contract): Operation[] =>
  contract.operations.map((operation) => rowOf(contract, operation))

function rowOf(contract: Contract, operation: DeclaredOperation): Operation {
  const { id, role, method, path, parameters, body, security, replies, failures } = operation
  return {
    id,
    ...(role && { role }),
    method,
    path,
    parameters: parameters.map((parameter) => parameterOf(contract, parameter)),
    ...(body && { body: { required: body.required, mediaTypes: body.content.map(({ type }) => type) } }),
    security,
    replies: Object.fromEntries(
      replies.map(({ status, content }) => [status, { mediaTypes: content.map(({ type }) => type) }]),
    ),
    failures: failures.map(failureOf),
  }
}

function parameterOf(contract: Contract, parameter: DeclaredParameter): Parameter {
  const { name, in: place, required, style, explode, schema } = parameter
  const types = typesOf(contract, schema.schema)
  const { items } = keywordsOf(schema.schema)
  const [example] = parameter.examples
  return {
    name,
    in: place,
    required,
    types,
    ...(types.includes('array') && { itemTypes: typesOf(contract, items) }),
    style,
    explode,
    ...(example !== undefined && { example }),
  }
}

/** A failure without what only a contract run needs; where no message is known, when it happens is said instead. */
function failureOf(declared: DeclaredFailure): Failure {
  const { provoke, together, evidence, pointer, when = '', message = when, ...failure } = declared
  return { ...failure, message }
}

/** The JSON types a schema allows, also through its combinations; none named: all. */
function typesOf(contract: Contract, start: Schema = {}, depth = 0): readonly string[] {
  const schema = keywordsOf(targetOf(contract, start))
  if (depth > 10) return []
  if (schema.type) return [schema.type].flat()
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const types = parts.flatMap((part) => typesOf(contract, part, depth + 1))
  if (types.length === 0 && schema.enum) return [...new Set(schema.enum.map(jsonTypeOf))]
  return [...new Set(types)]
}

const jsonTypeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
