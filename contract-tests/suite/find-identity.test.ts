import { describe, expect, it } from 'vitest'
import type { Json } from '../../documents/read/read-document.ts'
import {
  contradicts,
  identitiesIn,
  idTextOf,
  namesMember,
  normalName,
  recordsIn,
  type SentRow,
  sameId,
  showsTag,
  showsValues,
} from './find-identity.ts'

const TAG = 'tagged12'

describe('names', () => {
  it('are one in any case and number, whatever stands between their words', () => {
    const names = ['petId', 'pet_id', 'pet-id', 'PetIDs', 'pet.id', 'PET ID', '_p.e-t__id_']
    expect(new Set(names.map(normalName))).toEqual(new Set(['petid']))
    expect(normalName('größe_2')).toBe('größe2')
    expect(normalName('sids')).toBe('sid')
  })
})

describe('an id', () => {
  it.each<[value: Json, text: string]>([
    ['pet-0001', 'pet-0001'],
    [7, '7'],
    [0, '0'],
    ['a/b', 'a/b'],
    ['a..b', 'a..b'],
    ['...', '...'],
    ['.a', '.a'],
    ['ä b', 'ä b'],
    ['nullable', 'nullable'],
    ['a{b}', 'a{b}'],
    ['an [object Object]', 'an [object Object]'],
    ['x'.repeat(1024), 'x'.repeat(1024)],
  ])('may be %j', (value, text) => expect(idTextOf(value)).toBe(text))

  it.each<[Json]>([
    ...[[''], [' '], ['\t'], ['.'], ['..'], ['../a'], ['a/..'], ['a/../b'], ['a/./b'], ['./a']],
    ...[['null'], ['undefined'], ['NaN'], ['[object Object]'], ['{petId}'], ['{}']],
    ...[['\ud800'], ['a\u0000'], ['a\u001f'], ['a\u007f'], ['x'.repeat(1025)]],
    ...[[1.5], [1e21], [Number.NaN], [true], [null], [undefined], [{ id: 1 }], [['a']]],
  ] as [Json][])('is never %j, which would lead elsewhere or is none', (value) => {
    expect(idTextOf(value)).toBeUndefined()
  })

  it('is the same in any case', () => {
    expect(sameId('U2AbC')).toBe('u2abc')
  })
})

describe('the ids in a record', () => {
  it.each<[what: string, record: Json, parameter: string, ids: Json[]]>([
    ['stand under the name of the parameter', { id: 1, pet_id: 2, name: 'a' }, 'petId', [2]],
    ['stand under the end of its name', { id: 1, slug: 'rex' }, 'petSlug', ['rex']],
    ['stand under id, where there is nothing nearer', { uuid: 'u', id: 1 }, 'pet', [1]],
    ['stand under a usual name of an id', { name: 'rex', guid: 'g' }, 'pet', ['g']],
    ['stand under a less usual name', { name: 'rex', uid: 'u' }, 'pet', ['u']],
    ['stand under another usual name', { name: 'rex', sid: 's' }, 'pet', ['s']],
    ['stand under no other end of a word', { key: 'k', id: 1 }, 'keyring', [1]],
    ['are the name at last', { colour: 'red', name: 'rex' }, 'pet', ['rex']],
    ['stand one level down', { pet: { id: 1 } }, 'petId', [1]],
    ['stand above what is one level down', { owner: { petId: 2 }, id: 1 }, 'petId', [1]],
    ['are no deeper', { reply: { pet: { id: 1 } } }, 'petId', []],
    ['are all items of a list', { loginIds: ['a', '', 'b'] }, 'loginId', ['a', 'b']],
    ['are no list of what a thing lies in', { id: 1, boxes: ['b'], box: ['c'] }, 'box', [1]],
    ['are a list where there is no id', { boxs: ['b', 'c'] }, 'box', ['b', 'c']],
    ['are not what can be none', { petId: null, id: '..', uuid: 'u' }, 'petId', ['u']],
    ['are none where no member looks like one', { colour: 'red', note: null }, 'petId', []],
    ['are none in a text', 'rex', 'petId', []],
    ['are none in a list', [{ id: 1 }], 'petId', []],
    ['are none in nothing', null, 'petId', []],
    ['of the thing that the parameter is called like', { user: { id: 'u' }, role: { id: 'r' } }, 'role_id', ['r']],
    ['of the record itself first', { id: 'a', role: { id: 'r' } }, 'roleId', ['a']],
  ])('%s', (_, record, parameter, ids) => expect(identitiesIn(record, parameter)).toEqual(ids))

  it.each(['uuid', 'guid', 'uid', 'sid', 'slug', 'key', 'email', 'login', 'name', 'code', 'number', 'id'])(
    'are known by what a parameter ends with: %s',
    (suffix) => expect(identitiesIn({ [suffix]: 'own', petIdentity: 'other' }, `pet_${suffix}`)).toEqual(['own']),
  )
})

