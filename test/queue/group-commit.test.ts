import { setImmediate } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { createGroupCommit, type GroupCommit } from '../../src/main/queue/group-commit'
import { FakeClock } from '../fakes/fake-clock'

let clock: FakeClock
let groups: number[][]
let group: GroupCommit<number, number>

beforeEach(() => {
  clock = new FakeClock()
  groups = []
  const commit = (items: readonly number[]) => {
    groups.push([...items])
    return items.map((result) => ({ ok: true, result }) as const)
  }
  group = createGroupCommit(commit, (ms, call) => clock.setTimer(ms, call))
})

const add = (...items: number[]) => Promise.all(items.map((item) => group.add(item)))

test('one alone is committed in the same round of the event loop and waits for nobody', async () => {
  expect(await add(1)).toEqual([1])
  expect(await add(2)).toEqual([2])
  expect(groups).toEqual([[1], [2]])
  expect(clock.pending).toBe(0)
})

test('those who come after each other are committed together, once as many came together before', async () => {
  await add(1, 2, 3, 4)
  const some = add(5, 6)
  await setImmediate()
  expect(groups).toHaveLength(1)
  await Promise.all([some, add(7, 8)])
  expect(groups[1]).toEqual([5, 6, 7, 8])
  expect(clock.pending).toBe(0)
})

test('who waits for others that do not come waits for 2 ms, and nobody waits for them again', async () => {
  await add(1, 2, 3, 4)
  const alone = add(5)
  await clock.advance(1)
  expect(groups).toHaveLength(1)
  await clock.advance(1)
  expect(await alone).toEqual([5])
  expect(await add(6)).toEqual([6])
  expect(groups).toEqual([[1, 2, 3, 4], [5], [6]])
})

test('who closes commits at once those who wait for others', async () => {
  await add(1, 2)
  const alone = add(3)
  group.flush()
  expect(await alone).toEqual([3])
  expect([groups[1], clock.pending]).toEqual([[3], 0])
})
