import type { Collections, Invitation, OpenTenant, Patience } from '../engine/vocabulary.ts'
import { Collection, type Done, type Place, Steps, tellSteps, type Written } from './collection.ts'
import type { Commit, StateChange, StateListener } from './commit.ts'
import { copyState, type KeptState, type KeptTenantState, type Snapshot } from './snapshot.ts'
import type { SessionState, Store, StoreOptions } from './store.ts'

/** So many records are put back in a step. */
const LOADED = 100

/** Keeps the states of all sessions in memory. */
export class MemoryStore implements Store {
  readonly #options: StoreOptions
  readonly #listeners = new Set<StateListener>()

  constructor(options: StoreOptions) {
    this.#options = options
  }

  openSession(name: string): SessionState {
    return new MemoryState(name, this.#options, this.#listeners)
  }

  subscribe(listener: StateListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

class MemoryState implements SessionState {
  readonly #session: string
  readonly #options: StoreOptions
  readonly #listeners: ReadonlySet<StateListener>
  readonly tenants = new Map<string, Map<string, Tenant>>()
  readonly #outbox: Invitation[] = []

  constructor(session: string, options: StoreOptions, listeners: ReadonlySet<StateListener>) {
    this.#session = session
    this.#options = options
    this.#listeners = listeners
  }

  get outbox(): readonly Invitation[] {
    return this.#outbox
  }

  open(api: string, name: string, patience?: Patience): OpenTenant {
    let tenant = this.tenants.get(api)?.get(name)
    if (!tenant) {
      tenant = this.#create(api, name)
      this.#options.furnish?.(api, name, tenant, this.#session, patience)
      tenant.commit()
    }
    tenant.beginTurn(patience)
    return tenant
  }

  reset(): void {
    this.tenants.clear()
    this.#outbox.length = 0
    this.#tell()
  }

  forget(api: string, name: string): void {
    this.tenants.get(api)?.delete(name)
    this.#tell()
  }

  keep(): KeptState {
    const apis: Record<string, Record<string, KeptTenantState>> = {}
    for (const [api, tenants] of this.tenants) {
      const held = [...tenants].filter(([, { isEmpty }]) => !isEmpty)
      if (held.length > 0) apis[api] = Object.fromEntries(held.map(([name, tenant]) => [name, tenant.keepRecords()]))
    }
    return { apis, outbox: [...this.#outbox] }
  }

  snapshot(): Snapshot {
    return copyState(this.keep())
  }

  restore(given: KeptState): void {
    for (const _ of this.restoreInSteps(given));
  }

  *restoreInSteps({ apis, outbox }: KeptState): Generator<void> {
    const loaded: [api: string, name: string, Tenant][] = []
    for (const [api, tenants] of Object.entries(apis)) {
      for (const [name, collections] of Object.entries(tenants)) {
        const tenant = this.#create(api, name)
        loaded.push([api, name, tenant])
        yield* tenant.load(collections)
      }
    }
    this.tenants.clear()
    for (const [api, name, tenant] of loaded) this.#keep(api, name, tenant)
    this.#outbox.length = 0
    // Spread into arguments, a long list would overflow the stack when the state is half restored.
    for (const message of outbox) this.#outbox.push(message)
    this.#tell()
  }

  #create(api: string, name: string): Tenant {
    const tenant: Tenant = new Tenant(this.#options.collectionsOf(api), (given, steps, counters) => {
      if (!tenant.isHidden && this.tenants.get(api)?.get(name) !== tenant) this.#keep(api, name, tenant)
      const messages = given.map((message) => ({ ...message, api, tenant: name }))
      for (const message of messages) this.#outbox.push(message)
      if (this.#listeners.size === 0) return
      this.#tell(new CommittedTurn({ session: this.#session, api, tenant: name, messages, counters }, steps))
    })
    return tenant
  }

  /** A tenant is kept from its first change on. */
  #keep(api: string, name: string, tenant: Tenant): void {
    let tenants = this.tenants.get(api)
    if (!tenants) this.tenants.set(api, (tenants = new Map()))
    tenants.set(name, tenant)
  }

  #tell(change: StateChange = { session: this.#session }): void {
    for (const listener of this.#listeners) listener(change)
  }
}

type Message = Omit<Invitation, 'api' | 'tenant'>

/** Tells of a commit when it is asked. It holds neither the tenant nor its collections; a closure would cost twice as much. */
class CommittedTurn implements StateChange {
  readonly session: string
  readonly #rest: Omit<Commit, 'changes'>
  readonly #steps: Done<Place>
  #commit: Commit | undefined

  constructor(rest: Omit<Commit, 'changes'>, steps: Done<Place>) {
    this.session = rest.session
    this.#rest = rest
    this.#steps = steps
  }

  get commit(): Commit {
    return (this.#commit ??= { ...this.#rest, changes: tellSteps(this.#steps) })
  }
}

/** Told of each turn that is kept. @param steps of the caller's own, without the collections */
type Kept = (messages: readonly Message[], steps: Done<Place>, counters: Commit['counters']) => void

/** One tenant's collections. One turn at a time is open on them: from its opening to its end nobody waits. */
class Tenant implements OpenTenant {
  readonly collections: Readonly<Record<string, Collection>>
  readonly #all: readonly Collection[]
  readonly #steps = new Steps()
  readonly #keep: Kept
  #messages: Message[] = []
  isHidden = false

  constructor(rules: Collections, keep: Kept) {
    this.#all = Object.entries(rules).map(([name, rule]) => new Collection(name, rule, this.#steps))
    this.collections = Object.fromEntries(this.#all.map((one) => [one.name, one]))
    this.#keep = keep
  }

  get isEmpty(): boolean {
    return this.#all.every(({ size }) => size === 0)
  }

  /** Given away without its tenant. */
  readonly invite = (message: Message): void => {
    this.#messages.push(message)
  }

  /** Most turns change nothing, and each is looked at when it begins and twice when it ends. */
  get #isUntouched(): boolean {
    return this.#steps.done.length === 0 && !this.#steps.hasCounted && this.#messages.length === 0
  }

  /** Of a turn that nobody ended nothing may be seen in the next. */
  beginTurn(patience: Patience | undefined): void {
    this.rollback()
    this.#steps.patience = patience
  }

  commit(isLong?: boolean): Written | undefined {
    if (this.#isUntouched) return undefined
    const steps: Done<Collection | Place> = this.#steps.done
    const messages = this.#messages
    const counters: Record<string, number> = {}
    const written: Written = { records: [], texts: [] }
    for (let at = 0; at < steps.length; at += 3) {
      const collection = steps[at] as Collection
      collection.keepStep(steps[at + 1], steps[at + 2], isLong ? undefined : written)
      // Whoever keeps the steps for long would keep all of the collection.
      steps[at] = collection.place
    }
    for (const { name, movedCounter } of this.#all) if (movedCounter !== undefined) counters[name] = movedCounter
    this.#steps.done = []
    this.#end(true)
    this.#keep(messages, steps, counters)
    return written.texts.length > 0 ? written : undefined
  }

  rollback(): void {
    if (this.#isUntouched) return
    const steps = this.#steps.done
    for (let at = steps.length - 3; at >= 0; at -= 3) {
      const collection = steps[at] as Collection
      collection.undoStep(steps[at + 1], steps[at + 2])
    }
    this.#end(false)
  }

  #end(isKept: boolean): void {
    this.#steps.done.length = 0
    this.#steps.hasCounted = false
    if (this.#messages.length > 0) this.#messages = []
    for (const one of this.#all) one.endTurn(isKept)
  }

  /** Stops between records. */
  *load(collections: KeptTenantState): Generator<void> {
    for (const one of this.#all) {
      for (const [index, held] of (collections[one.name] ?? []).entries()) {
        if (index % LOADED === 0) yield
        one.load(held)
      }
    }
  }

  keepRecords(): KeptTenantState {
    return Object.fromEntries(this.#all.map(({ name, kept }) => [name, kept]))
  }
}
