import { describe, expect, it } from 'vitest'
import { type Answering, furnishRun, lineOf, TAG } from '../fixtures/furnish-run.ts'
import { holdThings, THINGS } from '../fixtures/hold-things.ts'
import { NotSentError } from './not-sent-error.ts'
import { createCaseRunner, type Leave } from './run-case.ts'
import type { Breach, Case, CaseRequest, Evidence, Step, StepRun } from './vocabulary.ts'

const ruleOf = (text: string, evidence: Evidence = 'documented') => ({ text, pointer: '#', evidence })
const NAMED = { name: `rollcall ${TAG}` }

/** A breach of a step's own rule. */
const breachOf = (evidence: Evidence): Breach => ({ rule: ruleOf('of the step', evidence), seen: 'another' })

interface Given {
  readonly server?: Answering
  readonly options?: Leave
  readonly strict?: Evidence
  /** What every reply breaks. */
  readonly everyReply?: readonly Breach[]
  readonly isStopped?: () => boolean
}

function furnish({
  server = holdThings().answer,
  options = {},
  strict = 'documented',
  everyReply = [],
  isStopped,
}: Given) {
  const run = furnishRun(THINGS, server)
  const request = (id: string, changes = {}): CaseRequest => run.kit.builderOf(id).request(changes)
  const step = (id: string, changes = {}, more: Partial<Step> = {}): Step => ({
    title: id,
    operationId: id,
    request: request(id, changes),
    judge: () => [],
    ...more,
  })
  const sent: string[] = []
  const runCase = createCaseRunner({
    ...{
      cases: [],
      options,
      strict,
      gate: run.gate,
      cleanUp: run.cleanUp,
      isStopped: isStopped ?? (() => false),
      settling: 0,
    },
    judge: { judge: () => [...everyReply] },
    async send(one) {
      sent.push(lineOf(one))
      const reply = await run.send(one)
      if ('failure' in reply) throw new Error(reply.failure)
      return reply
    },
  })
  return { run, step, request, sent, runCase }
}

const caseOf = (steps: readonly Step[], more: Partial<Case> = {}): Case => ({
  ...{ id: 'create/accepts/plain', operationId: 'POST /things', kind: 'accepts', title: 'is accepted' },
  ...{ rule: ruleOf('of the case'), steps },
  ...more,
})

type Furnished = ReturnType<typeof furnish>

/** Runs a case of such steps. */
async function runSteps(
  stepsOf: (step: Furnished['step'], request: Furnished['request']) => readonly Step[],
  given: Given = {},
  more: Partial<Case> = {},
) {
  const ground = furnish(given)
  const result = await ground.runCase(caseOf(stepsOf(ground.step, ground.request), more))
  return { ...ground, result }
}

