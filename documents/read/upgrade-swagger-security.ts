import type { Json } from './json.ts'

/** The flows of OAuth 2.0 as OpenAPI 3 calls them. */
const FLOWS: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
}

/** A security scheme of Swagger 2.0: `basic` is one of HTTP, and a flow of `oauth2` stands below its name. */
export function upgradeSecurityScheme(scheme: Json): Json {
  if (scheme.type === 'basic') return { ...scheme, type: 'http', scheme: 'basic' }
  if (scheme.type !== 'oauth2') return scheme
  const { flow, authorizationUrl, tokenUrl, scopes = {}, ...own } = scheme
  const name = FLOWS[flow] ?? 'implicit'
  return {
    ...own,
    flows: { [name]: { ...(authorizationUrl && { authorizationUrl }), ...(tokenUrl && { tokenUrl }), scopes } },
  }
}
