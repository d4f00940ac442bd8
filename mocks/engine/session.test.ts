import { describe, expect, it } from 'vitest'
import type { Order } from './force-failure.ts'
import { Session } from './session.ts'

const CREATE: Order = { api: 'people', operationId: 'create', status: 500 }

function programmed(...orders: Partial<Order>[]): Session {
  const session = new Session({ open: () => expect.unreachable() })
  for (const order of orders) session.program({ ...CREATE, ...order })
  return session
}
const statuses = (session: Session, count: number, operationId = 'create') =>
  Array.from({ length: count }, () => session.takeProgrammed('people', operationId)?.status)

describe('a session', () => {
  it.each<[what: string, orders: Partial<Order>[], taken: (number | undefined)[]]>([
    ['has no order unless one was given', [], [undefined]],
    ['gives an order once', [{}], [500, undefined]],
    ['gives an order as often as it says', [{ times: 3 }], [500, 500, 500, undefined]],
    ['gives the oldest first', [{ status: 501, times: 2 }, { status: 502 }], [501, 501, 502, undefined]],
    ['passes over orders for others', [{ operationId: 'list' }, { api: 'staff' }, { status: 503 }], [503, undefined]],
  ])('%s', (_, orders, taken) => {
    expect(statuses(programmed(...orders), taken.length)).toEqual(taken)
  })

  it('shows the next order as often as it is asked, until it is taken', () => {
    const session = programmed({ status: 501 }, { status: 502 })
    const next = () => session.nextProgrammed('people', 'create')?.status
    expect([next(), next()]).toEqual([501, 501])
    session.takeProgrammed('people', 'create')
    expect(next()).toBe(502)
  })

  it('keeps the orders for others in place', () => {
    const session = programmed({ operationId: 'list', status: 504 }, { times: 2 })
    expect(statuses(session, 3)).toEqual([500, 500, undefined])
    expect(statuses(session, 2, 'list')).toEqual([504, undefined])
  })

  it('forgets all orders at once', () => {
    const session = programmed({ times: 9 }, { operationId: 'list' })
    session.clearProgrammed()
    expect([...statuses(session, 1), ...statuses(session, 1, 'list')]).toEqual([undefined, undefined])
  })

  it('is not changed by the order it was given, nor changes it', () => {
    const order = { ...CREATE, times: 2 }
    const session = new Session({ open: () => expect.unreachable() })
    session.program(order)
    statuses(session, 1)
    expect(order.times).toBe(2)
    order.times = 99
    expect(statuses(session, 2)).toEqual([500, undefined])
  })
})
