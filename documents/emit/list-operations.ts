import type { Contract } from '../contract/contract.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { DeclaredBody, DeclaredFailure, DeclaredOperation, DeclaredParameter } from '../contract/operation.ts'
import { isJson } from '../contract/read-content.ts'
import type { Schema } from '../contract/schema.ts'
import type { BodyLayout, Failure, Layout, Operation, Parameter } from '../contract/table.ts'
import { askCredentials } from './ask-credentials.ts'
import { layOut } from './lay-out-schema.ts'

/** The operations as rows of plain data, all references followed: the table that the mock runs on. */
export const listOperations = (contract: Contract): Operation[] =>
  contract.operations.map((operation) => rowOf(contract, operation))

function rowOf(contract: Contract, operation: DeclaredOperation): Operation {
  const { id, role, method, path, pathQuery = '', parameters, body, security, replies, failures } = operation
  return {
    id,
    ...(role && { role }),
    method,
    path: path + pathQuery,
    parameters: parameters.map((parameter) => parameterOf(contract, parameter)),
    ...(body && { body: bodyOf(contract, body) }),
    security: askCredentials(security),
    replies: Object.fromEntries(
      replies.map(({ status, content }) => [status, { mediaTypes: content.map(({ type }) => type) }]),
    ),
    failures: failures.map(failureOf),
  }
}

function bodyOf(contract: Contract, body: DeclaredBody): NonNullable<Operation['body']> {
  const layouts: Record<string, BodyLayout> = {}
  for (const { type, schema, encoding } of body.content) {
    if (!schema || isJson(type)) continue
    // Most bodies of a large document are never sent.
    Object.defineProperty(layouts, type, {
      enumerable: true,
      configurable: true,
      get() {
        const value = { ...layOut(contract, schema.schema), ...(encoding && { encoding }) }
        Object.defineProperty(layouts, type, { enumerable: true, value })
        return value
      },
    })
  }
  return {
    required: body.required,
    mediaTypes: body.content.map(({ type }) => type),
    ...(Object.keys(layouts).length > 0 && { layouts }),
  }
}

function parameterOf(contract: Contract, parameter: DeclaredParameter): Parameter {
  const { name, in: place, required, style, explode, schema } = parameter
  const layout = layOut(contract, schema.schema)
  const { types } = layout
  const [example] = parameter.examples
  const { mediaType } = parameter
  return {
    name,
    in: place,
    required,
    types,
    ...(types.includes('array') && { itemTypes: layout.items?.types ?? [] }),
    style,
    explode,
    ...(example !== undefined && { example }),
    ...(!isPlain(layout, style) && { layout }),
    ...(mediaType !== undefined && { mediaType }),
    ...limitsOf(contract, schema.schema),
  }
}

/** @returns `{ limits }` where one of them is beyond what numbers can tell apart */
function limitsOf(contract: Contract, schema: Schema): Pick<Parameter, 'limits'> {
  const { minimum, maximum } = keywordsOf(targetOf(contract, schema))
  const [least, most] = [minimum, maximum].map((limit) => contract.largeIntegers.get(limit as number))
  if (least === undefined && most === undefined) return {}
  return { limits: { ...(least && { minimum: least }), ...(most && { maximum: most }) } }
}

/** Whether the types of a parameter, and those of its items, say all: of texts in brackets, that each is a text. */
function isPlain({ types, items, properties = {}, others }: Layout, style: string): boolean {
  if (!types.includes('object')) return items === undefined || isFlat(items)
  const members = [...Object.values(properties), ...(others ? [others] : [])]
  return style === 'deepObject' && members.every((member) => member.types.every((type) => type === 'string'))
}

const isFlat = ({ types }: Layout): boolean => !types.includes('object') && !types.includes('array')

/** A failure without what only a contract run needs; where no message is known, when it happens is said instead. */
function failureOf(declared: DeclaredFailure): Failure {
  const { provoke, together, evidence, pointer, when = '', message = when, ...failure } = declared
  return { ...failure, message }
}
