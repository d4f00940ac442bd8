import { escapeControl } from '../mocks/api/escape-control.ts'
import type { Answer, Call } from '../mocks/engine/vocabulary.ts'

/** A line for each answer, written together once per turn of the event loop: one write per line would cost more than the answer. */
export function logAnswers(out: NodeJS.WritableStream): (call: Call, answer: Answer, elapsed: number) => void {
  let lines: string[] = []
  const flush = () => {
    out.write(`${lines.join('\n')}\n`)
    lines = []
  }
  return (call, { reply, refusal }, elapsed) => {
    if (lines.length === 0) setImmediate(flush)
    const reason = refusal ? `  ${printable(refusal.message)}` : ''
    lines.push(`${reply.status} ${call.method} ${printable(call.path)}  ${elapsed.toFixed(1)} ms${reason}`)
  }
}

const printable = (text: string): string => escapeControl(text.slice(0, 300))
