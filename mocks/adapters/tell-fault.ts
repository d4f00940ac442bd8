import type { Reply } from '../engine/vocabulary.ts'

/** The last net: problem details (RFC 9457) in the place of a reply that cannot be given. */
export const tellFault = (cause: unknown): Reply => ({
  status: 500,
  headers: { 'content-type': 'application/problem+json' },
  body: { title: 'Internal Server Error', status: 500, detail: `rollcall failed: ${cause}` },
})
