/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { DocumentFacts, DocumentName } from './nouns.ts'
import { counted, useAsked } from './parts.tsx'

const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent' })

export function Documents() {
  const { value: all = [] } = useAsked<DocumentName[]>('documents')
  const [chosen, setChosen] = useState('')
  const at = all.find(({ api }) => api === chosen) ?? all[0]
  const { value: facts, error } = useAsked<DocumentFacts>(at && `documents/${encodeURIComponent(at.api)}`)
  if (!at) return null
  return (
    <div class="main scrolls">
      <div class="bar">
        <label class="grow">
          <span>Document</span>
          <select value={at.api} onChange={(event) => setChosen(event.currentTarget.value)}>
            {all.map(({ api, title, version }) => (
              <option key={api} value={api}>{`${title} ${version} (${api})`}</option>
            ))}
          </select>
        </label>
      </div>
      {error && <p class="told bad">{error}</p>}
      {facts && (
        <>
          <h2>What is wrong in it</h2>
          {facts.diagnostics.length === 0 ? (
            <p>Nothing was found. rollcall check looks longer: at examples, and at schemas that allow nothing.</p>
          ) : (
            <>
              <p class="count">{counted(facts.diagnostics.length, 'fault')}; it is served all the same</p>
              <ul class="cards">
                {facts.diagnostics.slice(0, 500).map((one, index) => (
                  <li key={`${index} ${one.pointer}`}>
                    <strong>{one.message}</strong>
                    <div>{one.instead}</div>
                    <div class="faint path">
                      {one.file ? `${one.file}${one.line === undefined ? '' : `:${one.line}`}` : one.pointer} ·{' '}
                      {one.rule}
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h2>What its paths speak of</h2>
          <ul class="cards">
            {facts.operations.slice(0, 500).map((one) => (
              <li key={one.operationId}>
                <div>
                  <span class="method">{one.method}</span> <span class="path">{one.path}</span>
                </div>
                <div>
                  <strong>{one.role === 'none' ? 'no resource' : `${one.role} ${one.resource ?? ''}`}</strong>{' '}
                  <span class="faint">
                    {PERCENT.format(one.sure)} sure: {one.reason}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
