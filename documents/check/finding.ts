import type { Diagnostic } from '../read/diagnostic.ts'

/** What a check has found. Its pointer leads into the model. */
export type Finding = Omit<Diagnostic, 'within'>
