import type { Contract } from '../contract/contract.ts'
import { isJson } from '../contract/find-json.ts'
import { keywordsOf, targetOf } from '../contract/follow-schema.ts'
import type { DeclaredBody, DeclaredFailure, DeclaredOperation, DeclaredParameter } from '../contract/operation.ts'
import type { Schema } from '../contract/schema.ts'
import type { BodyLayout, Failure, Layout, Operation, Parameter } from '../contract/table.ts'
import { defineLazily } from '../read/define-lazily.ts'
import { isLargeInteger } from '../read/find-large-integers.ts'
import { once } from '../read/once.ts'
import { askCredentials } from './ask-credentials.ts'
import { layOut } from './lay-out-schema.ts'

/**
 * The operations as rows of plain data, all references followed: the table that the mock runs on. What a row says beside
 * its route is worked out when it is first read: most operations of a large document are never called.
 */
export const listOperations = (contract: Contract): Operation[] =>
  contract.operations.map((operation) => rowOf(contract, operation))

function rowOf(contract: Contract, operation: DeclaredOperation): Operation {
  const { id, role, method, path, pathQuery = '' } = operation
  const parameters = once(() => operation.parameters.map((parameter) => parameterOf(contract, parameter)))
  const body = once(() => operation.body && bodyOf(contract, operation.body))
  const security = once(() => askCredentials(operation.security))
  const replies = once(() =>
    Object.fromEntries(
      operation.replies.map(({ status, content }) => {
        const isError = status === 'default' && isOfErrors(operation)
        return [status, { mediaTypes: content.map(({ type }) => type), ...(isError && { isError }) }]
      }),
    ),
  )
  const failures = once(() => operation.failures.map(failureOf))
  return {
    id,
    ...(role && { role }),
    method,
    path: path + pathQuery,
    get parameters() {
      return parameters()
    },
    get body() {
      return body()
    },
    get security() {
      return security()
    },
    get replies() {
      return replies()
    },
    get failures() {
      return failures()
    },
  }
}

/** Whether `default`, where no success is declared, shows what the errors beside it show. */
function isOfErrors({ replies }: DeclaredOperation): boolean {
  if (replies.some(({ status }) => /^[23]/.test(status))) return false
  const schemasOf = (wanted: RegExp) =>
    replies
      .filter(({ status }) => wanted.test(status))
      .flatMap(({ content }) => content.flatMap(({ schema }) => (schema ? [JSON.stringify(schema.schema)] : [])))
  const [shown, errors] = [schemasOf(/^default$/), new Set(schemasOf(/^[45]/))]
  return shown.length > 0 && shown.every((schema) => errors.has(schema))
}

function bodyOf(contract: Contract, body: DeclaredBody): NonNullable<Operation['body']> {
  const layouts: Record<string, BodyLayout> = {}
  for (const { type, schema, encoding } of body.content) {
    if (!schema || isJson(type)) continue
    // Most bodies of a large document are never sent.
    defineLazily(layouts, type, () => ({ ...layOut(contract, schema.schema), ...(encoding && { encoding }) }))
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
  const [least, most] = [minimum, maximum].map((limit) =>
    isLargeInteger(limit) ? contract.largeIntegers.get(limit) : undefined,
  )
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
