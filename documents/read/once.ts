/** The same function, which works its answer out when it is first asked, and keeps it. What it throws is not kept. */
export function once<T>(workOut: () => T): () => T {
  let known: { readonly answer: T } | undefined
  return () => (known ??= { answer: workOut() }).answer
}
