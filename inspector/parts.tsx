/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { version } from './calls.ts'
import { ask, session } from './connection.ts'

const NUMBER = new Intl.NumberFormat()
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const DURATION = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

export const number = (value: number): string => NUMBER.format(value)
export const time = (at: string): string => TIME.format(new Date(at))
export const date = (at: string): string => DATE.format(new Date(at))
export const duration = (value: number): string =>
  `${value < 100 ? DURATION.format(value) : number(Math.round(value))} ms`
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`

/** Reads something of the control API, again whenever the state may have changed. */
export function useAsked<T>(
  name: string | undefined,
  ...more: unknown[]
): { value: T | undefined; error: string; again: () => void } {
  const [value, setValue] = useState<T>()
  const [error, setError] = useState('')
  const [turn, setTurn] = useState(0)
  const [of, at] = [session.value, version.value]
  useEffect(() => {
    if (name === undefined) return
    let isCurrent = true
    ask<T>('GET', name).then(
      (got) => {
        if (!isCurrent) return
        setValue(got)
        setError('')
      },
      (reason: Error) => isCurrent && setError(reason.message),
    )
    return () => {
      isCurrent = false
    }
  }, [name, of, at, turn, ...more])
  return { value, error, again: () => setTurn(turn + 1) }
}

/** What came of the last thing that was done, told to screen readers too. */
export function useDone() {
  const [told, setTold] = useState<{ text: string; isBad: boolean }>({ text: '', isBad: false })
  return {
    told: (
      <p class={`told${told.isBad ? ' bad' : ''}`} role="status">
        {told.text}
      </p>
    ),
    /** Does it, and says so. */
    async run(text: string, step: () => Promise<unknown>): Promise<boolean> {
      try {
        await step()
        setTold({ text, isBad: false })
        return true
      } catch (error) {
        setTold({ text: (error as Error).message, isBad: true })
        return false
      }
    },
  }
}

export const Empty = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    <p>{children}</p>
  </div>
)

export const Code = ({ label, value }: { label: string; value: unknown }) => (
  <section aria-label={label}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
    <pre class="code" tabIndex={0}>
      {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
    </pre>
  </section>
)

export function Copy({ text, label }: { text: string; label: string }) {
  const [isDone, setDone] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => {},
    )
  useEffect(() => setDone(false), [text])
  return (
    <button type="button" onClick={copy}>
      {isDone ? 'Copied' : label}
    </button>
  )
}

/** A status, or the range that a document declares: `4XX`. */
export const Status = ({ code }: { code: number | string }) => (
  <span class={`status s${String(code)[0]}`}>{code === 'default' ? 'any other' : code}</span>
)

interface ListProps<T> {
  readonly label: string
  readonly count: number
  /** In pixels. */
  readonly height: number
  readonly at: (index: number) => T | undefined
  readonly keyOf: (item: T) => string | number
  readonly row: (item: T) => ComponentChildren
  readonly opened: string | number | undefined
  readonly onOpen: (item: T) => void
  /** What is looked for: when it changes, the list begins at its first row. */
  readonly of: string
  /** Told which rows are looked at. */
  readonly onLook?: (first: number, last: number) => void
}

/** Of many rows only those that are looked at are there. Arrow keys move, and open what they come to by Enter. */
export function List<T>({ label, count, height, at, keyOf, row, opened, onOpen, of, onLook }: ListProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [size, setSize] = useState(600)
  const [active, setActive] = useState(0)
  useEffect(() => {
    const element = box.current as HTMLDivElement
    const observer = new ResizeObserver(() => setSize(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    const element = box.current as HTMLDivElement
    element.scrollTop = 0
    setTop(0)
    setActive(0)
  }, [of])
  const first = Math.max(0, Math.floor(top / height) - 5)
  const last = Math.min(count, Math.ceil((top + size) / height) + 5)
  // Not after the frame is drawn: what has to be asked for would come a frame later.
  useLayoutEffect(() => onLook?.(first, last), [first, last, count])
  const move = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to))
    setActive(next)
    const element = box.current as HTMLDivElement
    if (next * height < element.scrollTop) element.scrollTop = next * height
    else if ((next + 1) * height > element.scrollTop + size) element.scrollTop = (next + 1) * height - size
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(size / height) - 1)
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' || event.key === ' ') {
      const item = at(active)
      if (item !== undefined) onOpen(item)
    } else return
    event.preventDefault()
  }
  const rows = []
  for (let index = first; index < last; index++) {
    const item = at(index)
    rows.push(
      <div
        key={item === undefined ? `row ${index}` : keyOf(item)}
        id={`${label}-${index}`.replaceAll(' ', '-')}
        role="option"
        tabIndex={-1}
        class={`row${index === active ? ' active' : ''}`}
        aria-selected={item !== undefined && keyOf(item) === opened}
        aria-setsize={count}
        aria-posinset={index + 1}
        style={{ top: `${index * height}px`, height: `${height}px` }}
        onClick={() => {
          setActive(index)
          if (item !== undefined) onOpen(item)
        }}
        onKeyDown={() => {}}
      >
        {item === undefined ? <span class="faint">…</span> : row(item)}
      </div>,
    )
  }
  return (
    <div
      ref={box}
      class="list"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={
        count > 0 && active >= first && active < last ? `${label}-${active}`.replaceAll(' ', '-') : undefined
      }
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: `${count * height}px` }}>
        {rows}
      </div>
    </div>
  )
}

/** A panel beside the list, or on a small screen over it. */
export function Panel({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ComponentChildren
}) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [title])
  return (
    <section
      class="panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2 ref={head} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </header>
      {children}
    </section>
  )
}

/** Gives a text to the reader as a file. */
export function download(name: string, value: unknown): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
