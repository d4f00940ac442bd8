import { describe, expect, it } from 'vitest'
import { type Answering, furnishRun, TAG } from '../fixtures/furnish-run.ts'
import { holdThings, THINGS } from '../fixtures/hold-things.ts'
import { but } from '../fixtures/run-things.ts'
import { NotSentError } from './not-sent-error.ts'
import { createCaseRunner } from './run-case.ts'
import type { Ask, Breach, Case, Evidence, Lifecycle, Look } from './vocabulary.ts'

const NAMED = { name: `rollcall ${TAG}` }
const rule = { text: 'it is so', pointer: '#', evidence: 'assumed' } as const
const breach = (exchange: number): Breach => ({ rule, seen: 'another', exchange })

interface Given {
  readonly server?: Answering
  readonly strict?: Evidence
  readonly isNear?: boolean
  readonly isStopped?: () => boolean
  /** What every reply breaks. */
  readonly everyReply?: readonly Breach[]
}

/** Two cases, `one` and `other`, that look at what `live` does. */
function furnish(
  live: (ask: Ask, cases: readonly [Case, Case], run: Run) => Promise<Record<string, Look>>,
  given: Given = {},
) {
  const { things, answer } = holdThings()
  const run = furnishRun(THINGS, given.server ?? answer, { isNear: given.isNear ?? false })
  let times = 0
  const lifecycle: Lifecycle = {
    ...{ id: 'things/lifecycle', operations: ['POST /things', 'GET /things/{id}'] },
    async live(ask) {
      times++
      return new Map(Object.entries(await live(ask, cases, run)))
    },
  }
  const caseOf = (id: string): Case => ({
    ...{ id, operationId: 'POST /things', kind: 'stories', title: id, rule, steps: [], lifecycle },
  })
  const cases = [caseOf('one'), caseOf('other')] as const
  const { strict = 'documented', isStopped = () => false, everyReply = [] } = given
  const runCase = createCaseRunner({
    ...{ cases: [], options: {}, strict, gate: run.gate, cleanUp: run.cleanUp, isStopped, settling: 0 },
    judge: { judge: () => [...everyReply] },
    async send(request) {
      if (isStopped()) throw new NotSentError('enough')
      const reply = await run.send(request)
      if ('failure' in reply) throw new Error(reply.failure)
      return reply
    },
  })
  return { run, cases, runCase, things, times: () => times }
}
type Run = ReturnType<typeof furnishRun>

const make = (ask: Ask, about: Case, { kit }: Run) =>
  ask.send(about, 'makes one', kit.builderOf('POST /things').request({ body: NAMED }))
const read = (ask: Ask, about: Case, { kit }: Run) =>
  ask.send(about, 'reads it', kit.builderOf('GET /things/{id}').request({ path: { id: 't1' } }))

