/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks'
import { ChangedRecord } from './call.tsx'
import { ask } from './connection.ts'
import type { Change, SnapshotName } from './nouns.ts'
import { counted, date, download, useAsked, useDone } from './parts.tsx'

interface Differences {
  readonly changes: readonly Change[]
  readonly added: number
  readonly changed: number
  readonly removed: number
}

const pathOf = (name: string): string => `snapshots/${encodeURIComponent(name)}`

/** The states that were kept by name. */
export function Snapshots() {
  const { value: kept = [], again } = useAsked<SnapshotName[]>('snapshots')
  const [name, setName] = useState('')
  const [compared, setCompared] = useState<string>()
  const { told, run } = useDone()
  const file = useRef<HTMLInputElement>(null)
  const done = async (text: string, step: () => Promise<unknown>) => {
    if (await run(text, step)) again()
  }
  const keep = () => {
    const as = name.trim() || `snapshot ${kept.length + 1}`
    setName('')
    return done(`The state is kept as ${as}.`, () => ask('PUT', pathOf(as)))
  }
  const upload = async (chosen: File | undefined) => {
    if (!chosen) return
    const as = chosen.name.replace(/\.json$/, '')
    await done(`${as} is here; restore it to go there.`, async () =>
      ask('PUT', pathOf(as), undefined, await chosen.text()),
    )
  }
  return (
    <details class="snapshots">
      <summary>Snapshots{kept.length > 0 ? ` (${kept.length})` : ''}</summary>
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <label>
          <span>Name</span>
          <input
            value={name}
            placeholder={`snapshot ${kept.length + 1}`}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Keep the state as it is</button>
        <button type="button" onClick={() => file.current?.click()}>
          Upload
        </button>
        <input
          ref={file}
          type="file"
          accept="application/json"
          hidden
          aria-label="Snapshot to upload"
          onChange={(event) => void upload(event.currentTarget.files?.[0])}
        />
      </form>
      {told}
      <ul class="cards">
        {kept.map((one) => (
          <li key={one.name}>
            <div>
              <strong>{one.name}</strong>{' '}
              <span class="faint">
                {counted(one.records, 'record')} · {date(one.at)}
              </span>
            </div>
            <div class="bar">
              <button
                type="button"
                onClick={() =>
                  done(`The state is that of ${one.name}.`, () => ask('POST', `${pathOf(one.name)}/restore`))
                }
              >
                Restore<span class="hidden"> {one.name}</span>
              </button>
              <button
                type="button"
                aria-expanded={compared === one.name}
                onClick={() => setCompared(compared === one.name ? undefined : one.name)}
              >
                What changed since<span class="hidden"> {one.name}</span>
              </button>
              <button
                type="button"
                onClick={() =>
                  run('Downloaded.', async () => download(`${one.name}.json`, await ask('GET', pathOf(one.name))))
                }
              >
                Download<span class="hidden"> {one.name}</span>
              </button>
              <button
                type="button"
                class="danger"
                onClick={() => done(`${one.name} is forgotten.`, () => ask('DELETE', pathOf(one.name)))}
              >
                Forget<span class="hidden"> {one.name}</span>
              </button>
            </div>
            {compared === one.name && <Compared name={one.name} />}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Compared({ name }: { name: string }) {
  const { value, error } = useAsked<Differences>(`${pathOf(name)}/changes`)
  if (error) return <p class="told bad">{error}</p>
  if (!value) return null
  const { added, changed, removed, changes } = value
  if (changes.length === 0) return <p>Nothing has changed.</p>
  return (
    <>
      <p>{`${added} added, ${changed} changed, ${removed} removed`}</p>
      {changes.slice(0, 200).map((change) => (
        <ChangedRecord key={`${change.collection} ${change.id}`} change={change} />
      ))}
    </>
  )
}
