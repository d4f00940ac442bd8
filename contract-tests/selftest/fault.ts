import type { Fault } from './vocabulary.ts'

/** One fault, its members in the order in which they are told. */
export const fault = (
  name: string,
  evidence: Fault['evidence'],
  rule: string,
  wakes: Fault['wakes'],
  plant: Fault['plant'],
): Fault => ({ name, evidence, rule, wakes, plant })

/** It is a story that must notice. @param names of stories, as alternatives */
export const story = (names: string, breach = /./): Fault['wakes'] => ({
  cases: new RegExp(`/stories/(?:${names})$`),
  breach,
})
