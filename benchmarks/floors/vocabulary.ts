/** A status and a body. */
export type Answer = readonly [status: number, body: unknown]

export interface Floor {
  /** What it answers, by method and URL. */
  readonly calls: Readonly<Record<string, (text: string) => Answer>>
  /** What it answers to a GET, by the URL. */
  read?(url: string): Answer
  reset(): void
}

interface Validator {
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null
}

/** @param shape puts what the validator says into the vendor's words */
export function refuse(validate: unknown, shape: (message: string) => unknown): Answer {
  const [error] = (validate as Validator | undefined)?.errors ?? []
  return [400, shape(`${error?.instancePath} ${error?.message}`)]
}
