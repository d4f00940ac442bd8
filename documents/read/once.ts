/** The same function, which works its answer out when it is first asked, and keeps it. What it throws is not kept. */
export function once<T>(workOut: () => T): () => T {
  let known: { readonly answer: T } | undefined
  return () => (known ??= { answer: workOut() }).answer
}

/** The same function, which works its answer out when it is first asked about an object, and keeps it as long as that. */
export function onceFor<K extends object, T>(workOut: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly answer: T }>()
  return (key) => {
    let found = known.get(key)
    if (!found) known.set(key, (found = { answer: workOut(key) }))
    return found.answer
  }
}
