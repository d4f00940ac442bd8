import type { Case, CaseRequest, Exchange, JudgedReply } from './vocabulary.ts'

/** How a thing was made. */
export interface Making {
  readonly request: CaseRequest
  readonly reply: JudgedReply
  readonly exchange: Exchange
}

/**
 * Things that the cases of one operation share: made for the first that needs one, and removed after the last. Of what
 * nobody can remove, one is left behind, and not one for each case.
 */
export class SharedThings {
  /** How many cases of an operation are still to come. */
  readonly #left = new Map<string, number>()
  readonly #made = new Map<string, Map<string, Making>>()

  constructor(cases: readonly Pick<Case, 'operationId' | 'lifecycle'>[]) {
    for (const { operationId, lifecycle } of cases)
      if (!lifecycle) this.#left.set(operationId, (this.#left.get(operationId) ?? 0) + 1)
  }

  /** What the cases of an operation share is made by all of them: for the clean-up. */
  ownerOf = ({ operationId }: Pick<Case, 'operationId'>): string => `${operationId} shares`

  /** @param maker the operation that makes it */
  get({ operationId }: Pick<Case, 'operationId'>, maker: string): Making | undefined {
    return this.#made.get(operationId)?.get(maker)
  }

  keep({ operationId }: Pick<Case, 'operationId'>, maker: string, making: Making): void {
    const made = this.#made.get(operationId) ?? new Map<string, Making>()
    this.#made.set(operationId, made.set(maker, making))
  }

  isUsedBy = ({ operationId }: Pick<Case, 'operationId'>): boolean => this.#made.has(operationId)

  /** A case of an operation is over. @returns whether it was the last, so that what they shared is to be removed */
  leave({ operationId }: Pick<Case, 'operationId'>): boolean {
    const left = (this.#left.get(operationId) ?? 0) - 1
    this.#left.set(operationId, left)
    return left <= 0 && this.#made.delete(operationId)
  }
}
