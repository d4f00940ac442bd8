import { createAjv, slotsOf } from '../documents/compile-validators.ts'
import type { Validate } from '../documents/make-value.ts'
import type { Document, Json } from '../documents/read-document.ts'

type Inspector = (text: string) => { path: string; keyword: string }[]

/** By operation. Compiling takes far longer than inspecting: who makes bodies and who inspects them have one validator. */
const known = new WeakMap<Document, ReadonlyMap<string, () => Validate>>()

/** Gives a validator of an operation's body that tells every error; undefined where it takes no JSON. */
export function bodyValidatorOf(document: Document, operationId: string): (() => Validate) | undefined {
  let validators = known.get(document)
  if (!validators) known.set(document, (validators = createValidators(document)))
  return validators.get(operationId)
}

function createValidators(document: Document): ReadonlyMap<string, () => Validate> {
  const ajv = createAjv(document, { source: false, isHasty: true })
  ajv.opts.allErrors = true
  const compileOnce = (schema: Json): (() => Validate) => {
    let validate: Validate | undefined
    return () => (validate ??= ajv.compile(schema))
  }
  const bodies = slotsOf(document).filter(({ place }) => place === 'body')
  return new Map(bodies.map(({ operationId, schema }) => [operationId, compileOnce(schema)]))
}

/** Every rule that a body's exact text breaks; a failed alternative counts as one, not its branches as well. */
export function inspectorOf(document: Document, operationId: string): Inspector {
  const validator = bodyValidatorOf(document, operationId)
  return (text) => {
    const validate = validator?.()
    if (!validate || validate(JSON.parse(text))) return []
    const errors = validate.errors ?? []
    const composite = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf')
    const own = errors.filter(
      ({ schemaPath, keyword }) =>
        keyword !== 'if' && (composite.length === 0 || !/\/(?:oneOf|anyOf)\/\d+\//.test(schemaPath)),
    )
    const seen = new Map(
      own.map(({ instancePath, keyword }) => [`${instancePath} ${keyword}`, { path: instancePath, keyword }]),
    )
    return [...seen.values()]
  }
}
