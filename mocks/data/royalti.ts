import type { Random } from '../../documents/patterns/random.ts'
import type { components } from '../../generated/royalti/types.ts'
import type { Person } from './people.ts'

type Row = components['schemas']['NewUser']

const USER_TYPES = [
  'artist',
  'artist',
  'artist',
  'producer',
  'writer',
  'writer',
  'publisher',
  'label',
  'manager',
  'engineer',
]

/** A row of `bulkCreateUsers`. */
export function makeRoyaltiRow({ at, firstName, lastName, email, phone, place, username }: Person): Row {
  const has = (field: string, probability: number): boolean => at(`has ${field}`).chance(probability)
  return {
    firstName,
    lastName,
    ...(has('nickName', 0.4) && { nickName: username.split('-')[0] as string }),
    userType: at('userType').pick(USER_TYPES),
    email,
    ...(has('ipi', 0.6) && { ipi: nameNumber(at('ipi')) }),
    role: at('role').chance(0.9) ? 'user' : 'admin',
    ...(has('phone', 0.8) && { phone }),
    country: place.country,
  }
}

/** An IPI name number: nine digits, and two that check them (weights 10 to 2, modulo 101). */
function nameNumber(random: Random): string {
  for (;;) {
    const digits = String(random.integer(10_000, 999_999_999)).padStart(9, '0')
    const check = checkOf(digits)
    // 100 would be a third digit.
    if (check < 100) return digits + String(check).padStart(2, '0')
  }
}

/**
 * The check number of an IPI name number (weights 10 to 2, modulo 101), 0 to 100; 100 has no two digits.
 * @param digits the first nine count
 */
export const checkOf = (digits: string): number =>
  (101 - ([...digits.slice(0, 9)].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 101)) % 101
