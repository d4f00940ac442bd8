/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Field } from './nouns.ts'
import { counted } from './parts.tsx'

type Members = Readonly<Record<string, unknown>>

/** How a member is asked for; what is no plain value is asked for as JSON. */
type Kind = 'text' | 'lines' | 'number' | 'integer' | 'boolean' | 'choice' | 'json'

/** What stands in the form for one member. */
export interface Entry {
  readonly field: Field
  readonly kind: Kind
  readonly is: 'value' | 'null' | 'left out'
  /** As it is typed; of a choice, JSON. */
  readonly text: string
}

/** What is wrong with what was typed, by member. */
export type Faults = Readonly<Record<string, string>>

const LONG = 60

function kindOf({ types, enum: choices }: Field, value: unknown): Kind {
  if (choices && choices.length > 0) return 'choice'
  const given = value === undefined || value === null ? [] : [typeof value]
  const plain = types.filter((type) => type !== 'null')
  const [type, ...others] = plain.length > 0 ? plain : given
  if (type === undefined || others.length > 0) return 'json'
  const isRight = given.length === 0 || given[0] === (type === 'integer' ? 'number' : type)
  if (!isRight) return 'json'
  if (type === 'string')
    return typeof value === 'string' && (value.length > LONG || value.includes('\n')) ? 'lines' : 'text'
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'json'
}

/** The members of a record in its order, then those that the schema has beside them. */
export function entriesOf(members: Members, fields: readonly Field[]): Entry[] {
  const known = new Map(fields.map((field) => [field.name, field]))
  const names = [...new Set([...Object.keys(members), ...known.keys()])]
  return names.map((name) => {
    const value = Object.hasOwn(members, name) ? members[name] : undefined
    const field = known.get(name) ?? { name, types: [], required: false }
    const kind = kindOf(field, value)
    const is = value === undefined ? 'left out' : value === null ? 'null' : 'value'
    const isTyped = kind === 'text' || kind === 'lines' || kind === 'number' || kind === 'integer'
    const text =
      is !== 'value' ? (kind === 'boolean' ? 'false' : '') : isTyped ? String(value) : JSON.stringify(value, null, 2)
    return { field, kind, is, text }
  })
}

/** What the form says, as members; nothing of it where something is wrong. */
export function membersOf(entries: readonly Entry[]): { readonly members: Members; readonly faults: Faults } {
  const faults: Record<string, string> = {}
  const members: [string, unknown][] = []
  for (const { field, kind, is, text } of entries) {
    if (is === 'left out') continue
    if (is === 'null') members.push([field.name, null])
    else if (kind === 'text' || kind === 'lines') members.push([field.name, text])
    else if (kind === 'number' || kind === 'integer') {
      const value = Number(text)
      if (text.trim() === '' || !Number.isFinite(value)) faults[field.name] = 'This is no number.'
      else members.push([field.name, value])
    } else {
      try {
        members.push([field.name, JSON.parse(text)])
      } catch (error) {
        faults[field.name] =
          text === ''
            ? kind === 'choice'
              ? 'Choose a value.'
              : 'This is empty. A text stands in quotes: "text".'
            : `This is no JSON: ${(error as Error).message}`
      }
    }
  }
  // A member may be called __proto__.
  return { members: Object.fromEntries(members), faults }
}

/** The member that a refusal of the control API speaks of: `data/age must be integer`, `must have required property 'age'`. */
export function faultOf(message: string, entries: readonly Entry[]): Faults {
  const paths = [...message.matchAll(/\/\S+/g)].flatMap(([path]) => path.split('/'))
  const quoted = [...message.matchAll(/'([^']+)'/g)].map(([, name]) => name)
  const name = [...paths, ...quoted].find((one) => entries.some(({ field }) => field.name === one))
  return name === undefined ? {} : { [name]: message }
}

const INPUT_TYPES: Readonly<Record<string, 'date' | 'email' | 'url'>> = { date: 'date', email: 'email', uri: 'url' }

/** A date that is none would not be shown as one. */
const inputTypeOf = ({ field: { format = '' }, text }: Entry) =>
  format === 'date' && text !== '' && !/^\d{4}-\d\d-\d\d$/.test(text) ? 'text' : (INPUT_TYPES[format] ?? 'text')

