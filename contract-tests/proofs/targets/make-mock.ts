import type { Api } from '../../../mocks/api/api.ts'
import type { Mock } from '../../../mocks/api/mock.ts'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import { createMock } from '../../../mocks/create-mock.ts'
import type { Setting } from '../parity/vocabulary.ts'

/** The same mock of several APIs in every process. */
export async function makeMock({ seed, now, apis, failures = [] }: Setting): Promise<Mock> {
  const names = Object.keys(apis)
  return createMock({
    apis: await Promise.all(names.map((name) => (BUILT_IN[name] as () => Promise<Api>)())),
    users: Object.fromEntries(Object.entries(apis).map(([name, { users }]) => [name, users])),
    seed,
    failures,
    clock: () => new Date(now),
  })
}

/** @throws Error where the mock has no API of that name */
export function apiOf(mock: Mock, name: string): Api {
  const api = mock.apis.find((one) => one.name === name)
  if (!api) throw new Error(`the mock has no API ${name}`)
  return api
}
