import { describe, expect, it } from 'vitest'
import { isSecretName } from './is-secret-name.ts'

describe('a name', () => {
  it.each([
    ...['password', 'newPassword', 'password_hash', 'PASSWORD2', 'user-password', 'passwd', 'pwd', 'passphrase'],
    ...['token', 'accessToken', 'access_token', 'refresh-token', 'accesstoken', 'idToken', 'X-Auth-Token', 'tokens'],
    ...['secret', 'clientSecret', 'client_secret', 'secretKey', 'secretAccessKey', 'jwt', 'sessionJwt', 'bearer'],
    ...['apiKey', 'api_key', 'X-API-Key', 'apikey', 'xApiKey', 'privateKey', 'private-key', 'signingKey'],
    ...['session', 'sessionId', 'session_id', 'sid', 'PHPSESSID', 'JSESSIONID', 'cookie', 'Set-Cookie', 'credentials'],
    ...[
      'authorization',
      'Proxy-Authorization',
      'auth',
      'otp',
      'totp',
      'pin',
      'recoveryCodes',
      'mnemonic',
      'seedPhrase',
    ],
  ])('is that of a secret: %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    ...['tokenType', 'token_type', 'tokenId', 'tokenExpiresIn', 'passwordPolicy', 'passwordUpdatedAt', 'secretName'],
    ...['hasPassword', 'publicKey', 'public_key', 'nextPageToken', 'maxTokens', 'sessionCreatedAt', 'sessionCount'],
    ...['cookieDomain', 'cookiePath', 'accessKeyId', 'key', 'monkey', 'keyword', 'secretary', 'author', 'authority'],
    ...['side', 'inside', 'shipping', 'pinned', 'mapping', 'seedling', 'code', 'errorCode', 'id', 'email', 'compass'],
    ...['WWW-Authenticate', 'x-request-id', 'etag', 'assessment', ''],
  ])('is that of none: %s', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})
