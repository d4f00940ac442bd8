import { createAjv, slotsOf } from '../documents/compile-validators.ts'
import type { Document, Json } from '../documents/read-document.ts'

type Inspector = (text: string) => { path: string; keyword: string }[]

/** Compiling takes far longer than inspecting. */
const known = new WeakMap<Document, Map<string, Inspector>>()

/** Every rule that a body's exact text breaks; a failed alternative counts as one, not its branches as well. */
export function inspectorOf(document: Document, operationId: string): Inspector {
  let inspectors = known.get(document)
  if (!inspectors) known.set(document, (inspectors = createInspectors(document)))
  const none: Inspector = () => []
  return inspectors.get(operationId) ?? none
}

function createInspectors(document: Document): Map<string, Inspector> {
  const ajv = createAjv(document, { source: false, isHasty: true })
  ajv.opts.allErrors = true
  const bodies = slotsOf(document).filter(({ place }) => place === 'body')
  return new Map(bodies.map(({ operationId, schema }) => [operationId, inspectorBy(ajv, schema)]))
}

function inspectorBy(ajv: ReturnType<typeof createAjv>, schema: Json): Inspector {
  let validate: ReturnType<typeof ajv.compile> | undefined
  return (text) => {
    validate ??= ajv.compile(schema)
    if (validate(JSON.parse(text))) return []
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
