/** What a member or an item takes beside its content, in bytes. */
const VALUE = 16

/** What a value takes, about, in bytes. No text is made of it, which might be too long. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return VALUE + value.length
  if (typeof value !== 'object' || value === null) return VALUE
  let size = VALUE
  for (const name in value) size += VALUE + sizeOf((value as Record<string, unknown>)[name])
  return size
}
