import type { CaseRequest } from './vocabulary.ts'

type Credentials = Pick<CaseRequest, 'credentials'>

/** Whether a request is the second tenant's; all others have the run's own credentials, or none that let anybody in. */
export const isSecond = ({ credentials }: Credentials): boolean => credentials === 'second'

/** What the second tenant made is read and removed as the second tenant; all else with the run's own credentials. */
export const asCaller = (request: CaseRequest, caller: Credentials): CaseRequest =>
  isSecond(caller) ? { ...request, credentials: 'second' } : request

/** Begins the keys of a tenant's things: the same name may be somebody else's in another tenant. */
export const tenantOf = (caller: Credentials): string => (isSecond(caller) ? 'second ' : '')
