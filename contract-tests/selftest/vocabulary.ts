/** The nouns of the planted faults. Types only. */

import type { Contract } from '../../documents/contract/contract.ts'
import type { CaseKit, DeriveOptions } from '../suite/case-kit.ts'
import type { Evidence, Send } from '../suite/vocabulary.ts'

/** What a fault is planted on: a good server, and what is known of it. A new one for every fault. */
export interface Ground {
  /** The good server. */
  readonly send: Send
  readonly contract: Contract
  readonly kit: CaseKit
  /** The run's own credential. */
  readonly token: string
  /** Path parameters of the run. */
  readonly params: Readonly<Record<string, string>>
}

/** A server with one fault. */
export interface Fault {
  /** What the server does wrong, as a fact. The same fault of another API has the same name and counts once. */
  readonly name: string
  /** The rule that it breaks. */
  readonly rule: string
  /** How well the rule is known. */
  readonly evidence: Evidence
  readonly wakes: Wakes
  plant(ground: Ground): Send
}

/** What the self-test knows of one API beyond its document. */
export interface VendorFaults {
  /** The faults of this API alone. */
  readonly own: readonly Fault[]
  /** The parameters of two tenants, where these tell tenants apart. */
  readonly tenants?: Required<Pick<DeriveOptions, 'params' | 'secondParams'>>
  /** Tokens that this API cannot read. */
  readonly badTokens?: readonly string[]
}

/** The case that must notice, and the rule it must name: both, or it was noticed by accident. */
interface Wakes {
  /** Of the id of the case. */
  readonly cases: RegExp
  /** Of the text of the broken rule, or of its pointer. */
  readonly breach: RegExp
}
