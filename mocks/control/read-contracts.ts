import type { Contract } from '../../documents/contract/contract.ts'
import type { Api } from '../api/api.ts'
import { ControlError } from './control-error.ts'

/** What the control API asks of others when it is first needed, where there is somebody to ask: a page has neither. */
export interface Sources {
  /** The contract of a built-in API; undefined: there is no document of this name. */
  readContract(api: Api): Promise<Contract | undefined>
  /** One row of an API's bulk creation. */
  makeRow(api: Api, index: number): Promise<unknown>
}

/** Reads the contract of an API. @throws ControlError where there is no document of it */
export type ReadContract = (api: Api) => Promise<Contract>

/** The contract that an API was made from; of a built-in one, its document, read when it is first asked for. */
export function readContracts(sources: Sources | undefined): ReadContract {
  const read = new WeakMap<Api, Promise<Contract>>()
  return (api) => {
    const known = read.get(api)
    if (known) return known
    const reading = readOne(api, sources)
    read.set(api, reading)
    return reading
  }
}

async function readOne(api: Api, sources: Sources | undefined): Promise<Contract> {
  const contract = api.contract ?? (await sources?.readContract(api))
  if (contract) return contract
  const why = sources ? 'it was put together from its parts' : 'a page does not contain it'
  throw new ControlError(404, `there is no document of ${api.name}: ${why}`)
}
