import { inMemory } from '../../selftest/targets.ts'
import type { Send } from '../../suite/vocabulary.ts'
import type { Setting, Transport } from '../parity/vocabulary.ts'
import { apiOf, makeMock } from './make-mock.ts'
import { play } from './play.ts'

/** How to send to each API of a mock, without a wire in between. */
export async function sendInMemory(setting: Setting): Promise<(api: string) => Send> {
  const mock = await makeMock(setting)
  return (name) => inMemory(mock, apiOf(mock, name), setting.apis[name]?.tokens ?? { own: '', bad: '' })
}

/** The mock without a transport, called as a function. */
export async function openMemory(setting: Setting): Promise<Transport> {
  const sendTo = await sendInMemory(setting)
  return { play: (name, requests) => play(sendTo(name), requests), [Symbol.asyncDispose]: async () => {} }
}
