import { below, type Pointer } from '../read/json-pointer.ts'

/** Where a statement stands: its member; where there is none of that name, what would hold it. */
export const statementAt = (holder: unknown, pointer: Pointer, member: string): Pointer =>
  (holder as Readonly<Record<string, unknown>> | undefined | null)?.[member] === undefined
    ? pointer
    : below(pointer, member)
