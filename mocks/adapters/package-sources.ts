import type { Sources } from '../control/read-contracts.ts'

/** What the package brings along and no start waits for: documents, and the makers of data. */
export const packageSources: Sources = {
  async readContract({ name }) {
    const { findShipped } = await import('../../documents/read/find-shipped.ts')
    const file = findShipped(name)
    if (!file) return undefined
    const { readContract } = await import('../../documents/contract/build-contract.ts')
    return readContract(file)
  },
  async makeRow(api, index) {
    const { makeUser } = await import('../data/index.ts')
    return makeUser(api, { index })
  },
}
