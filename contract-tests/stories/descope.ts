import type { CaseKit, DeriveOptions } from '../case-kit.ts'
import type { Case } from '../vocabulary.ts'
export function descopeStories(_kit: CaseKit, _options: DeriveOptions): readonly Case[] {
  return []
}
