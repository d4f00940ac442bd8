import { fullFormats } from 'ajv-formats/dist/formats.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IS_DATE_TIME } from './is-date-time.ts'

const isDateTime = new Function(`return ${IS_DATE_TIME}`)() as (text: string) => boolean
const { validate } = fullFormats['date-time'] as { validate: (text: string) => boolean }

const twoDigits = fc.integer({ min: 0, max: 99 }).map((one) => String(one).padStart(2, '0'))
const near = (...texts: string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: twoDigits })
const zones = fc.oneof(
  fc.constantFrom('Z', 'z', '', '+00', '-23:59', '+0100', '+01:', ' Z'),
  fc
    .tuple(fc.constantFrom('+', '-'), near('00', '01', '23', '24'), near('00', '59', '60'))
    .map(([s, h, m]) => `${s}${h}:${m}`),
)
const texts = fc
  .tuple(
    fc.constantFrom('0000', '0004', '0100', '1900', '2000', '2023', '2024', '9999', '24'),
    near('00', '01', '02', '04', '12', '13'),
    near('00', '01', '28', '29', '30', '31', '32'),
    fc.constantFrom('T', 't', ' ', '\n', '\u00a0', 'TT', '_'),
    near('00', '23', '24', '25', '01'),
    near('00', '59', '60', '58'),
    near('00', '59', '60', '60.9', '61', '5'),
    zones,
  )
  .map(
    ([year, month, day, between, hour, minute, second, zone]) =>
      `${year}-${month}-${day}${between}${hour}:${minute}:${second}${zone}`,
  )

it('takes what ajv-formats takes, and nothing else', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect([text, isDateTime(text)]).toEqual([text, validate(text)])
    }),
    { numRuns: 20_000, seed: 1 },
  )
})

it.each(['2026-11-30T07:29:32Z', '2024-02-29t00:00:00.123+05:30', '2016-12-31 23:59:60Z', '2016-12-31T15:59:60-08'])(
  'takes %s',
  (text) => expect(isDateTime(text)).toBe(true),
)

it.each(['2023-02-29T00:00:00Z', '2026-11-30T07:29:32', '2026-11-30T24:00:00Z', '2026-11-30T12:00:60Z', ''])(
  'does not take %j',
  (text) => expect(isDateTime(text)).toBe(false),
)
