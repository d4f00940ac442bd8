import type { Contract } from '../../documents/contract/contract.ts'
import type { Api } from '../api/api.ts'
import { ControlError } from './control-error.ts'

/** Reads the contract of an API. @throws ControlError where there is no document of it */
export type ReadContract = (api: Api) => Promise<Contract>

/** The contract that an API was made from; of a built-in one, its document in this package, read when it is first asked for. */
export function readContracts(): ReadContract {
  const read = new WeakMap<Api, Promise<Contract>>()
  return (api) => {
    const known = read.get(api)
    if (known) return known
    const reading = readOne(api)
    read.set(api, reading)
    return reading
  }
}

async function readOne(api: Api): Promise<Contract> {
  if (api.contract) return api.contract
  // No start waits for them: few ask.
  const { findShipped } = await import('../../documents/read/find-shipped.ts')
  const file = findShipped(api.name)
  if (!file) throw new ControlError(404, `there is no document of ${api.name}: it was put together from its parts`)
  const { readContract } = await import('../../documents/contract/build-contract.ts')
  return readContract(file)
}