describe('the records of a list', () => {
  const [a, b] = [{ id: 'a' }, { id: 'b' }]

  it.each<[what: string, body: Json, records: Json[] | undefined]>([
    ['are the body', [a, b], [a, b]],
    ['stand in the body', { total: 2, pets: [a, b] }, [a, b]],
    ['stand one level down in it', { data: { total: 2, pets: [a, b] } }, [a, b]],
    ['are objects rather than texts', { tags: ['x'], pets: [a] }, [a]],
    ['are a list with an object in it', { tags: ['x'], pets: ['y', a] }, ['y', a]],
    ['are none where a list is empty', { tags: ['x'], pets: [] }, []],
    ['are unknown where there are lists of texts alone', { tags: ['x'] }, undefined],
    ['are unknown where they are deeper', { a: { b: { pets: [a] } } }, undefined],
    ['are unknown without a list', { id: 1 }, undefined],
    ['are unknown in a text', 'pets', undefined],
    ['are unknown in nothing', undefined, undefined],
  ])('%s', (_, body, records) => expect(recordsIn(body)).toEqual(records))
})

describe('the tag of a run', () => {
  it.each<[what: string, value: Json]>([
    ['in a text', 'rollcall tagged12abc'],
    ['in any case', 'ROLLCALL TAGGED12'],
    ['deep inside', { a: [{ b: ['x', 'tagged12'] }] }],
    ['in the name of a member', { 'X-Tagged12': 1 }],
  ])('shows %s', (_, value) => expect(showsTag(value, TAG)).toBe(true))

  it.each<[Json]>([['tagged 12'], [{ a: ['tagged1'] }], [12], [null], [undefined], [{}]])(
    'does not show in %j',
    (value) => expect(showsTag(value, TAG)).toBe(false),
  )
})

/** A row whose values the run drew, all of them. */
const drawn = (values: Json): SentRow => {
  const isPlain = (value: Json) => typeof value === 'string' || typeof value === 'number'
  const holds = typeof values === 'object' && values !== null && !Array.isArray(values)
  return { values, drawn: holds ? Object.keys(values).filter((name) => isPlain(values[name])) : [] }
}