describe('a case', () => {
  it('passes where no reply breaks a rule, and what it made is removed', async () => {
    const { things, answer } = holdThings()
    const { result, sent } = await runSteps((step) => [step('POST /things', { body: NAMED })], { server: answer })
    expect(result).toEqual({
      case: {
        id: 'create/accepts/plain',
        operationId: 'POST /things',
        kind: 'accepts',
        title: 'is accepted',
        rule: ruleOf('of the case'),
      },
      outcome: 'pass',
      breaches: [],
      exchanges: [
        {
          title: 'POST /things',
          request: expect.objectContaining({ method: 'POST' }),
          reply: expect.objectContaining({ status: 201 }),
        },
      ],
      duration: expect.any(Number),
    })
    expect(sent).toHaveLength(1)
    expect(things.size).toBe(0)
  })

  it('sends one step after the other, each knowing what was sent and answered before', async () => {
    const known: StepRun[] = []
    const { result } = await runSteps((step, request) => [
      step('POST /things', { body: NAMED }),
      {
        ...step('GET /things'),
        follow(run) {
          known.push(
            structuredClone({
              ...run,
              requests: run.requests.map(lineOf),
              replies: run.replies.map(({ body }) => body),
            }) as never,
          )
          return request('GET /things')
        },
      },
    ])
    expect(known).toEqual([
      { requests: [`POST /things {"name":"rollcall ${TAG}"}`], replies: [{ id: 't1', ...NAMED }] },
    ])
    expect(result.exchanges.map(({ title }) => title)).toEqual(['POST /things', 'GET /things'])
  })

  it('sends together what goes with the next, when all of it may be sent', async () => {
    const together = { withNext: true }
    const { result, sent } = await runSteps((step) => [
      step('GET /things', {}, together),
      step('GET /things', {}, together),
      step('PUT /things/{id}', { path: { id: 'anybody' } }),
    ])
    expect(result.outcome).toBe('not-reached')
    expect(sent).toEqual([])
    const order: string[] = []
    const judged = (name: string) => ({
      judge() {
        order.push(name)
        return []
      },
    })
    const reading = await runSteps((step, request) => [
      step('GET /things', {}, { ...together, ...judged('first') }),
      step('GET /things', {}, judged('second')),
      {
        ...step('GET /things', {}, judged('third')),
        follow(run) {
          order.push(`after ${run.replies.length}`)
          return request('GET /things')
        },
      },
    ])
    expect(reading.sent).toHaveLength(3)
    expect(order).toEqual(['first', 'second', 'after 2', 'third'])
  })

  it('is not reached where a step has nothing to send, and sends no more', async () => {
    const { result, sent } = await runSteps((step) => [
      { ...step('GET /things'), follow: () => ({ skip: 'nothing was created' }) },
      step('GET /things'),
    ])
    expect(result).toMatchObject({ outcome: 'not-reached', reason: 'nothing was created', exchanges: [] })
    expect(sent).toEqual([])
  })

  it('is not reached where a request would change what the run did not make', async () => {
    const { result, sent } = await runSteps((step) => [step('DELETE /things/{id}', { path: { id: 'old' } })])
    expect(result).toMatchObject({ outcome: 'not-reached', reason: expect.stringContaining('--allow-changes') })
    expect(sent).toEqual([])
  })

  it('may change and remove what it has made', async () => {
    const { result, run } = await runSteps((step, request) => [
      step('POST /things', { body: NAMED }),
      {
        ...step('DELETE /things/{id}'),
        follow: ({ replies }) => request('DELETE /things/{id}', { path: { id: replies[0]?.body.id } }),
      },
    ])
    expect(result.outcome).toBe('pass')
    expect(run.cleanUp.pending()).toEqual([])
  })

  it('looks for what it has made before it changes something', async () => {
    const { run, step, sent, runCase } = furnish({})
    const looks: number[] = []
    const { cleanUp } = run
    const catchUp = cleanUp.catchUp.bind(cleanUp)
    cleanUp.catchUp = (by) => {
      looks.push(sent.length)
      return catchUp(by)
    }
    const change = step('PUT /things/{id}', { path: { id: 't1' }, body: NAMED })
    await runCase(caseOf([step('POST /things', { body: NAMED }), step('GET /things'), change]))
    // The last is that of the clean-up.
    expect(looks).toEqual([2, 3])
  })

  it('tells what a request may have made while it is under way', async () => {
    const { answer } = holdThings()
    const pending: string[][] = []
    const ground = furnish({
      server(request) {
        if (request.method === 'POST') pending.push(ground.run.cleanUp.pending().map(({ what }) => what))
        return answer(request)
      },
    })
    await ground.runCase(caseOf([ground.step('POST /things', { body: NAMED })]))
    expect(pending).toEqual([['what POST /things may have created']])
  })

  it('fails where it cannot be run; what it made is removed all the same', async () => {
    const { things, answer } = holdThings()
    const broken = () => {
      throw new Error('the story has a hole')
    }
    const { result } = await runSteps((step) => [step('POST /things', { body: NAMED }, { judge: broken })], {
      server: answer,
    })
    expect(result).toMatchObject({ outcome: 'fail', reason: 'the case could not be run: the story has a hole' })
    expect(things.size).toBe(0)
  })

  it('keeps the beginning of a long reply and of a long request', async () => {
    const long = 'x'.repeat(100_000)
    const { result } = await runSteps((step) => [step('POST /things', { body: { name: long } })])
    const [{ request, reply } = {}] = result.exchanges
    expect(request?.bodyLength).toBeGreaterThan(100_000)
    expect(reply?.textLength).toBeGreaterThan(100_000)
  })
})

describe('a breach', () => {
  it.each<[breach: Evidence, strict: Evidence, outcome: string]>([
    ['documented', 'documented', 'fail'],
    ['observed', 'documented', 'note'],
    ['assumed', 'documented', 'note'],
    ['observed', 'observed', 'fail'],
    ['assumed', 'observed', 'note'],
    ['assumed', 'assumed', 'fail'],
    ['documented', 'assumed', 'fail'],
  ])('of what is %s, where what is %s may fail, makes a %s', async (breach, strict, outcome) => {
    const { result } = await runSteps((step) => [step('GET /things', {}, { judge: () => [breachOf(breach)] })], {
      strict,
    })
    expect(result).toMatchObject({ outcome, breaches: [{ seen: 'another', exchange: 0 }] })
  })

  it('counts as the worst of them, says in which exchange it was seen, and ends nothing', async () => {
    const { result } = await runSteps((step) => [
      step('GET /things', {}, { judge: () => [breachOf('assumed')] }),
      step('GET /things', {}, { judge: () => [breachOf('documented'), breachOf('observed')] }),
    ])
    expect(result.outcome).toBe('fail')
    expect(result.breaches.map(({ rule, exchange }) => [rule.evidence, exchange])).toEqual([
      ['assumed', 0],
      ['documented', 1],
      ['observed', 1],
    ])
  })

  it('of a rule for every reply counts too', async () => {
    const { result } = await runSteps((step) => [step('GET /things')], { everyReply: [breachOf('documented')] })
    expect(result).toMatchObject({ outcome: 'fail', breaches: [{ exchange: 0 }] })
  })

  it('counts in a case that does not come to its rule', async () => {
    const { result } = await runSteps((step) => [
      step('GET /things', {}, { judge: () => [breachOf('documented')] }),
      { ...step('GET /things'), follow: () => ({ skip: 'nothing was created' }) },
    ])
    expect(result.outcome).toBe('fail')
  })

  it('of the clean-up is a note: what was removed is there still', async () => {
    const { answer } = holdThings()
    const server: Answering = (request) => (request.method === 'DELETE' ? { status: 204 } : answer(request))
    const { result } = await runSteps((step) => [step('POST /things', { body: NAMED })], { server })
    expect(result).toMatchObject({ outcome: 'note', breaches: [{ rule: { evidence: 'assumed' } }] })
    expect(result.breaches[0]?.exchange).toBeUndefined()
  })
})

