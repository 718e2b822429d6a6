import { beforeEach, expect, test } from 'vitest'
import type { Agent } from '../../../src/contract/agent'
import type { Failure } from '../../../src/contract/failure'
import { createFinder } from '../../../src/main/ways/window/finder'
import { findTarget, isFailure } from '../../../src/main/ways/window/locate'
import { createObstacles, type Obstacles } from '../../../src/main/ways/window/obstacles'
import { FakeDesktop, type FakeWindow } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'

const agent: Agent = {
  name: 'Agent-1',
  at: [150, 380],
  window: '^Agent-1',
  profile: 'chat',
  enabled: true,
  description: '',
}
const failure: Failure = { code: 'focus-lost', message: 'A question stands there.' }
const dialogRect = { x: 0, y: 300, width: 300, height: 100 }

let clock: HastyClock
let desktop: FakeDesktop
let mine: FakeWindow
let obstacles: Obstacles
let delivered: string[]

beforeEach(() => {
  clock = new HastyClock()
  desktop = new FakeDesktop(clock)
  desktop.openWindow('Agent-2: chat', { x: 300, y: 0, width: 300, height: 400 })
  mine = desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
  delivered = []
  const hasDelivered = ({ name }: Agent) => delivered.includes(name)
  obstacles = createObstacles({ desktop, clock, finder: createFinder(desktop, clock), hasDelivered })
})

/** A try that took so many ms does not reach the input. */
async function tryInVain(spentMs = 0, isOver = false): Promise<void> {
  const target = findTarget(agent, await desktop.windows(), await desktop.screens())
  if (isFailure(target)) throw new Error(target.message)
  const note = await obstacles.look(target)
  note(agent, failure, { spentMs, isOver })
}

const isDue = async () => (await obstacles.standing(agent)) === undefined

/** For how many ms nothing is tried if nothing changes. */
async function restMs(): Promise<number> {
  const from = clock.monotonic()
  while (!(await isDue())) {
    expect(await obstacles.standing(agent)).toEqual(failure)
    clock.pass(100)
  }
  return clock.monotonic() - from
}

test('nothing stands before an input until a try has shown it', async () => {
  expect(await isDue()).toBe(true)
})

test('where nothing changes tries grow ever more seldom, up to once a minute', async () => {
  const rests: number[] = []
  for (let tries = 0; tries < 11; tries++) {
    await tryInVain()
    rests.push(await restMs())
  }
  expect(rests).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000])
})

test('after a try in vain the others have the desktop for four times as long as it took', async () => {
  await tryInVain(3000)
  expect(await restMs()).toBe(12_000)
  await tryInVain(3000)
  expect(await restMs()).toBe(24_000)
})

const changes: [string, () => void][] = [
  ['another window is closed', () => desktop.closeWindow(dialog())],
  ['another window is minimized', () => void (dialog().minimized = true)],
  ['another window is moved', () => void (dialog().rect = { ...dialog().rect, x: 700 })],
  ['its own window is moved', () => void (mine.rect = { ...mine.rect, y: 20 })],
]

function dialog(): FakeWindow {
  const found = desktop.stack.find(({ title }) => title === 'Allow?')
  if (!found) throw new Error('there is no dialog')
  return found
}

test.each(changes)('once %s it is tried at once', async (_what, change) => {
  desktop.openWindow('Allow?', dialogRect)
  await tryInVain(8000)
  expect(await isDue()).toBe(false)
  change()
  expect(await isDue()).toBe(true)
})

test('once its page shows something else it is tried at once, unless another window lies over it', async () => {
  await tryInVain(8000)
  mine.text = 'the question is answered'
  expect(await isDue()).toBe(true)
  // Brought to the front: neither window comes, goes or moves.
  const other = desktop.stack.find((window) => window !== mine)
  if (other) other.rect = mine.rect
  await tryInVain(8000)
  clock.pass(32_000)
  await tryInVain(8000)
  mine.text = 'another question'
  if (other) await desktop.raise(other.id)
  expect(await isDue()).toBe(false)
})

test('a change that was none of the obstacle’s costs one try: after that the clock decides, then changes count again', async () => {
  await tryInVain(1000)
  mine.text = 'one'
  expect(await isDue()).toBe(true)
  await tryInVain(1000)
  mine.text = 'two'
  expect(await restMs()).toBe(8000)
  await tryInVain(1000)
  mine.text = 'three'
  expect(await isDue()).toBe(true)
})

test('an input that could be reached in the end is tried again at once, and if that is in vain, too, by the clock', async () => {
  await tryInVain(1000, true)
  expect(await isDue()).toBe(true)
  await tryInVain(1000, true)
  expect(await restMs()).toBe(8000)
})

test('an input that was reached is free, and an agent set anew has no past', async () => {
  await tryInVain(8000)
  expect(obstacles.wasReached(agent)).toBe(false)
  expect(obstacles.isMet(agent)).toBe(true)
  obstacles.reached(agent, 'an input')
  expect(await isDue()).toBe(true)
  expect(obstacles.isMet(agent)).toBe(false)
  expect(obstacles.wasReached(agent)).toBe(true)
  const setAnew = { ...agent }
  expect(obstacles.wasReached(setAnew)).toBe(false)
  await tryInVain(8000)
  expect(await obstacles.standing(setAnew)).toBeUndefined()
})

test('what was delivered before a restart tells, too, that the input can be reached', () => {
  delivered.push('Agent-1')
  expect(obstacles.wasReached(agent)).toBe(true)
})

test('the last eight ways in which an input looked are remembered, each once, until the agent is set anew', () => {
  for (const look of ['0', '1', '2', '3', '1', '4', '5', '6', '7', '8']) obstacles.reached(agent, look)
  obstacles.reached(agent, undefined)
  expect(obstacles.looks(agent).toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
  expect(obstacles.looks({ ...agent })).toEqual([])
})