describe('the values that were sent', () => {
  it.each<[record: Json, sent: Json]>([
    [{ name: 'a long name', id: 7 }, { name: 'a long name' }],
    [{ phone: 1_555_000_111 }, { phone: 1_555_000_111 }],
    [{ balance: -1_000_000 }, { balance: -1_000_000 }],
    [
      { name: 'eight ch', ok: true, n: 1 },
      { name: 'eight ch', ok: true, n: 1, inner: { any: 'thing' }, nothing: null },
    ],
  ])('%j shows %j', (record, sent) => expect(showsValues(record, drawn(sent))).toBe(true))

  it.each<[why: string, record: Json, sent: Json]>([
    ['one of the texts is other', { name: 'a long name', town: 'Rome' }, { name: 'a long name', town: 'Bern' }],
    ['anybody may have them: a short text', { name: 'seven c' }, { name: 'seven c' }],
    ['anybody may have them: a number of few digits', { age: 999_999 }, { age: 999_999 }],
    ['anybody may have them: a truth', { ok: true }, { ok: true }],
    ['there are none', { name: 'a long name' }, {}],
    ['a list is no record', ['a long name'], ['a long name']],
    ['nothing was sent', { name: 'a long name' }, undefined],
    ['there is no record', null, { name: 'a long name' }],
  ])('do not show where %s', (_, record, sent) => expect(showsValues(record, drawn(sent))).toBe(false))

  it('do not show where they are words of the document, which anybody may send', () => {
    expect(showsValues({ kind: 'engineering' }, { values: { kind: 'engineering' }, drawn: [] })).toBe(false)
  })
})

describe('a record', () => {
  it.each<[why: string, record: Json, sent: Json]>([
    ['shows another text', { name: 'Stranger' }, { name: 'Rex' }],
    ['shows another text one level down', { pet: { name: 'Stranger' } }, { name: 'Rex' }],
    ['shows other texts in a list', { loginIds: ['a', 'b'] }, { login_id: 'c' }],
    ['shows a short text with more around it', { name: 'Rex the dog' }, { name: 'Rex' }],
    ['shows another long text', { name: 'Another dog' }, { name: 'Rex the dog' }],
    ['shows one other text beside what was sent', { name: 'Rex', kind: 'cat' }, { name: 'Rex', kind: 'dog' }],
    ['shows a mark where a long text was sent', { name: '-' }, { name: 'Rex the dog' }],
  ])('contradicts what was sent where it %s', (_, record, sent) => expect(contradicts(record, drawn(sent))).toBe(true))

  it.each<[why: string, record: Json, sent: Json]>([
    ['shows the same', { name: 'Rex' }, { name: 'Rex' }],
    ['shows it in another form', { phone: '(555) 010-9988' }, { phone: '5550109988' }],
    ['shows it in another case', { name: 'REX' }, { name: 'rex' }],
    ['shows the beginning of a long text', { name: 'Rex the d' }, { name: 'Rex the dog' }],
    ['shows a long text with more around it', { name: 'Mr. Rex the dog' }, { name: 'Rex the dog' }],
    ['shows a text of eight letters with more around it', { name: 'Mister Rexroyal' }, { name: 'Rexroyal' }],
    ['shows a number under the name', { name: 7 }, { name: 'Rex' }],
    ['shows it among others', { names: ['a', 'Rex'] }, { name: 'Rex' }],
    ['shows nothing under the name', { kind: 'dog' }, { name: 'Rex' }],
    ['shows the name with an empty text', { name: '' }, { name: 'Rex' }],
    ['shows another text two levels down', { a: { b: { name: 'Stranger' } } }, { name: 'Rex' }],
    ['shows another number', { age: 4 }, { age: 5 }],
    ['is none', 'Stranger', { name: 'Rex' }],
    ['is compared with nothing', { name: 'Stranger' }, undefined],
    ['is compared with a list', { 0: 'Stranger' }, ['Rex']],
  ])('does not contradict what was sent where it %s', (_, record, sent) => {
    expect(contradicts(record, drawn(sent))).toBe(false)
  })
})

describe('a member', () => {
  it.each<[records: Json[], isNamed: boolean]>([
    [[{ id: 1 }, { first_name: 'Ada' }], true],
    [[{ user: { firstNames: [] } }], true],
    [[{ a: { b: { firstName: '' } } }], false],
    [[{ id: 1 }], false],
    [['firstName'], false],
    [[], false],
  ])('is named by %j: %j', (records, isNamed) => expect(namesMember(records, 'firstName')).toBe(isNamed))
})
