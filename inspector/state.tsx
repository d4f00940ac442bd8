/** @jsxImportSource preact */
import { signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { version } from './calls.ts'
import { ask, session } from './connection.ts'
import type { CollectionSize, KeptRecord, RecordFields, RecordPage } from './nouns.ts'
import { counted, Empty, List, number, Panel, useAsked, useDone } from './parts.tsx'
import { type Entry, entriesOf, type Faults, faultOf, membersOf, RecordForm } from './record-form.tsx'
import { Snapshots } from './snapshots.tsx'

const chosen = signal('')
const opened = signal<string | undefined>(undefined)
/** Records are asked for in pages of so many: a screen shows about as many. */
const PAGE = 25
/** Milliseconds of searching after which is shown what was found so far. */
const PATIENCE = 20

const keyOf = ({ api, tenant, collection }: CollectionSize): string => JSON.stringify([api, tenant, collection])
const pathOf = ({ api, collection }: CollectionSize): string =>
  `records/${encodeURIComponent(api)}/${encodeURIComponent(collection)}`

export function State() {
  const { value: collections = [], error } = useAsked<CollectionSize[]>('records')
  const at = collections.find((one) => keyOf(one) === chosen.value) ?? collections[0]
  return (
    <div class="state">
      <Snapshots />
      {error && <p class="told bad">{error}</p>}
      {!at ? (
        <Empty title="Nothing is kept yet">
          The state of a tenant begins with its first call. Send one, or try an operation, and its records show here.
        </Empty>
      ) : (
        <>
          <div class="choose">
            <label>
              <span>Collection</span>
              <select
                value={keyOf(at)}
                onChange={(event) => {
                  chosen.value = event.currentTarget.value
                  opened.value = undefined
                }}
              >
                {collections.map((one) => (
                  <option key={keyOf(one)} value={keyOf(one)}>
                    {`${one.collection} of ${one.api}${one.tenant ? `, ${one.tenant}` : ''} (${one.isUntouched ? 'not begun' : number(one.records)})`}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <Table key={keyOf(at)} at={at} />
        </>
      )}
    </div>
  )
}

/** What of a record is shown: of one that is kept with its place, its own members. */
const shownOf = (record: KeptRecord['record']): Readonly<Record<string, unknown>> =>
  Array.isArray(record['under']) && typeof record['data'] === 'object'
    ? (record['data'] as Record<string, unknown>)
    : record

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** The members that most records have, plain ones first. */
function columnsOf(records: readonly KeptRecord[]): string[] {
  const counts = new Map<string, { weight: number; readonly values: Set<unknown> }>()
  const looked = records.slice(0, 50)
  for (const { record } of looked) {
    for (const [name, value] of Object.entries(shownOf(record))) {
      const column = counts.get(name) ?? { weight: 0, values: new Set() }
      column.weight += typeof value === 'object' && value !== null ? 0.2 : value === null ? 0.1 : 1
      column.values.add(value)
      counts.set(name, column)
    }
  }
  // What all have alike tells nothing.
  const worthOf = ({ weight, values }: { weight: number; values: ReadonlySet<unknown> }) =>
    values.size === 1 && looked.length > 1 ? weight / 100 : weight
  return [...counts]
    .sort(([, a], [, b]) => worthOf(b) - worthOf(a))
    .slice(0, 5)
    .map(([name]) => name)
}

/** What is known of a list, by what was asked: until something else is told, it is shown still. */
interface Held {
  readonly asked: string
  readonly sizes: Omit<RecordPage, 'records'>
  readonly pages: ReadonlyMap<number, readonly KeptRecord[]>
}

/** Reads the pages of a list that are looked at, again whenever the state may have changed. */
function useRecords(at: CollectionSize, search: string, sort: string, [first, last]: readonly [number, number]) {
  const [held, setHeld] = useState<Held>({
    asked: '',
    sizes: { total: at.records, found: at.records },
    pages: new Map(),
  })
  const [error, setError] = useState('')
  const query = `tenant=${encodeURIComponent(at.tenant)}&search=${encodeURIComponent(search)}&sort=${encodeURIComponent(sort)}`
  const asked = `${query} ${version.value} ${session.value}`
  const awaited = useRef({ asked: '', pages: new Set<number>() })
  const read = async (from: number, to: number) => {
    const page = `offset=${from * PAGE}&limit=${(to - from) * PAGE}&within=${PATIENCE}`
    const { pages } = awaited.current
    try {
      let looked: number | undefined
      do {
        const { records, ...sizes } = await ask<RecordPage>('GET', `${pathOf(at)}?${query}&${page}`)
        if (awaited.current.pages !== pages) return
        const told = Array.from({ length: to - from }, (_, index) => {
          return [from + index, records.slice(index * PAGE, (index + 1) * PAGE)] as const
        })
        setHeld((before) => ({
          asked,
          sizes,
          pages: new Map([...(before.asked === asked ? before.pages : []), ...told]),
        }))
        setError('')
        looked = sizes.looked
      } while (looked !== undefined)
    } catch (reason) {
      for (let one = from; one < to; one++) pages.delete(one)
      setError((reason as Error).message)
    }
  }
  useLayoutEffect(() => {
    if (awaited.current.asked !== asked) awaited.current = { asked, pages: new Set() }
    const { pages } = awaited.current
    let [from, to] = [first, last + 1]
    while (from < to && pages.has(from)) from++
    while (from < to && pages.has(to - 1)) to--
    for (let one = from; one < to; one++) pages.add(one)
    if (from < to) void read(from, to)
  }, [asked, first, last])
  return { ...held, error }
}

function Table({ at }: { at: CollectionSize }) {
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState('')
  const [looked, setLooked] = useState<readonly [number, number]>([0, 0])
  const { sizes, pages, error } = useRecords(at, search, sort, looked)
  const { told, run } = useDone()
  const columns = columnsOf([...pages.values()].find(({ length }) => length > 0) ?? [])
  // As far as the screen goes, from the top.
  const begin = () => setLooked(([first, last]) => [0, last - first])
  const sortBy = (name: string) => {
    setSort(sort === name ? `-${name}` : sort === `-${name}` ? '' : name)
    begin()
  }
  const add = () =>
    run('One was made up and added.', async () => {
      const made = await ask<KeptRecord>('POST', `${pathOf(at)}?tenant=${encodeURIComponent(at.tenant)}`)
      opened.value = made.id
    })
  return (
    <div class="split">
      <div class="main">
        <div class="bar">
          <label class="grow">
            <span>Search</span>
            <input
              type="search"
              value={search}
              placeholder="any words"
              onInput={(event) => {
                setSearch(event.currentTarget.value)
                begin()
              }}
            />
          </label>
          <button type="button" onClick={add}>
            Add one, made up
          </button>
        </div>
        {told}
        {error && <p class="told bad">{error}</p>}
        <p class="count" role="status">
          {sizes.found === sizes.total
            ? counted(sizes.total, 'record')
            : `${number(sizes.found)} of ${counted(sizes.total, 'record')}`}
          {sizes.looked !== undefined && `, ${number(sizes.looked)} looked at so far …`}
        </p>
        {sizes.total === 0 ? (
          <Empty title={`No ${at.collection} yet`}>Add one here, or create one through the API.</Empty>
        ) : (
          <>
            <fieldset class="cells sorting" aria-label="Sort by">
              {columns.map((name) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={sort === name || sort === `-${name}`}
                  onClick={() => sortBy(name)}
                >
                  {name}
                  {sort === name ? ' ↑' : sort === `-${name}` ? ' ↓' : ''}
                </button>
              ))}
            </fieldset>
            <List
              label="Records"
              count={sizes.found}
              height={40}
              at={(index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE]}
              keyOf={({ id }) => id}
              opened={opened.value}
              of={`${search} ${sort}`}
              onLook={(first, last) =>
                setLooked([Math.floor(first / PAGE), Math.floor(Math.max(first, last - 1) / PAGE)])
              }
              onOpen={({ id }) => {
                opened.value = id
              }}
              row={({ record }) => (
                <span class="cells">
                  {columns.map((name) => (
                    <span key={name}>{textOf(shownOf(record)[name])}</span>
                  ))}
                </span>
              )}
            />
          </>
        )}
      </div>
      {opened.value !== undefined && (
        <OpenedRecord
          key={opened.value}
          path={`${pathOf(at)}/${encodeURIComponent(opened.value)}?tenant=${encodeURIComponent(at.tenant)}`}
          form={`${pathOf(at).replace('records/', 'forms/')}?tenant=${encodeURIComponent(at.tenant)}`}
          title={`${at.collection} ${opened.value}`}
        />
      )}
    </div>
  )
}

const close = () => {
  opened.value = undefined
}

type Members = Readonly<Record<string, unknown>>

interface OpenedProps {
  readonly path: string
  /** Where the control API tells how its record can be asked for. */
  readonly form: string
  readonly title: string
}

function OpenedRecord({ path, form, title }: OpenedProps) {
  const [kept, setKept] = useState<Members>()
  const [asked, setAsked] = useState<RecordFields>()
  useEffect(() => {
    ask<Members>('GET', path).then(setKept, () => close())
    // Where there is no document, the values say what they are.
    ask<RecordFields>('GET', form).then(setAsked, () => setAsked({ within: '', fields: [] }))
  }, [path])
  if (!kept || !asked) return null
  return (
    <Panel title={title} onClose={close}>
      <Editor kept={kept} asked={asked} path={path} onSave={setKept} />
    </Panel>
  )
}

interface EditorProps {
  readonly kept: Members
  readonly asked: RecordFields
  readonly path: string
  readonly onSave: (record: Members) => void
}

function Editor({ kept, asked, path, onSave }: EditorProps) {
  const isWithin = asked.within === 'data' && typeof kept['data'] === 'object' && kept['data'] !== null
  const entriesIn = (record: Members) =>
    entriesOf(isWithin ? ((record['data'] as Members | undefined) ?? {}) : record, asked.fields)
  const keptText = JSON.stringify(kept, null, 2)
  const [isForm, setForm] = useState(true)
  const [text, setText] = useState(keptText)
  const [entries, setEntries] = useState<readonly Entry[]>(() => entriesIn(kept))
  const [faults, setFaults] = useState<Faults>({})
  const { told, run } = useDone()
  /** The record as it is written. @throws Error where it is none */
  const read = (): Members => {
    if (!isForm) {
      try {
        const record = JSON.parse(text) as Members
        if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record
      } catch (error) {
        throw new Error(`This is no JSON: ${(error as Error).message}`)
      }
      throw new Error('A record is a JSON object: { … }.')
    }
    const { members, faults: found } = membersOf(entries)
    setFaults(found)
    const wrong = Object.keys(found)
    if (wrong.length > 0) throw new Error(`Look at ${wrong.join(', ')}.`)
    return isWithin ? { ...kept, data: members } : members
  }
  const start = (record: Members) => {
    setText(JSON.stringify(record, null, 2))
    setEntries(entriesIn(record))
    setFaults({})
  }
  const change = () =>
    run('', async () => {
      start(read())
      setForm(!isForm)
    })
  const save = () =>
    run('Saved.', async () => {
      const record = read()
      try {
        await ask('PUT', path, record)
      } catch (error) {
        if (isForm) setFaults(faultOf((error as Error).message, entries))
        throw error
      }
      onSave(record)
      start(record)
    })
  const isChanged = isForm ? JSON.stringify(entries) !== JSON.stringify(entriesIn(kept)) : text !== keptText
  return (
    <>
      <div class="bar switch">
        <button type="button" aria-pressed={isForm} onClick={() => !isForm && change()}>
          Form
        </button>
        <button type="button" aria-pressed={!isForm} onClick={() => isForm && change()}>
          JSON
        </button>
      </div>
      <p class="facts faint">It must satisfy its schema to be kept.</p>
      {isForm ? (
        <RecordForm key={keptText} entries={entries} faults={faults} onChange={setEntries} />
      ) : (
        <label class="wide">
          <span>Record as JSON</span>
          <textarea
            class="editor"
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="stays">
        {told}
        <div class="bar">
          <button type="button" class="primary" disabled={!isChanged} onClick={save}>
            Save
          </button>
          <button type="button" disabled={!isChanged} onClick={() => start(kept)}>
            Undo
          </button>
          <button
            type="button"
            class="danger"
            onClick={() =>
              run('Deleted.', async () => {
                await ask('DELETE', path)
                close()
              })
            }
          >
            Delete
          </button>
        </div>
      </div>
    </>
  )
}
