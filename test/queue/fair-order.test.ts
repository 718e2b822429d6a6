import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { priorities, type Priority } from '../../src/contract/message'
import { FairOrder, type Entry } from '../../src/main/queue/fair-order'

const nobody = () => false
const closed = (agent: string) => agent === 'closed'
let rank = 0

function entry(from: string, to = 'Agent-1', priority: Priority = 'normal'): Entry {
  rank += 1
  return { id: `${from}-${rank}`, from, to, priority, rank }
}

function fill(order: FairOrder, count: number, from: string, to?: string): Entry[] {
  const entries = Array.from({ length: count }, () => entry(from, to))
  for (const one of entries) order.add(one)
  return entries
}

/** Takes up to `count` messages and names their senders. */
function takeSenders(order: FairOrder, count: number, skip: (agent: string) => boolean = nobody): string[] {
  const senders: string[] = []
  for (let next = order.next(skip); next && senders.length < count; next = order.next(skip)) {
    order.take(next.id)?.done()
    senders.push(next.from)
  }
  return senders
}

test("a sender with 1,000 waiting delays another's first one by one delivery", () => {
  const order = new FairOrder()
  fill(order, 1000, 'a')
  takeSenders(order, 1)
  fill(order, 1, 'b')
  expect(takeSenders(order, 1)).toEqual(['b'])
})

test('senders take turns, however much each has waiting', () => {
  const order = new FairOrder()
  fill(order, 100, 'a')
  fill(order, 3, 'b')
  fill(order, 3, 'c')
  expect(takeSenders(order, 11).join('')).toBe('abcabcabcaa')
})

test('a backlog that waited for a closed window does not come out in one go', () => {
  const order = new FairOrder()
  fill(order, 500, 'a', 'closed')
  fill(order, 500, 'b', 'open')
  expect(new Set(takeSenders(order, 400, closed))).toEqual(new Set(['b']))
  expect(takeSenders(order, 6).join('')).toBe('ababab')
})

test("a backlog for a closed window does not hold up its sender's messages to other windows", () => {
  const order = new FairOrder()
  fill(order, 1000, 'a', 'open')
  fill(order, 1000, 'b', 'closed')
  takeSenders(order, 10, closed)
  fill(order, 1, 'b', 'open')
  expect(takeSenders(order, 1, closed)).toEqual(['b'])
})

test('ever new sender names cannot starve an old one', () => {
  const order = new FairOrder()
  fill(order, 10, 'old')
  takeSenders(order, 1)
  const served: string[] = []
  for (let n = 0; n < 20; n++) {
    fill(order, 1, `new-${n}`)
    served.push(...takeSenders(order, 1))
  }
  expect(served.filter((sender) => sender === 'old').length).toBeGreaterThanOrEqual(4)
})

test('what was put back is first again, as if it had never been taken', () => {
  const order = new FairOrder()
  const [first] = fill(order, 2, 'a')
  fill(order, 2, 'b')
  order.take(first?.id ?? '')?.putBack()
  expect(order.next(nobody)).toBe(first)
  expect(takeSenders(order, 4).join('')).toBe('abab')
})

