import type { Contract } from '../../documents/contract/contract.ts'
import type { DeclaredHeader, DeclaredReply } from '../../documents/contract/operation.ts'
import { below } from '../../documents/read/json-pointer.ts'
import { replyValidatorOf } from '../../documents/validators/compile-validators.ts'
import { excerpt } from './cut-text.ts'
import { schemaBreach } from './judge-body.ts'
import { readHeader } from './read-header.ts'
import type { SchemaError } from './validate-reply.ts'
import type { Breach, CaseReply } from './vocabulary.ts'

/** What a reply's headers break of those that are declared for it (OpenAPI 3.1, Header Object). */
export function judgeHeaders(contract: Contract, { headers }: DeclaredReply, reply: CaseReply): Breach[] {
  return headers.flatMap((header) => {
    const { name, required, pointer, evidence } = header
    const text = reply.headers[name.toLowerCase()]
    if (text !== undefined) return linesOf(name, text).flatMap((line) => judgeValue(contract, header, line))
    if (!required) return []
    const rule = { text: `the reply has the header ${name}`, pointer: below(pointer, 'required'), evidence }
    return [{ rule, seen: 'it is missing' }]
  })
}

/** Each cookie is a header of its own, which cannot be joined with others (RFC 6265, section 3). */
const linesOf = (name: string, text: string): string[] => (/^set-cookie$/i.test(name) ? text.split('\n') : [text])

/** A text is right where one of the values that it may stand for is. */
function judgeValue(contract: Contract, header: DeclaredHeader, text: string): Breach[] {
  const { schema } = header
  const validate = replyValidatorOf(contract, schema)
  const readings = readHeader(header, text)
  if (readings.some((value) => validate(value))) return []
  // The first is what its type says.
  const [value] = readings
  validate(value)
  return (validate.errors ?? []).slice(0, 1).map((error) => {
    const called = `header ${header.name}`
    const { rule, ...rest } = schemaBreach(contract, schema, { ...error, at: undefined } as SchemaError, value, called)
    const isInside = error.instancePath !== ''
    return { ...rest, rule: isInside ? { ...rule, text: `${called}${rule.text}` } : rule, seen: excerpt(text) }
  })
}
