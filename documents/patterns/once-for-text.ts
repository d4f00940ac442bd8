/** So many answers are kept, to texts of so many characters. */
const MOST = 10_000
const LONGEST = 100

/** The same function, which keeps its answers to short texts: names are few, but who sends them may invent some without end. */
export function onceForText<T>(workOut: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>()
  return (text) => {
    const before = known.get(text)
    if (before) return before.answer
    const answer = workOut(text)
    if (known.size >= MOST) known.clear()
    if (text.length <= LONGEST) known.set(text, { answer })
    return answer
  }
}