test('several taken at once and put back, in whatever order, leave the line as it was', () => {
  assert(
    property(
      array(record({ from: integer({ min: 0, max: 3 }), to: integer({ min: 0, max: 3 }) }), {
        maxLength: 12,
      }),
      array(integer({ min: 0, max: 11 }), { maxLength: 6 }),
      integer({ min: 0, max: 6 }),
      (messages, backwards, gone) => {
        const order = new FairOrder()
        for (const { from, to } of messages) order.add(entry(`s${from}`, `a${to}`))
        takeSenders(order, gone)
        const before = order.inOrder(nobody)
        const taken = before.slice(0, backwards.length).map(({ id }) => order.take(id))
        const mixed = taken.toSorted((a, b) => keyOf(a?.entry) - keyOf(b?.entry))
        for (const one of mixed) one?.putBack()
        expect(order.inOrder(nobody)).toEqual(before)
        function keyOf(one: Entry | undefined) {
          return backwards[before.findIndex(({ id }) => id === one?.id)] ?? 0
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a sender has had its turn while another of its messages is still under way', () => {
  const order = new FairOrder()
  const [first, second] = fill(order, 2, 'a', 'Agent-1').map(({ id }) => id)
  fill(order, 1, 'b', 'Agent-2')
  const taken = order.take(first ?? '')
  order.take(second ?? '')
  taken?.putBack()
  expect(takeSenders(order, 2).join('')).toBe('ba')
})

test('a turn that is done counts for its sender, though one begun earlier was put back later', () => {
  const order = new FairOrder()
  const [first, second] = [...fill(order, 2, 'a'), ...fill(order, 2, 'b')].map(({ id }) => id)
  const [early, late] = [order.take(first ?? ''), order.take(second ?? '')]
  late?.done()
  early?.putBack()
  expect(takeSenders(order, 3).join('')).toBe('bab')
})

const step = oneof(
  {
    weight: 5,
    arbitrary: record({
      do: constantFrom('add'),
      from: integer({ min: 0, max: 3 }),
      to: integer({ min: 0, max: 2 }),
      priority: constantFrom(...priorities),
    }),
  },
  {
    weight: 4,
    arbitrary: record({
      do: constantFrom('take', 'putBack', 'readd', 'remove'),
      skip: integer({ min: -1, max: 2 }),
    }),
  },
)

test('whatever happens, the next one is of the highest priority there is and the oldest of its sender to its agent', () => {
  assert(
    property(array(step, { maxLength: 80 }), (steps) => {
      const order = new FairOrder()
      let model: Entry[] = []
      for (const one of steps) {
        if ('from' in one) {
          const added = entry(`s${one.from}`, `a${one.to}`, one.priority)
          order.add(added)
          model.push(added)
        } else {
          const skip = (agent: string) => agent === `a${one.skip}`
          const next = order.next(skip)
          const eligible = model.filter(({ to }) => !skip(to))
          expect(next === undefined).toBe(eligible.length === 0)
          if (!next) continue
          const best = Math.min(...eligible.map(({ priority }) => priorities.indexOf(priority)))
          expect(priorities.indexOf(next.priority)).toBe(best)
          const kin = eligible.filter((other) => other.from === next.from && other.priority === next.priority)
          expect(next.rank).toBe(Math.min(...kin.map((other) => other.rank)))
          const without = model.filter(({ id }) => id !== next.id)
          if (one.do === 'remove') order.remove(next.id)
          else {
            const taken = order.take(next.id)
            if (one.do === 'putBack') taken?.putBack()
            if (one.do !== 'putBack') taken?.done()
            if (one.do === 'readd') order.add(next)
          }
          if (one.do === 'take' || one.do === 'remove') model = without
        }
        expect(order.size).toBe(model.length)
        expect(order.inOrder(nobody).length).toBe(model.length)
        expect([...order.depths.values()].reduce((sum, depth) => sum + depth, 0)).toBe(model.length)
      }
    }),
  )
})

test('the line foretells who goes when, past agents that are held, whatever happened before', () => {
  assert(
    property(array(step, { maxLength: 60 }), integer({ min: -1, max: 2 }), (steps, held) => {
      const order = new FairOrder()
      for (const one of steps) {
        if ('from' in one) order.add(entry(`s${one.from}`, `a${one.to}`, one.priority))
        else {
          const next = order.next((agent) => agent === `a${one.skip}`)
          if (!next) continue
          if (one.do === 'remove') order.remove(next.id)
          else {
            const taken = order.take(next.id)
            if (one.do === 'putBack') taken?.putBack()
            if (one.do !== 'putBack') taken?.done()
            if (one.do === 'readd') order.add(next)
          }
        }
      }
      const skip = (agent: string) => agent === `a${held}`
      const foretold = order.inOrder(({ to }) => skip(to)).map(({ id }) => id)
      const taken: string[] = []
      for (let next = order.next(skip); next; next = order.next(skip)) {
        order.take(next.id)?.done()
        taken.push(next.id)
      }
      expect(foretold).toEqual(taken)
    }),
    { numRuns: 300 },
  )
})

test('no sender has had more turns than one that still has something waiting', () => {
  assert(
    property(array(integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 5 }), (counts) => {
      const order = new FairOrder()
      for (const [sender, count] of counts.entries()) fill(order, count, String(sender))
      const served = takeSenders(order, Infinity)
      for (const [sender, count] of counts.entries()) {
        const last = served.lastIndexOf(String(sender))
        for (const other of counts.keys()) {
          const ahead = served.slice(0, last).filter((name) => name === String(other)).length
          expect(ahead).toBeLessThanOrEqual(count)
        }
      }
    }),
  )
})
