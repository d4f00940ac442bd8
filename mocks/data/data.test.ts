import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../documents/patterns/random.ts'
import type { Api } from '../api/api.ts'
import { BUILT_IN } from '../built-in.ts'
import { readApi } from '../read-api.ts'
import { checkBody, makeBody, makeRows, makeUser, makeUsers } from './index.ts'
import { imaginePerson, toAscii } from './people.ts'
import { checkOf } from './royalti.ts'
import { ADDRESSES } from './wallets.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are looked at as JSON
type Row = any

const loaded = await Promise.all(Object.values(BUILT_IN).map((load) => load()))
const api = Object.fromEntries(loaded.map((each) => [each.name, each])) as Record<
  'dynamic' | 'royalti' | 'descope',
  Api
>
const MANY = 10_000

/** What no two users of a tenant may share, as the API compares it. */
const KEYS: Readonly<Record<string, (row: Row) => readonly string[]>> = {
  dynamic: (row) => [
    `email ${row.email.toLowerCase()}`,
    ...(row.username ? [`username ${row.username}`] : []),
    ...(row.wallets ?? []).map((wallet: Row) => `wallet ${wallet.publicWalletAddress.toLowerCase()}`),
    ...(row.oauthAccounts ?? []).map((account: Row) => `account ${account.provider} ${account.accountId}`),
  ],
  royalti: (row) => [row.email.toLowerCase()],
  descope: (row) => [row.loginId, ...(row.additionalIdentifiers ?? [])],
}

describe.each(loaded)('users of $name', (each) => {
  const rows = makeRows(each, MANY, 'seed') as Row[]

  it('are valid, all ten thousand of them', () => {
    for (const row of rows) {
      const error = checkBody(each, makeBody(each, [row]))
      expect(error, JSON.stringify({ row, error })).toBeUndefined()
    }
  })

  it('share no key', () => {
    const keys = rows.flatMap((row) => KEYS[each.name]?.(row) ?? [])
    expect(keys.length).toBeGreaterThanOrEqual(MANY)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('are the same alone, in any count and order, and in another process', async () => {
    for (const index of [7, 9_999, 3, 7]) expect(await makeUser(each, { seed: 'seed', index })).toEqual(rows[index])
    expect(await makeUsers(each, { seed: 'seed', count: 12 })).toEqual(rows.slice(0, 12))
    expect(await makeUser(each)).toEqual(makeRows(each, 1)[0])
    const script = `
      import { makeUser } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
      import { BUILT_IN } from ${JSON.stringify(join(import.meta.dirname, '..', 'built-in.ts'))}
      const api = await BUILT_IN.${each.name}()
      console.log(JSON.stringify([await makeUser(api, { seed: 'seed', index: 9 }), await makeUser(api, { seed: 'seed', index: 2 })]))`
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual([rows[9], rows[2]])
  })

  it('are others with another seed', async () => {
    expect(await makeUser(each, { seed: 'other', index: 7 })).not.toEqual(rows[7])
  })

  it('are varied', () => {
    const names = rows.map((row) => row.lastName ?? row.familyName)
    expect(new Set(names).size).toBeGreaterThan(MANY / 4)
    expect(names.filter((name) => /[^\p{ASCII}]/u.test(name)).length).toBeGreaterThan(MANY / 10)
    expect(names.some((name) => name.includes("'"))).toBe(true)
    for (const script of ['Latin', 'Greek', 'Cyrillic', 'Han', 'Hangul']) {
      expect(
        names.some((name) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)),
        script,
      ).toBe(true)
    }
  })

  it('have addresses kept for examples, and phones in international form', () => {
    for (const row of rows) {
      expect(row.email).toMatch(/^[a-z0-9]+\.[a-z0-9]+@example\.(?:com|org|net)$/)
      const phone = row.phone ?? row.phoneNumber
      if (phone) expect(phone).toMatch(/^\+[1-9]\d{9,13}$/)
      expect(row).not.toHaveProperty('hashedPassword')
    }
  })
})

describe('people', () => {
  it('keep their e-mails, usernames and phones apart up to 100,000', () => {
    const people = Array.from({ length: 100_000 }, (_, index) => imaginePerson('seed', 'any', index))
    for (const field of ['email', 'username', 'phone'] as const) {
      expect(new Set(people.map((person) => person[field])).size, field).toBe(people.length)
    }
  })

  it.each([
    ['Ólafur Þór', 'olafurthor'],
    ["O'Brien-Łukasz", 'obrienlukasz'],
    ['Groß', 'gross'],
    ['Παπαδοπούλου', 'papadopoyloy'],
    ['Шевченко', 'shevchenko'],
    ['Işık', 'isik'],
  ])('write %s as %s in an address', (name, ascii) => {
    expect(toAscii(name)).toBe(ascii)
  })
})

describe('wallets', () => {
  it.each(Object.entries(ADDRESSES))('of %s fit the pattern of all chains', (_, make) => {
    for (let index = 0; index < 50; index++) expect(make(createRandom(index))).toMatch(/^[A-Za-z0-9_-]{18,100}$/)
  })
})

describe('the check digits of a name number', () => {
  it('are those of the numbers in use', () => {
    expect(checkOf('000141073')).toBe(38)
    for (const row of makeRows(api.royalti, 200) as Row[]) {
      if (row.ipi) expect(Number(row.ipi.slice(9))).toBe(checkOf(row.ipi))
    }
  })
})

describe('makeRows', () => {
  it.each([-1, 1.5, Number.NaN])('refuses the count %s', (count) => {
    expect(() => makeRows(api.dynamic, count)).toThrow(RangeError)
  })

  it('makes rows of any document by its schema', async () => {
    const orders = await readApi(join(import.meta.dirname, '..', '..', 'openapi', 'dynamic.yaml'))
    const rows = makeRows(orders, 50, 'seed')
    expect(checkBody(orders, makeBody(orders, rows, 'seed'))).toBeUndefined()
    expect(await makeUser(orders, { seed: 'seed', index: 7 })).toEqual(rows[7])
  })

  it('says so where a document has no bodies', () => {
    const bare = { ...api.dynamic, name: 'bare' }
    const message = 'no users can be made for bare: none of its operations takes a JSON body'
    expect(() => makeRows(bare, 1)).toThrow(expect.objectContaining({ message, code: 'ENOUSERS' }))
  })
})
