/** What an attack found of one promise. */
export interface Finding {
  /** What must hold, as README promises it. */
  readonly promise: string
  /** What was measured or seen. */
  readonly found: string
  readonly isHeld: boolean
}

/** One kind of attack, on servers in processes of their own. */
export interface Attack {
  readonly name: string
  /** @param isShort whether there is half a minute for all of them */
  run(tell: (finding: Finding) => void, isShort: boolean): Promise<void>
}

/** No request holds another up for longer, in milliseconds. */
export const LONGEST_STALL = 250

export const listedUsers = '/api/v0/environments/95b11417-f18f-457f-8804-68e361f9164f/users'
export const DYNAMIC = { authorization: 'Bearer dyn_example', 'content-type': 'application/json' }
export const DESCOPE = { authorization: 'Bearer P2example:management-key', 'content-type': 'application/json' }
