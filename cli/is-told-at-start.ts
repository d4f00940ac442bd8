import type { Api } from '../mocks/api/api.ts'

/** Of more operations, what needs all of them is told after the rest: to read them takes longer than a first answer may. */
const MANY = 100

/** Whether the faults of a document, and what is remembered of it, are known as soon as it is there. */
export const isToldAtStart = ({ operations }: Api): boolean => operations.length <= MANY