describe('a lifecycle', () => {
  it('is gone through once for all cases that look at it, and what it made is removed', async () => {
    const { run, cases, runCase, things, times } = furnish(async (ask, [one, other], ground) => {
      await make(ask, one, ground)
      await read(ask, other, ground)
      return { one: { breaches: [], exchanges: [0] }, other: { breaches: [], exchanges: [0, 1] } }
    })
    const results = [await runCase(cases[0]), await runCase(cases[1])]
    expect(times()).toBe(1)
    expect(results.map(({ outcome, exchanges }) => [outcome, ...exchanges.map(({ title }) => title)])).toEqual([
      ['pass', 'makes one'],
      ['pass', 'makes one', 'reads it'],
    ])
    expect(run.sent).toContain('DELETE /things/t1')
    expect(things.size).toBe(0)
  })

  it('tells each case what it saw, with the exchange that shows it', async () => {
    const { cases, runCase } = furnish(async (ask, [one, other], ground) => {
      await make(ask, one, ground)
      await read(ask, other, ground)
      return { one: { breaches: [], exchanges: [] }, other: { breaches: [breach(1)], exchanges: [] } }
    })
    expect(await runCase(cases[0])).toMatchObject({ outcome: 'pass', exchanges: [] })
    expect(await runCase(cases[1])).toMatchObject({
      outcome: 'note',
      breaches: [{ seen: 'another', exchange: 0 }],
      exchanges: [{ title: 'reads it' }],
    })
  })

  it('fails a case where what it saw is known as well as the run asks for', async () => {
    const live = async (ask: Ask, [one]: readonly [Case, Case], run: Run) => {
      await make(ask, one, run)
      return { one: { breaches: [breach(0)], exchanges: [] } }
    }
    const { cases, runCase } = furnish(live, { strict: 'assumed' })
    expect((await runCase(cases[0])).outcome).toBe('fail')
  })

  it('tells what a reply breaks of the rules for all replies to the case that it is about, and to no other', async () => {
    const everyReply = [{ rule: { ...rule, evidence: 'documented' }, seen: 'a status' } as const]
    const live = async (ask: Ask, [one]: readonly [Case, Case], run: Run) => {
      await make(ask, one, run)
      const seen = { breaches: [], exchanges: [0] }
      return { one: seen, other: seen }
    }
    const { cases, runCase } = furnish(live, { everyReply })
    expect(await runCase(cases[0])).toMatchObject({ outcome: 'fail', breaches: [{ seen: 'a status', exchange: 0 }] })
    expect(await runCase(cases[1])).toMatchObject({ outcome: 'pass', breaches: [] })
  })

  it('leaves a case that it did not come to unreached, for the reason that it gives', async () => {
    const { cases, runCase } = furnish(async () => ({ one: { breaches: [], exchanges: [], reason: 'no luck' } }))
    expect(await runCase(cases[0])).toMatchObject({ outcome: 'not-reached', reason: 'no luck' })
    expect(await runCase(cases[1])).toMatchObject({
      outcome: 'not-reached',
      reason: 'the step that it looks at was not reached',
    })
  })

  it('sends nothing that the run may not', async () => {
    let skipped: unknown
    const { run, cases, runCase } = furnish(async (ask, [one], { kit }) => {
      skipped = await ask.send(one, 'deletes it', kit.builderOf('DELETE /things/{id}').request({ path: { id: 'old' } }))
      return {}
    })
    await runCase(cases[0])
    expect(skipped).toEqual({ skip: expect.stringContaining('--allow-changes') })
    expect(run.sent.filter((line) => line.startsWith('DELETE'))).toEqual([])
  })

  it('tells who is asked about a request that nobody answers', async () => {
    const server = but(holdThings().answer, { 'GET /things/t1': new Error('it hung up') })
    const { cases, runCase } = furnish(
      async (ask, [one, other], run) => {
        await make(ask, one, run)
        const answer = await read(ask, other, run)
        return { other: { breaches: [], exchanges: [], reason: 'skip' in answer ? answer.skip : '' } }
      },
      { server },
    )
    expect(await runCase(cases[1])).toMatchObject({
      outcome: 'fail',
      breaches: [{ rule: { text: 'every request is answered', pointer: '#' }, seen: 'it hung up' }],
      exchanges: [{ title: 'reads it' }],
    })
  })

  it('is skipped where the run was ended', async () => {
    let isOver = false
    const { cases, runCase } = furnish(
      async (ask, [one, other], run) => {
        await make(ask, one, run)
        isOver = true
        const answer = await read(ask, other, run)
        return { other: { breaches: [], exchanges: [], reason: 'skip' in answer ? answer.skip : '' } }
      },
      { isStopped: () => isOver },
    )
    expect(await runCase(cases[1])).toMatchObject({ outcome: 'skipped', reason: 'the run was ended' })
    expect(await runCase(cases[0])).toMatchObject({ outcome: 'skipped', reason: 'the run was ended' })
  })

  it('that cannot be gone through fails whom it has told nothing', async () => {
    const { cases, runCase } = furnish(async () => {
      throw new Error('a fault of ours')
    })
    expect(await runCase(cases[0])).toMatchObject({
      outcome: 'fail',
      reason: 'the case could not be run: a fault of ours',
    })
  })

  it('tells the first who looks what the clean-up could not remove', async () => {
    const server = but(holdThings().answer, { DELETE: { status: 204 } })
    const live = async (ask: Ask, [one]: readonly [Case, Case], run: Run) => {
      await make(ask, one, run)
      return { one: { breaches: [], exchanges: [0] }, other: { breaches: [], exchanges: [0] } }
    }
    const { cases, runCase } = furnish(live, { server })
    expect((await runCase(cases[0])).breaches).toMatchObject([{ rule: { text: expect.stringContaining('is gone') } }])
    expect((await runCase(cases[1])).breaches).toEqual([])
  })

  it('waits a bounded number of times for what may take a moment', async () => {
    let waits: readonly boolean[] = []
    const { cases, runCase } = furnish(async (ask) => {
      waits = [await ask.wait(1), await ask.wait(2), await ask.wait(3)]
      return {}
    })
    await runCase(cases[0])
    expect(waits).toEqual([true, true, false])
  })
})
