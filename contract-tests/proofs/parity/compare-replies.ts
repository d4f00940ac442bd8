import type { CaseReply } from '../../suite/vocabulary.ts'
import type { Played } from './vocabulary.ts'

/** Where a reply is not the one that was given in memory. */
export interface Difference {
  /** `sent`: it could not be sent at all. */
  readonly at: 'sent' | 'status' | 'body' | `header ${string}`
  readonly want: string
  readonly got: string
}

/** What a server says of its connection and to pages of another origin, not of the reply. */
export const TRANSPORT_HEADERS: readonly string[] = [
  'connection',
  'keep-alive',
  'date',
  'content-length',
  'access-control-allow-origin',
  'access-control-expose-headers',
]

/** Every difference, byte for byte, but for the headers of the transport. */
export function compareReplies(want: CaseReply, got: Played): Difference[] {
  if ('unsent' in got) return [{ at: 'sent', want: 'a reply', got: got.unsent }]
  const names = new Set([...Object.keys(want.headers), ...Object.keys(got.headers)])
  for (const name of TRANSPORT_HEADERS) names.delete(name)
  const all: Difference[] = [
    { at: 'status', want: String(want.status), got: String(got.status) },
    ...[...names].sort().map(
      (name): Difference => ({
        at: `header ${name}`,
        want: want.headers[name] ?? 'none',
        got: got.headers[name] ?? 'none',
      }),
    ),
    { at: 'body', want: want.text, got: got.text },
  ]
  return all.filter((one) => one.want !== one.got)
}
