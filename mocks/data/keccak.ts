/** Keccak-256 as Ethereum uses it (padding 0x01, not SHA-3's 0x06): https://keccak.team/keccak_specs_summary.html */

const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44]
const LANES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1]
const CONSTANTS = roundConstants()
const RATE = 136

/** The rounds' constants come from a shift register, as low and high halves. */
function roundConstants(): readonly (readonly [number, number])[] {
  let register = 1
  return Array.from({ length: 24 }, () => {
    let [low, high] = [0, 0]
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1
      if (register & 1) bit < 32 ? (low |= 1 << bit) : (high |= 1 << (bit - 32))
      register = (register << 1) ^ (register >> 7 ? 0x171 : 0)
    }
    return [low, high] as const
  })
}

/** Of a text of ASCII characters, shorter than one block. @returns 32 bytes in hexadecimal */
export function keccak256(text: string): string {
  if (text.length >= RATE) throw new RangeError('longer than one block')
  const bytes = new Uint8Array(200)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  bytes[text.length] = 1
  bytes[RATE - 1] = (bytes[RATE - 1] as number) | 0x80
  const view = new DataView(bytes.buffer)
  const state = Int32Array.from({ length: 50 }, (_, at) => view.getInt32(at * 4, true))
  for (const constant of CONSTANTS) permute(state, constant)
  let hex = ''
  for (let at = 0; at < 8; at++) {
    for (let shift = 0; shift < 32; shift += 8) hex += (((state[at] as number) >>> shift) & 0xff).toString(16).padStart(2, '0')
  }
  return hex
}

/** One round; lane `i` is `s[2i]` (low half) and `s[2i + 1]` (high half). */
function permute(s: Int32Array, constant: readonly [number, number]): void {
  const parity = new Int32Array(10)
  for (let x = 0; x < 10; x++) for (let y = x; y < 50; y += 10) parity[x] = (parity[x] as number) ^ (s[y] as number)
  for (let x = 0; x < 5; x++) {
    const left = ((x + 4) % 5) * 2
    const right = ((x + 1) % 5) * 2
    const low = turn(parity[right] as number, parity[right + 1] as number, 1)
    const high = turn(parity[right + 1] as number, parity[right] as number, 1)
    for (let y = 0; y < 5; y++) {
      const at = (x + 5 * y) * 2
      s[at] = (s[at] as number) ^ (parity[left] as number) ^ low
      s[at + 1] = (s[at + 1] as number) ^ (parity[left + 1] as number) ^ high
    }
  }
  let l = s[2] as number
  let h = s[3] as number
  for (let step = 0; step < LANES.length; step++) {
    const at = (LANES[step] as number) * 2
    const by = ROTATIONS[step] as number
    const nextLow = s[at] as number
    const nextHigh = s[at + 1] as number
    s[at] = turn(l, h, by)
    s[at + 1] = turn(h, l, by)
    l = nextLow
    h = nextHigh
  }
  for (let row = 0; row < 50; row += 10) {
    const old = s.slice(row, row + 10)
    for (let x = 0; x < 10; x++) s[row + x] = (old[x] as number) ^ (~(old[(x + 2) % 10] as number) & (old[(x + 4) % 10] as number))
  }
  s[0] = (s[0] as number) ^ constant[0]
  s[1] = (s[1] as number) ^ constant[1]
}

/** The low half of a lane turned left; the high half is the same with its halves exchanged. */
function turn(low: number, high: number, by: number): number {
  if (by < 32) return (low << by) | (high >>> (32 - by))
  return by === 32 ? high : (high << (by - 32)) | (low >>> (64 - by))
}
