/** What a floor answers, by method and URL: a status and a body. */
export interface Floor {
  readonly calls: Readonly<Record<string, (text: string) => readonly [status: number, body: unknown]>>
  reset(): void
}

interface Validator {
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null
}

/** @param shape puts what the validator says into the vendor's words */
export function refuse(validate: unknown, shape: (message: string) => unknown): readonly [number, unknown] {
  const [error] = (validate as Validator | undefined)?.errors ?? []
  return [400, shape(`${error?.instancePath} ${error?.message}`)]
}
