import type { components } from '../../generated/descope/types.ts'
import { type Person, team } from './people.ts'

type Row = components['schemas']['CreateUsers']

const ROLES = ['Editor', 'Viewer', 'Billing', 'Tenant Admin', 'Support']
const TENANTS = ['T2beSnJIWWfIrzEBVmKNxaLS0klz', 'T2xAcmeFieldServices01q7Lk9z', 'T2xNorthernLights44dPw2RbTe']
const MIDDLE_NAMES = ['Maria', 'Anne', 'José', 'Lee', 'Noor', 'Chidinma', 'Søren', 'Alexis']

/** A row of `createUsersBatch`. */
export function makeDescopeRow({ at, index, firstName, lastName, email, phone, username }: Person): Row {
  const has = (field: string, probability: number): boolean => at(`has ${field}`).chance(probability)
  const kind = at('loginId').next()
  const loginId = kind < 0.75 ? email : kind < 0.9 ? username : phone
  const hasPhone = loginId === phone || has('phone', 0.4)
  return {
    loginId,
    email,
    verifiedEmail: at('verifiedEmail').chance(0.8),
    ...(hasPhone && { phone, verifiedPhone: at('verifiedPhone').chance(0.6) }),
    name: `${firstName} ${lastName}`,
    givenName: firstName,
    ...(has('middleName', 0.15) && { middleName: at('middleName').pick(MIDDLE_NAMES) }),
    familyName: lastName,
    ...(has('picture', 0.3) && { picture: `https://cdn.example.com/portraits/${username}.png` }),
    ...(has('roleNames', 0.6) && { roleNames: [at('roleNames').pick(ROLES)] }),
    ...(has('userTenants', 0.4) && {
      userTenants: [
        {
          tenantId: at('userTenants/0/tenantId').pick(TENANTS),
          roleNames: [at('userTenants/0/roleNames').pick(ROLES)],
        },
      ],
    }),
    ...(has('status', 0.3) && { status: at('status').pick(['enabled', 'enabled', 'invited', 'disabled'] as const) }),
    ...(has('customAttributes', 0.5) && {
      customAttributes: {
        department: team(at('department')),
        badge: at('badge').integer(1000, 9999),
        remote: at('remote').chance(0.5),
      },
    }),
    ...(has('additionalIdentifiers', 0.1) && { additionalIdentifiers: [`emp-${String(index).padStart(6, '0')}`] }),
    ...(has('test', 0.2) && { test: false }),
  }
}