interface FormProps {
  readonly entries: readonly Entry[]
  readonly faults: Faults
  readonly onChange: (entries: readonly Entry[]) => void
}

export function RecordForm({ entries, faults, onChange }: FormProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    first?.closest('details')?.setAttribute('open', '')
    first?.focus()
  }, [faults])
  const change = (name: string, what: Partial<Entry>) =>
    onChange(entries.map((one) => (one.field.name === name ? { ...one, ...what } : one)))
  const row = (entry: Entry) => (
    <FieldRow
      key={entry.field.name}
      id={`field-${entries.indexOf(entry)}`}
      entry={entry}
      fault={faults[entry.field.name]}
      onChange={change}
    />
  )
  // What is put in stays where it was put in.
  const [absent] = useState(
    () =>
      new Set(entries.filter(({ is, field }) => is === 'left out' && !field.required).map(({ field }) => field.name)),
  )
  const isAbsent = ({ field }: Entry) => absent.has(field.name)
  return (
    <div ref={box} class="fields">
      {entries.filter((entry) => !isAbsent(entry)).map(row)}
      {absent.size > 0 && (
        <details>
          <summary>{counted(absent.size, 'member')} that it has not</summary>
          {entries.filter(isAbsent).map(row)}
        </details>
      )}
    </div>
  )
}

interface RowProps {
  /** A member may have a name that no id has. */
  readonly id: string
  readonly entry: Entry
  readonly fault: string | undefined
  readonly onChange: (name: string, what: Partial<Entry>) => void
}

function FieldRow({ id, entry, fault, onChange }: RowProps) {
  const { field, kind, is, text } = entry
  const { name, types, required } = field
  const states = [
    'value',
    ...(types.length === 0 || types.includes('null') || is === 'null' ? ['null'] : []),
    ...(!required || is === 'left out' ? ['left out'] : []),
  ]
  const typed = (value: string) => onChange(name, { text: value, is: 'value' })
  const about = [fault && `${id}-fault`, field.description && `${id}-about`].filter(Boolean).join(' ')
  const common = {
    id,
    'aria-invalid': fault !== undefined,
    ...(about && { 'aria-describedby': about }),
  }
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <div class="bar">
        {is !== 'value' ? (
          <input {...common} readOnly value={is === 'null' ? 'null' : ''} placeholder="left out" />
        ) : kind === 'choice' || kind === 'boolean' ? (
          <select {...common} value={text} onChange={(event) => typed(event.currentTarget.value)}>
            {choicesOf(entry).map((choice) => (
              <option key={choice} value={choice}>
                {choice.replace(/^"(.*)"$/s, '$1')}
              </option>
            ))}
          </select>
        ) : kind === 'json' || kind === 'lines' ? (
          <textarea
            {...common}
            rows={Math.min(10, Math.max(2, text.split('\n').length))}
            spellcheck={false}
            value={text}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        ) : (
          <input
            {...common}
            // Preact's types know an input of one type at a time.
            {...({ type: kind === 'text' ? inputTypeOf(entry) : 'number' } as { readonly type: 'text' })}
            {...(kind === 'number' && { step: 'any' })}
            {...(field.minimum !== undefined && { min: field.minimum })}
            {...(field.maximum !== undefined && { max: field.maximum })}
            value={text}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        )}
        {states.length > 1 && (
          <select
            class="is"
            aria-label={`${name} is`}
            value={is}
            onChange={(event) => {
              const next = event.currentTarget.value as Entry['is']
              const first = choicesOf(entry)[0]
              onChange(name, { is: next, ...(text === '' && first !== undefined && { text: first }) })
            }}
          >
            {states.map((state) => (
              <option key={state}>{state}</option>
            ))}
          </select>
        )}
      </div>
      {fault && (
        <p id={`${id}-fault`} class="told bad">
          {fault}
        </p>
      )}
      {field.description && (
        <p id={`${id}-about`} class="faint about">
          {field.description}
        </p>
      )}
    </div>
  )
}

/** As JSON; one that the schema does not have stays, as it is there. */
function choicesOf({ field, kind, text }: Entry): string[] {
  if (kind === 'boolean') return ['true', 'false']
  const known = (field.enum ?? []).filter((one) => one !== null).map((one) => JSON.stringify(one))
  return kind !== 'choice' || text === '' || known.includes(text) ? known : [text, ...known]
}
