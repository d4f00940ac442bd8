import { Faker, type Randomizer } from '@faker-js/faker'
import { faker as cs_CZ } from '@faker-js/faker/locale/cs_CZ'
import { faker as da } from '@faker-js/faker/locale/da'
import { faker as de } from '@faker-js/faker/locale/de'
import { faker as el } from '@faker-js/faker/locale/el'
import { faker as en_GB } from '@faker-js/faker/locale/en_GB'
import { faker as en_IE } from '@faker-js/faker/locale/en_IE'
import { faker as en_IN } from '@faker-js/faker/locale/en_IN'
import { faker as en_NG } from '@faker-js/faker/locale/en_NG'
import { faker as en_US } from '@faker-js/faker/locale/en_US'
import { faker as es } from '@faker-js/faker/locale/es'
import { faker as fi } from '@faker-js/faker/locale/fi'
import { faker as fr } from '@faker-js/faker/locale/fr'
import { faker as hu } from '@faker-js/faker/locale/hu'
import { faker as it } from '@faker-js/faker/locale/it'
import { faker as nb_NO } from '@faker-js/faker/locale/nb_NO'
import { faker as nl } from '@faker-js/faker/locale/nl'
import { faker as pl } from '@faker-js/faker/locale/pl'
import { faker as pt_BR } from '@faker-js/faker/locale/pt_BR'
import { faker as ro } from '@faker-js/faker/locale/ro'
import { faker as sv } from '@faker-js/faker/locale/sv'
import { faker as tr } from '@faker-js/faker/locale/tr'
import { faker as uk } from '@faker-js/faker/locale/uk'
import type { Random } from '../../documents/patterns/random.ts'

/** Where people come from: what they are called, and how their phone numbers begin. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly country: string
  /** E.164 up to what differs from person to person: calling code and the beginning of a mobile number. */
  readonly dial: string
  /** How many digits follow. */
  readonly digits: number
  firstName(random: Random): string
  lastName(random: Random): string
}

/** faker asks this for chance; each field lends it a stream of its own, so a field does not depend on what was drawn before. */
let stream: Random
const randomizer: Randomizer = { next: () => stream.next(), seed: () => {} }

/** Lends faker a stream of chance for one draw. Only what is drawn at once is drawn from it: never await in here. */
export function asking<T>(random: Random, draw: () => T): T {
  stream = random
  return draw()
}

/** An own faker per locale: the imported ones are shared with whoever else uses them. */
function place(origin: Faker, code: string, country: string, dial: string, digits: number): Place {
  const faker = new Faker({ locale: origin.rawDefinitions, randomizer })
  return {
    ...{ code, country, dial, digits },
    firstName: (random) => asking(random, () => faker.person.firstName()),
    lastName: (random) => asking(random, () => faker.person.lastName()),
  }
}

/** Names whose sound the characters do not tell: each is written `name romanised`. */
function listed(first: string, last: string, code: string, country: string, dial: string, digits: number): Place {
  const pairs = (text: string) => text.split(', ')
  return {
    ...{ code, country, dial, digits },
    firstName: (random) => random.pick(pairs(first)),
    lastName: (random) => random.pick(pairs(last)),
  }
}

/** For what is written in English wherever a person lives, such as job titles. */
export const english = new Faker({ locale: en_US.rawDefinitions, randomizer })

/** A place that stands here twice is met twice as often. */
export const PLACES: readonly Place[] = [
  place(en_US, 'US', 'United States', '+1415', 7),
  place(en_US, 'US', 'United States', '+1646', 7),
  place(en_US, 'CA', 'Canada', '+1604', 7),
  place(en_GB, 'GB', 'United Kingdom', '+447', 9),
  place(en_GB, 'AU', 'Australia', '+614', 8),
  place(en_IE, 'IE', 'Ireland', '+3538', 8),
  place(en_IE, 'NZ', 'New Zealand', '+6421', 7),
  place(en_IN, 'IN', 'India', '+919', 9),
  place(en_NG, 'NG', 'Nigeria', '+23480', 8),
  place(de, 'DE', 'Germany', '+49151', 8),
  place(de, 'AT', 'Austria', '+43664', 7),
  place(fr, 'FR', 'France', '+336', 8),
  place(fr, 'BE', 'Belgium', '+3247', 7),
  place(es, 'ES', 'Spain', '+346', 8),
  place(es, 'MX', 'Mexico', '+5255', 8),
  place(pt_BR, 'BR', 'Brazil', '+55119', 8),
  place(it, 'IT', 'Italy', '+39347', 7),
  place(nl, 'NL', 'Netherlands', '+316', 8),
  place(sv, 'SE', 'Sweden', '+4670', 7),
  place(nb_NO, 'NO', 'Norway', '+474', 7),
  place(da, 'DK', 'Denmark', '+452', 7),
  place(fi, 'FI', 'Finland', '+35840', 7),
  place(pl, 'PL', 'Poland', '+4850', 7),
  place(cs_CZ, 'CZ', 'Czechia', '+42060', 7),
  place(hu, 'HU', 'Hungary', '+3620', 7),
  place(ro, 'RO', 'Romania', '+4072', 7),
  place(tr, 'TR', 'Turkey', '+90532', 7),
  place(el, 'GR', 'Greece', '+30694', 7),
  place(uk, 'UA', 'Ukraine', '+38050', 7),
  listed(
    '陽菜 Hina, 美咲 Misaki, 結衣 Yui, 葵 Aoi, 楓 Kaede, さくら Sakura, 蓮 Ren, 大翔 Hiroto, 健二 Kenji, 直樹 Naoki, 悠真 Yuma, 翔太 Shota',
    '佐藤 Sato, 鈴木 Suzuki, 高橋 Takahashi, 田中 Tanaka, 伊藤 Ito, 渡辺 Watanabe, 山本 Yamamoto, 中村 Nakamura, 小林 Kobayashi, 加藤 Kato',
    ...(['JP', 'Japan', '+8190', 8] as const),
  ),
  listed(
    '서연 Seoyeon, 지우 Jiwoo, 하윤 Hayoon, 민서 Minseo, 수아 Sua, 민준 Minjun, 도윤 Doyun, 시우 Siwoo, 예준 Yejun, 지호 Jiho',
    '김 Kim, 이 Lee, 박 Park, 최 Choi, 정 Jung, 강 Kang, 조 Cho, 윤 Yoon, 장 Jang, 임 Lim',
    ...(['KR', 'South Korea', '+8210', 8] as const),
  ),
  listed(
    '伟 Wei, 芳 Fang, 娜 Na, 敏 Min, 静 Jing, 磊 Lei, 洋 Yang, 艳 Yan, 子涵 Zihan, 雨桐 Yutong, 浩然 Haoran, 欣怡 Xinyi',
    '王 Wang, 李 Li, 张 Zhang, 刘 Liu, 陈 Chen, 杨 Yang, 赵 Zhao, 黄 Huang, 周 Zhou, 吴 Wu',
    ...(['CN', 'China', '+86138', 8] as const),
  ),
]
