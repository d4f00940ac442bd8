import type { Random } from '../../documents/patterns/random.ts'

/**
 * Addresses that look like those of their chain; nobody owns any of them. Hexadecimal ones are in lower case, where
 * libraries look for no checksum (EIP-55); the others' checksums are not right.
 */

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const HEX = '0123456789abcdef'

const letters = (random: Random, alphabet: string, length: number): string => {
  let text = ''
  for (let at = 0; at < length; at++) text += alphabet[random.integer(0, alphabet.length - 1)]
  return text
}

const evm = (random: Random): string => `0x${letters(random, HEX, 40)}`
const solana = (random: Random): string => letters(random, BASE58, random.chance(0.9) ? 44 : 43)
const segwit = (random: Random): string =>
  `bc1${random.chance(0.7) ? `q${letters(random, BECH32, 38)}` : `p${letters(random, BECH32, 58)}`}`
const long = (random: Random): string => `0x${letters(random, HEX, 64)}`

/** By the name of the chain. */
export const ADDRESSES = {
  ETH: evm,
  EVM: evm,
  TEMPO: evm,
  FLOW: (random) => `0x${letters(random, HEX, 16)}`,
  SOL: solana,
  ECLIPSE: solana,
  ALGO: (random) => letters(random, BASE32, 58),
  STARK: (random) => `0x0${letters(random, HEX, 63)}`,
  COSMOS: (random) => `cosmos1${letters(random, BECH32, 38)}`,
  BTC: (random) => (random.chance(0.8) ? segwit(random) : `${random.pick(['1', '3'])}${letters(random, BASE58, 33)}`),
  SUI: long,
  SPARK: (random) => `spark1${letters(random, BECH32, 60)}`,
  TRON: (random) => `T${letters(random, BASE58, 33)}`,
  APTOS: long,
  TON: (random) => `${random.pick(['EQ', 'UQ'])}${letters(random, BASE64URL, 46)}`,
  STELLAR: (random) => `G${letters(random, BASE32, 55)}`,
  ALEO: (random) => `aleo1${letters(random, BECH32, 58)}`,
  MIDNIGHT: (random) => `mn_addr1${letters(random, BECH32, 58)}`,
} as const satisfies Record<string, (random: Random) => string>

/** Chains that have a field of their own. */
export const OWN_FIELDS = {
  btcWallet: ADDRESSES.BTC,
  kdaWallet: (random) => `k:${letters(random, HEX, 64)}`,
  ltcWallet: (random) => `${random.pick(['L', 'M'])}${letters(random, BASE58, 33)}`,
  ckbWallet: (random) => `ckb1q${letters(random, BECH32, 92)}`,
  kasWallet: (random) => `kaspa:q${letters(random, BECH32, 60)}`,
  dogeWallet: (random) => `D${letters(random, BASE58, 33)}`,
} as const satisfies Record<string, (random: Random) => string>

/** A chain that addresses can be made of, as Dynamic's document names it. */
export type Chain = keyof typeof ADDRESSES
