import type { Composer } from '../../documents/keywords/keyword.ts'
import type { Random } from '../../documents/patterns/random.ts'
import { toPointer, valuesAt } from '../../documents/read/json-pointer.ts'
import type { Json } from '../../documents/read/read-document.ts'
import type { RequestBuilder } from './build-request.ts'
import type { Site } from './walk-schema.ts'

/** Makes what keywords put at a place of a body: rows are told apart as those of the plain request are. */
export const composerOf = (builder: RequestBuilder, site: Site): Composer => ({
  tag: builder.context.tag,
  value: (random) => builder.value(builder.notNull(site), random),
  items: (count, random) => makeItems(builder, site, count, random),
  member: (name, random) => builder.value(builder.siteAt([...site.path, name]) as Site, random),
})

function makeItems(builder: RequestBuilder, site: Site, count: number, random: Random): Json[] {
  const item = builder.siteAt([...site.path, '0'])
  const isRows = item !== undefined && toPointer(item.path) === toPointer(builder.rowPath)
  if (isRows) {
    const rows = builder.rows(`items ${random.at('rows').integer(0, 0xffffff)}`, count)
    return builder.rowPath.length === 1 ? rows : valuesAt(rows, toPointer(site.path))[0]
  }
  return Array.from({ length: count }, (_, index) => (item ? builder.value(item, random.at('item', index)) : index))
}
