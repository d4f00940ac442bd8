import { type Api, sitesOf } from '../api/api.ts'
import { VERSION } from '../api/version.ts'
import { CONTROL_PATH } from '../control/control.ts'
import type { Reply } from '../engine/vocabulary.ts'

/** Whether an operation is at `/` itself, by any method. */
export const hasRoot = (apis: readonly Api[]): boolean =>
  apis
    .flatMap(sitesOf)
    .some(({ basePath, operations }) => operations.some(({ path }) => /^\/?(?:\?.*)?$/.test(basePath + path)))

/** What is at `/` where no operation is: which APIs are served, where, and where to look further. */
export function tellContents(apis: readonly Api[], hasInspector: boolean): Reply {
  const body = {
    rollcall: VERSION,
    apis: apis.map((api) => ({
      name: api.name,
      title: api.title,
      version: api.version,
      at: [...new Set(sitesOf(api).map(({ basePath }) => basePath || '/'))],
      operations: sitesOf(api)
        .flatMap(({ operations }) => operations)
        .filter((one, index, all) => all.indexOf(one) === index).length,
    })),
    ...(hasInspector && { inspector: `${CONTROL_PATH}/` }),
    operations: `${CONTROL_PATH}/operations`,
    failures: `${CONTROL_PATH}/failures`,
    journal: `${CONTROL_PATH}/journal`,
  }
  return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body }
}
