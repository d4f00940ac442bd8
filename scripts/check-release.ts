/** What a release is made of. */
export interface Release {
  /** package.json. */
  readonly manifest: Readonly<Record<string, unknown>>
  /** The text of CHANGELOG.md. */
  readonly changelog: string
  /** As the code prints it. */
  readonly version: string
  /** Files that are changed and not committed. */
  readonly uncommitted: readonly string[]
}

/** semver.org, 2.0.0, without build metadata: npm leaves that out. */
const SEMANTIC = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/** Only the owner knows these; npm needs the first for provenance. */
const OWNED = ['repository', 'homepage', 'bugs'] as const

/** Why this must not be published: a sentence each; empty: it may. */
export function checkRelease({ manifest, changelog, version, uncommitted }: Release): string[] {
  const named = String(manifest['version'])
  return [
    ...OWNED.filter((name) => !manifest[name]).map(
      (name) => `package.json names no ${name}: the owner of the package adds it, and nobody else can`,
    ),
    ...(SEMANTIC.test(named) ? [] : [`package.json has the version ${named}, which is no semantic version`]),
    ...(version === named ? [] : [`package.json has the version ${named}, and mocks/api/version.ts ${version}`]),
    ...(notesOf(changelog, named) === undefined ? [`CHANGELOG.md has nothing about ${named}: add "## ${named}"`] : []),
    ...(uncommitted.length > 0 ? [`not committed: ${uncommitted.join(', ')}`] : []),
  ]
}

/** What the changelog says of a version; undefined: nothing. */
export function notesOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m)
  const section = sections.find((text) => text.split(/[\s(]/)[0] === version)
  return section?.slice(section.indexOf('\n')).trim() || undefined
}

/** `next` for what is tried before a version, so that nobody installs it unasked. */
export const tagOf = (version: string): string => (version.includes('-') ? 'next' : 'latest')
