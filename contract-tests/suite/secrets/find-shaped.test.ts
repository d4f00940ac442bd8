import { describe, expect, it } from 'vitest'
import { findShaped } from './find-shaped.ts'

const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.4pcPyMD09olPSyXnrXCjTwXyr4BsezdI1AVTmud2fU4`
const PEM = '-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEE\\n-----END EC PRIVATE KEY-----'
// Put together here: who scans repositories for keys must not find one in this file.
const made = (...parts: string[]): string => parts.join('')

describe('a value that looks like a secret', () => {
  it.each<[what: string, secret: string]>([
    ['a JSON Web Token', JWT],
    ['one without a signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['a private key', PEM],
    ['a key of GitHub', made('ghp', '_16C7e42F292c6912E7710c838347Ae178B4a')],
    ['a key of AWS', made('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a key of Slack', made('xoxb', '-17653672481-19874698323')],
  ])('is found wherever it stands: %s', (_, secret) => {
    expect(findShaped(`{"message":"use ${secret}"}`)).toEqual([secret])
    expect(findShaped(secret)).toEqual([secret])
  })

  it.each<[what: string, text: string, found: string[]]>([
    ['a URL', 'see https://ada:hunter2secret@example.com/x', ['hunter2secret']],
    ['a connection', '{"dsn":"postgres://u:PGPASSWORD9@db:5432/app"}', ['PGPASSWORD9']],
    ['a user alone', 'ssh://git@example.com and http://example.com:8080/a@b', []],
    ['a mail address', 'at 12:30 write to mailto:ada@example.com', []],
  ])('is found as the password in a URL: %s', (_, text, found) => {
    expect(findShaped(text)).toEqual(found)
  })

  it('is found behind the prefix of its maker', () => {
    expect(findShaped(`{"v":"${made('sk', '_live_51H8abcDEF')}"}`)).toEqual(['_live_51H8abcDEF'])
  })

  it.each<[name: string, value: string]>([
    ['value', 'q8Zt3kLm9Xw2Vb7Nc4Rf6Hj1Ys5Pd0Gu'],
    ['data', 'Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ubw=='],
    ['key', 'k9f3x7q2m5z8b4n6'],
    ['value', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ])('is found as the long random text that it is: %s %s', (name, value) => {
    expect(findShaped(JSON.stringify({ [name]: value }))).toEqual([value])
  })

  it.each<[name: string, value: string]>([
    ['value', '95b11417-f18f-457f-8804-68e361f9164f'],
    ['id', 'q8Zt3kLm9Xw2Vb7Nc4Rf6Hj1Ys5Pd0Gu'],
    ['userId', 'q8Zt3kLm9Xw2Vb7Nc4Rf6Hj1Ys5Pd0Gu'],
    ['value', 'U2ExAMPLEkSuId0123456789AbCd'],
    ['value', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['sha256', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['publicKey', '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV'],
    ['walletAddress', '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV'],
    ['value', 'org_test_51H8abcDEF'],
    ['slug', 'how-to-import-1000-users-into-a-new-environment'],
    ['key', 'email_already_exists'],
    ['name', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1'],
  ])('is not an id, a sum, a public key or a word: %s %s', (name, value) => {
    expect(findShaped(JSON.stringify({ [name]: value }))).toEqual([])
  })
})
