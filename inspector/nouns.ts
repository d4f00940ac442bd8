/** What the control API tells, as far as the page reads it. */

export interface Verdict {
  readonly outcome: 'accepted' | 'refused' | 'forced'
  readonly reason?: string
  readonly at?: string
  readonly rule?: string
  readonly message?: string
  readonly note?: string
}

export interface BriefCall {
  readonly id: number
  readonly at: string
  readonly api?: string
  readonly operationId?: string
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly status: number
  readonly verdict: Verdict
  /** Milliseconds. */
  readonly duration: number
}

export interface Skipped {
  readonly after: number
  readonly before: number
  /** How many there were. */
  readonly calls: number
}

export interface Change {
  readonly api: string
  readonly tenant: string
  readonly collection: string
  readonly id: string
  readonly before?: object
  readonly after?: object
}

export interface WholeCall {
  readonly id: number
  readonly at: string
  readonly api?: string
  readonly operationId?: string
  readonly call: {
    readonly method: string
    readonly path: string
    readonly query?: Readonly<Record<string, unknown>>
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly verdict: Verdict
  readonly reply: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly duration: number
  readonly changed?: { readonly changes: readonly Change[]; readonly more: number }
  readonly rule?: {
    readonly pointer: string
    readonly file?: string
    readonly line?: number
    readonly lines?: readonly string[]
  }
}

export interface CollectionSize {
  readonly api: string
  readonly tenant: string
  readonly collection: string
  readonly records: number
  readonly isUntouched?: boolean
}

export interface KeptRecord {
  readonly id: string
  readonly record: Readonly<Record<string, unknown>>
}

/** What a document says of one member of a record. */
export interface Field {
  readonly name: string
  /** JSON types; none: any. */
  readonly types: readonly string[]
  readonly required: boolean
  readonly description?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

export interface RecordFields {
  /** The member that holds what is asked for; empty: the record itself. */
  readonly within: '' | 'data'
  readonly fields: readonly Field[]
}

export interface RecordPage {
  readonly total: number
  readonly found: number
  /** How many were looked at, where these are not all yet. */
  readonly looked?: number
  readonly records: readonly KeptRecord[]
}

export interface SnapshotName {
  readonly name: string
  readonly at: string
  readonly records: number
  readonly messages: number
}

export interface Orderable {
  readonly api: string
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly url: string
  readonly statuses: readonly string[]
  readonly failures: readonly {
    readonly id: string
    readonly level: string
    readonly status?: number
    readonly message: string
  }[]
  readonly examples: readonly string[]
}

export interface Order {
  readonly api: string
  readonly operationId: string
  readonly status?: number
  readonly failure?: string
  readonly example?: string
  readonly drop?: boolean
  readonly timeout?: boolean
  /** Milliseconds. */
  readonly delay?: number
  readonly times?: number
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly types: readonly string[]
  readonly example?: unknown
}

export interface WholeOperation {
  readonly api: string
  readonly id: string
  readonly method: string
  readonly url: string
  readonly summary?: string
  readonly description?: string
  readonly parameters: readonly Parameter[]
  readonly security: readonly (readonly {
    readonly name: string
    readonly type: string
    readonly scheme?: string
    readonly in?: string
    readonly key?: string
  }[])[]
  readonly credential: string
  readonly replies: Readonly<Record<string, { readonly mediaTypes: readonly string[] }>>
  readonly examples: {
    readonly request: Readonly<Record<string, unknown>>
    readonly replies: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
  readonly bodies?: readonly {
    readonly type: string
    readonly schema?: unknown
    readonly examples: Readonly<Record<string, unknown>>
  }[]
}

export interface SessionSize {
  readonly name: string
  readonly calls: number
  readonly lastCall?: string
  readonly records: number
  readonly orders: number
  readonly messages: number
}

export interface Message {
  readonly to: string
  readonly at: string
  readonly api: string
  readonly tenant: string
  readonly userId: string
  readonly url?: string
  readonly message?: string
}

export interface DocumentName {
  readonly api: string
  readonly title: string
  readonly version: string
  readonly operations: number
}

export interface DocumentFacts {
  readonly title: string
  readonly version: string
  readonly servers: readonly string[]
  readonly diagnostics: readonly {
    readonly rule: string
    readonly message: string
    readonly instead: string
    readonly pointer: string
    readonly file?: string
    readonly line?: number
  }[]
  readonly operations: readonly {
    readonly operationId: string
    readonly method?: string
    readonly path?: string
    readonly role: string
    readonly resource?: string
    readonly sure: number
    readonly reason: string
  }[]
}
