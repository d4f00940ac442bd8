/**
 * Gives each name once. What is asked for again gets a number behind it, in the order of asking: `/payment/alone`,
 * `/payment/alone/2`. Whoever asks in a document's order gets the same names as long as it says the same.
 */
export function numberNames(): (wanted: string) => string {
  const given = new Set<string>()
  return (wanted) => {
    let name = wanted
    for (let number = 2; given.has(name); number++) name = `${wanted}/${number}`
    given.add(name)
    return name
  }
}
