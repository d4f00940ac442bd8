import type { Contract } from '../../documents/contract/contract.ts'
import { isJson } from '../../documents/contract/find-json.ts'
import { listExamples } from '../../documents/emit/list-examples.ts'
import type { Operation } from '../engine/vocabulary.ts'
import { chooseSuccess, hasSuccess } from '../replies/choose-status.ts'
import { composeOnce } from '../replies/compose-body.ts'
import { drawPlan } from './draw-plan.ts'

/**
 * The text of `api.ts`: an API of a document, for who cannot read it at run time. It stands alone beside `validators.js`:
 * how another file of TypeScript is imported differs between the tools that may run it.
 * @param name what the API is called in orders, journals and snapshots
 * @param header the first line of what is generated
 */
export function writeApi(contract: Contract, operations: readonly Operation[], name: string, header: string): string {
  const { title, version, servers } = contract
  const imported = operations.some(needsReading) ? 'createApi, readCall' : 'createApi'
  const parts: readonly (readonly [string, string])[] = [
    ['name', JSON.stringify(name)],
    ['title', JSON.stringify(title)],
    ['version', JSON.stringify(version)],
    ['servers', JSON.stringify(servers.map(({ url }) => url).filter((url) => URL.canParse(url, 'http://localhost')))],
    ['operations', show(operations.map(withSuccess))],
    ['validators', 'validators'],
    ['examples', show(composeReplies(contract))],
    ['plan', show(drawPlan(contract, operations))],
  ]
  const lines = parts.map(([key, text]) => `  ${key === text ? key : `${key}: ${text}`},`)
  return `${header}import { ${imported} } from 'rollcall/generated'
import validators from './validators.js'

/**
 * The API of the document, for createMock and createHandlers: it validates, and remembers what is created, changed and
 * removed. Behaviours of your own go over it: extendApi(api, behaviours).
 */
export const api = /* @__PURE__ */ createApi({
${lines.join('\n')}${imported.includes('readCall') ? '\n  readCall,' : ''}
})
`
}

/** Where only failures are declared a success says nothing. */
const withSuccess = (operation: Operation): Operation =>
  hasSuccess(operation)
    ? operation
    : { ...operation, replies: { ...operation.replies, [chooseSuccess(operation).status]: { mediaTypes: [] } } }

const show = (value: unknown): string => JSON.stringify(value, null, 1)

/** Whether requests of it are more than JSON and plain parameters, which the engine reads by itself. */
const needsReading = ({ parameters, body, path }: Operation): boolean =>
  path.includes('?') ||
  parameters.some(
    ({ layout, mediaType, limits, in: place, style }) =>
      layout ||
      mediaType ||
      limits ||
      !/^(?:path|query|header)$/.test(place) ||
      !/^(?:form|simple|deepObject)$/.test(style),
  ) ||
  (body?.mediaTypes.some((type) => !isJson(type)) ?? false)

/** Of each reply its examples, or what its schema makes, where there is none that keeps to it. */
function composeReplies(contract: Contract): Record<string, { replies: Record<string, Record<string, unknown>> }> {
  const given = listExamples(contract)
  return Object.fromEntries(
    contract.operations.map((operation) => {
      const replies: Record<string, Record<string, unknown>> = {}
      for (const reply of operation.replies) {
        const [media] = reply.content
        if (!media || !isJson(media.type)) continue
        const { value } = composeOnce(contract, operation.id, reply, media)
        const own = given[operation.id]?.replies[reply.status] ?? {}
        if (value === undefined && Object.keys(own).length === 0) continue
        // The first of them is shown; one that breaks its schema is not.
        const isShown = value === undefined || JSON.stringify(Object.values(own)[0]) === JSON.stringify(value)
        replies[reply.status] = isShown ? { ...own } : { composed: value, ...own }
      }
      return [operation.id, { replies }]
    }),
  )
}
