import { expect, test } from 'vitest'
import type { Agent, Learnt } from '../../src/contract/agent'
import type { Reading } from '../../src/contract/desktop-look'
import { OperationError, type FailureCode } from '../../src/contract/failure'
import { createStandings } from '../../src/main/doctor/standings'
import { newAgent } from '../../src/main/roster/new-agent'
import { FakeClock, settle } from '../fakes/fake-clock'

const missing = { code: 'window-missing', message: 'gone' } as const

/** One agent, `A`; tests change what is looked at. */
function open() {
  const clock = new FakeClock()
  const desk = {
    clock,
    looks: 0,
    reads: 0,
    failure: undefined as typeof missing | undefined,
    trouble: false,
    ended: undefined as { code: 'agent-ended'; message: string } | undefined,
    waits: undefined as FailureCode | undefined,
    second: false,
    reading: async (): Promise<Reading | undefined> => ({ name: 'A', lookedAtBy: 'tree' }),
  }
  const standings = createStandings({
    clock,
    waitsFor: () => desk.waits,
    async look(agents) {
      desk.looks += 1
      if (desk.trouble) throw new OperationError('desktopUnavailable', 'locked')
      const seen = agents.map(({ name }) => ({ name, ...(desk.failure && { failure: desk.failure }) }))
      return { screens: [], windows: [], agents: seen }
    },
    ready: async () => desk.ended,
    secondServes: async ({ second }) => second !== undefined && desk.second,
    async read() {
      desk.reads += 1
      return desk.reading()
    },
  })
  const agent: Agent = newAgent('A')
  const stand = async (one = agent) => {
    const [listed] = await standings.of([one])
    return `${listed?.stands} ${listed?.lookedAtBy}`
  }
  return Object.assign(desk, { standings, agent, stand })
}

const learnt: Learnt = {
  at: '2026-01-01T00:00:00.000Z',
  lookedAtBy: 'copy',
  copyMs: 0,
  pasteMs: 0,
  blank: {},
  says: [],
}

test('an agent stands as its messages wait, else as its window is seen', async () => {
  const desk = open()
  expect(await desk.stand()).toBe('ready tree')
  desk.waits = 'agent-busy'
  expect(await desk.stand()).toBe('agent-busy tree')
  desk.waits = undefined
  desk.failure = missing
  await desk.clock.advance(1000)
  expect(await desk.stand()).toBe('window-missing tree')
  desk.trouble = true
  await desk.clock.advance(1000)
  expect(await desk.stand()).toBe('desktop-unavailable tree')
})

test('who asks again at once is told without another look', async () => {
  const desk = open()
  await Promise.all([desk.stand(), desk.stand()])
  await desk.stand()
  expect([desk.looks, desk.reads]).toEqual([1, 1])
})

test('an agent that was set meanwhile is looked for at once', async () => {
  const desk = open()
  await desk.stand()
  desk.failure = missing
  expect(await desk.stand({ ...desk.agent, at: [1, 2] })).toBe('window-missing tree')
})

test('a program that hangs keeps nobody waiting; what it says later is told next', async () => {
  const desk = open()
  let answer: ((reading: Reading) => void) | undefined
  desk.reading = async () => new Promise((resolve) => (answer = resolve))
  const first = desk.stand()
  await desk.clock.advance(250)
  expect(await first).toBe('ready none')
  answer?.({ name: 'A', lookedAtBy: 'copy' })
  await settle()
  expect(await desk.stand()).toBe('ready copy')
})

test('what a test has learnt is told at once, and looked at anew beside', async () => {
  const desk = open()
  const tested = { ...desk.agent, learnt }
  let answer: ((reading: Reading) => void) | undefined
  desk.reading = async () => new Promise((resolve) => (answer = resolve))
  expect(await desk.stand(tested)).toBe('ready copy')
  answer?.({ name: 'A', lookedAtBy: 'tree' })
  await settle()
  expect(await desk.stand(tested)).toBe('ready tree')
})

test('how an input is read is looked at anew after a while', async () => {
  const desk = open()
  await desk.stand()
  desk.reading = async () => ({ name: 'A', lookedAtBy: 'copy' })
  await desk.clock.advance(31_000)
  await desk.stand()
  await settle()
  expect(await desk.stand()).toBe('ready copy')
  expect(desk.reads).toBe(2)
})

test('an agent in a terminal stands as its terminal does, whatever the desktop is like', async () => {
  const desk = open()
  const inTerminal = { ...desk.agent, way: 'terminal' as const }
  desk.trouble = true
  expect(await desk.stand(inTerminal)).toBe('ready tree')
  desk.ended = { code: 'agent-ended', message: 'gone' }
  await desk.clock.advance(1000)
  expect(await desk.stand(inTerminal)).toBe('agent-ended tree')
})

test('an agent stands ready by its second way, where that serves, and as its messages wait all the same', async () => {
  const desk = open()
  const withSecond: Agent = { ...desk.agent, second: 'command' }
  desk.failure = missing
  expect(await desk.stand({ ...withSecond })).toMatch(/^window-missing/)
  desk.second = true
  expect(await desk.stand({ ...withSecond })).toMatch(/^ready/)
  expect(await desk.stand({ ...desk.agent })).toMatch(/^window-missing/)
  desk.waits = 'agent-asks'
  expect(await desk.stand({ ...withSecond })).toMatch(/^agent-asks/)
})