describe('a request without an answer', () => {
  const silent: Answering = () => new Error('it hung up')

  it('breaks a rule, ends the case, and may have made something', async () => {
    const { answer } = holdThings()
    const server: Answering = (request) => (request.method === 'POST' ? new Error('it hung up') : answer(request))
    const { result, sent, run } = await runSteps(
      (step) => [step('POST /things', { body: NAMED }), step('GET /things')],
      { server },
    )
    expect(result).toMatchObject({
      outcome: 'fail',
      breaches: [
        {
          rule: { text: 'every request is answered', pointer: '#', evidence: 'documented' },
          seen: 'it hung up',
          exchange: 0,
        },
      ],
      exchanges: [{ title: 'POST /things' }],
    })
    expect(result.exchanges[0]).not.toHaveProperty('reply')
    expect(sent).toHaveLength(1)
    // It was looked for.
    expect(run.sent.filter((line) => line === 'GET /things')).toHaveLength(2)
  })

  it('beside one that is answered: what that one made is removed', async () => {
    const { things, answer } = holdThings()
    const server: Answering = (request) =>
      request.path === '/things/silent' ? new Error('it hung up') : answer(request)
    const { result } = await runSteps(
      (step) => [
        step('POST /things', { body: NAMED }, { withNext: true }),
        step('GET /things/{id}', { path: { id: 'silent' } }),
      ],
      { server },
    )
    expect(result.breaches).toMatchObject([{ exchange: 1 }])
    expect(result.exchanges.map(({ reply }) => reply?.status)).toEqual([201, undefined])
    expect(things.size).toBe(0)
  })

  it('has made nothing where it was never sent', async () => {
    const { run, step } = furnish({})
    const runCase = createCaseRunner({
      ...{
        cases: [],
        options: {},
        strict: 'documented',
        tag: TAG,
        gate: run.gate,
        cleanUp: run.cleanUp,
        isStopped: () => true,
        settling: 0,
      },
      judge: { judge: () => [] },
      send: () => Promise.reject(new NotSentError('enough')),
    })
    const result = await runCase(caseOf([step('POST /things', { body: NAMED })]))
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'the run was ended', exchanges: [], breaches: [] })
    expect(run.sent).toEqual(['GET /things'])
    expect(run.cleanUp.pending()).toEqual([])
  })

  it('is nobody’s fault where the run was ended', async () => {
    const { result } = await runSteps((step) => [step('GET /things')], { server: silent, isStopped: () => true })
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'the run was ended', breaches: [] })
  })
})

describe('leave', () => {
  it.each<[needs: NonNullable<Case['needs']>, reason: RegExp, options: Leave]>([
    ['mail', /--allow-mail/, { allowMail: true }],
    ['bad-token', /--bad-token/, { hasBadToken: true }],
    ['second-tenant', /--second-param or --second-token/, { hasSecondToken: true }],
    ['second-tenant', /--second-param or --second-token/, { secondParams: {} }],
  ])('for %s is needed by a case that needs it, which is skipped without', async (needs, reason, options) => {
    const without = await runSteps((step) => [step('GET /things')], {}, { needs })
    expect(without.result).toMatchObject({ outcome: 'skipped', reason: expect.stringMatching(reason), exchanges: [] })
    expect(without.sent).toEqual([])
    const withLeave = await runSteps((step) => [step('GET /things')], { options }, { needs })
    expect(withLeave.result.outcome).toBe('pass')
    expect(withLeave.result).not.toHaveProperty('reason')
  })

  it('makes nothing of a case that cannot be provoked', async () => {
    const { result, sent } = await runSteps(
      (step) => [step('GET /things')],
      {},
      { unprovokable: 'nobody can', needs: 'mail' },
    )
    expect(result).toMatchObject({ outcome: 'unprovokable', reason: 'nobody can' })
    expect(sent).toEqual([])
  })
})
