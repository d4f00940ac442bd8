import type { Api } from '../mocks/api/api.ts'
import { escapeControl } from '../mocks/api/escape-control.ts'
import type { Answer, Call, Operation } from '../mocks/engine/vocabulary.ts'
import { fieldsOf, redact, secretsIn, secretsOf } from '../mocks/journal/redact-entry.ts'
import { tellRows } from './tell-rows.ts'

/**
 * A line for each answer, written together once per turn of the event loop: one write per line would cost more than the answer.
 * @param apisOf the APIs that are served now, by which failed rows are found
 */
export function logAnswers(
  out: NodeJS.WritableStream,
  apisOf: () => readonly Api[],
): (call: Call, answer: Answer, elapsed: number) => void {
  let lines: string[] = []
  const flush = () => {
    out.write(`${lines.join('\n')}\n`)
    lines = []
  }
  return (call, answer, elapsed) => {
    const { reply, refusal, note } = answer
    if (lines.length === 0) setImmediate(flush)
    // What is wrong with a request quotes it, and what leads nowhere may be a secret in the wrong place.
    const rows = refusal ? refusal.message : tellRows(answer, apisOf())
    const told = note === undefined ? rows : [rows, note].filter(Boolean).join('; ')
    const operationOf = () =>
      apisOf()
        .find(({ name }) => name === answer.api)
        ?.operations.find(({ id }) => id === answer.operationId)
    const hide = told === undefined ? String : createHide(call, operationOf())
    const reason = told === undefined ? '' : `  ${printable(hide(told))}`
    lines.push(`${reply.status} ${call.method} ${printable(hide(call.path))}  ${elapsed.toFixed(1)} ms${reason}`)
  }
}

/** Longer bodies are not read for a line. */
const LONG = 100_000

/** Strikes out what the call has as a secret, where the line would show it again. */
function createHide(
  { headers = {}, query, text = '', body }: Call,
  operation: Operation | undefined,
): (shown: string) => string {
  const secrets = [...secretsOf(headers, query, operation), ...secretsIn(body ?? parse(text))]
  return (shown) => String(redact(shown, secrets))
}

function parse(text: string): unknown {
  if (text.length > LONG) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return fieldsOf(text)
  }
}

/** Nearly every line is plain, and to see that takes less time than to escape it. */
const printable = (text: string): string => (/^[ -~]{0,300}$/.test(text) ? text : escapeControl(text.slice(0, 300)))
