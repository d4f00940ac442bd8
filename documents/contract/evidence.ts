/** How well a statement of a document is known; see docs/extensions.md. */
export type Evidence = 'documented' | 'observed' | 'assumed'

/** What may say of itself how well it is known: an operation, a parameter, a body, a reply, a schema. */
interface Tagged {
  readonly 'x-evidence'?: Evidence
  /** By keyword, required member, or member of an enum or of a list of types. */
  readonly 'x-evidence-of'?: Readonly<Record<string, Evidence>>
}

/** The best known first. */
const EVIDENCE: readonly Evidence[] = ['documented', 'observed', 'assumed']

/** The weaker of two. */
export const weaker = (a: Evidence, b: Evidence): Evidence => (EVIDENCE.indexOf(a) > EVIDENCE.indexOf(b) ? a : b)

/** The best of several; undefined where there is none. */
export const best = (all: readonly Evidence[]): Evidence | undefined => EVIDENCE.find((one) => all.includes(one))

/** How well what stands here is known: what it says itself, or else what stands around it says. */
export const evidenceIn = (holder: unknown, inherited: Evidence): Evidence =>
  (holder as Tagged | undefined | null)?.['x-evidence'] ?? inherited

/** How well one statement of a schema is known: a keyword, or a member of its enum or of its types. */
export const evidenceOf = (schema: unknown, statement: string, inherited: Evidence): Evidence =>
  (schema as Tagged | undefined | null)?.['x-evidence-of']?.[statement] ?? inherited
