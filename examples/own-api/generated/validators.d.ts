// Written by `rollcall generate` from members.yaml. Do not edit: change the document.
/** What Ajv's standalone code exports: by operation, a validator for each place. */
export interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: Readonly<Record<string, unknown>>
}
export interface Validate {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}
declare const validators: Readonly<
  Record<
    string,
    {
      readonly path?: Validate
      readonly query?: Validate
      readonly header?: Validate
      readonly cookie?: Validate
      readonly body?: Validate
      readonly replies: Readonly<Record<string, Validate>>
    }
  >
>
export default validators
