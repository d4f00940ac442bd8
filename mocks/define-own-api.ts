import type { Api } from './api/api.ts'
import { type ApiParts, defineApi as define } from './api/define-api.ts'
import type { RecordTypes } from './engine/vocabulary.ts'
import { readCall } from './requests/read-call.ts'

/**
 * Brings the parts of an API together: what `rollcall generate` made of its document, and how it behaves. An API that
 * `readApi` made gives its parts too: `defineApi({ ...(await readApi(file)), behaviours })`. Requests of every kind that a
 * document can declare are read.
 * @throws Error when the behaviours name an operation that the API has not, in one line, with the closest name
 */
export const defineApi = <C extends RecordTypes<C>>(parts: ApiParts<C>): Api => define({ readCall, ...parts })
