import type { Api } from '../../../mocks/api/api.ts'
import { BUILT_IN } from '../../../mocks/built-in.ts'
import { createMock } from '../../../mocks/create-mock.ts'
import { loadFaults } from '../../selftest/built-in.ts'
import { inMemory } from '../../selftest/targets.ts'
import type { Schemes } from '../../suite/send-http-credentials.ts'
import type { Send } from '../../suite/vocabulary.ts'

const tokenOf = (claims: object): string =>
  `own7c41:key.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signed`

/**
 * One caller's tokens, one after the other: they expire, and whoever calls is the same. A token names its tenant before
 * a colon and in its claims, so that every API finds it there; the other claim is for the letters it takes in base64url.
 */
const OWN_TOKENS = [{ workspaceId: '741' }, { tenantId: '741' }, { workspaceId: 741 }].map((claims) =>
  tokenOf({ ...claims, name: 'Zoë ÿ?>~ 李' }),
)

/** Another caller's: a project before the colon, and no JWT, though the first workspace seems to be named in it. */
const SECOND_TOKEN = `second:token.${Buffer.from(JSON.stringify({ workspaceId: '741' })).toString('base64url')}`

/** The one that every mock refuses. */
const REFUSED_TOKEN = 'invalid'

/** A second passes between two calls, as on a slow wire: times are told in seconds too. */
function makeSlowClock(): () => Date {
  let last = Date.now()
  return () => new Date((last += 1000))
}

/**
 * Loaded anew for every mutant that is at work while modules load; so nothing here may be read or compiled again.
 * @param read what another document was read to; a built-in API is found by its name
 */
export async function makeField(name: string, schemes: Schemes, read?: Api) {
  const api = read ?? ((await BUILT_IN[name]?.()) as Api)
  const { badTokens = [] } = await loadFaults(name)
  const bad = [REFUSED_TOKEN, ...badTokens]
  const turns = Array.from({ length: OWN_TOKENS.length * bad.length }, (_, at) => ({
    own: OWN_TOKENS[at % OWN_TOKENS.length] as string,
    bad: bad[at % bad.length] as string,
  }))
  return {
    tokens: OWN_TOKENS,
    makeSend(): Send {
      const mock = createMock({ apis: [api], seed: 'mutants', clock: makeSlowClock() })
      const sends = turns.map(({ own, bad }) => inMemory(mock, api, { own, bad, second: SECOND_TOKEN }, schemes))
      let calls = 0
      return (request, signal) => (sends[calls++ % sends.length] as Send)(request, signal)
    },
  }
}
