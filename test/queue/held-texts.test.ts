import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Delivery } from '../../src/main/ways/way'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, agent, delivered, notSubmitted } from './courier-desk'

// Texts that an agent would take for a command: they are held, and nobody else waits for that.

let desk: CourierDesk
let isHeld: (text: string) => boolean

beforeEach(() => {
  desk = new CourierDesk()
  desk.setAgentsBeside('X', 'Y')
  isHeld = (text) => text.startsWith('/')
  const judge = async ({ message }: { message: { text: string } }): Promise<Delivery> =>
    isHeld(message.text) ? notSubmitted('text-held') : delivered
  desk.deliver = judge
  desk.deliverBeside = judge
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

const state = (id: string) => desk.queue.get(id)?.state

test.each(['X', 'A'])('a held text holds itself alone, not the agent %s', async (to) => {
  const held = await desk.send('/clear', { to, from: 'a' })
  await settle()
  const other = await desk.send('from another', { to, from: 'b' })
  const elsewhere = await desk.send('to another', { to: 'Y', from: 'a' })
  await desk.clock.advance(5000)
  expect([state(held), state(other), state(elsewhere)]).toEqual(['queued', 'delivered', 'delivered'])
  expect(desk.queue.get(held)).toMatchObject({ attempts: [], failure: { code: 'text-held' } })
  expect(desk.queue.status().perAgent[to]).toEqual({ depth: 1, paused: false })
  expect(
    desk.texts.filter((text) => text === '/clear'),
    'asked once, not again and again',
  ).toHaveLength(1)
})

test('what the same sender sent to the same agent after it waits behind it, and says so', async () => {
  const held = await desk.send('/clear', { to: 'X', from: 'a' })
  const behind = await desk.send('now do that', { to: 'X', from: 'a' })
  const other = await desk.send('of another', { to: 'X', from: 'b' })
  await desk.clock.advance(3000)
  expect([state(held), state(behind), state(other)]).toEqual(['queued', 'queued', 'delivered'])
  const { failure } = desk.queue.get(behind) ?? {}
  expect(failure?.code).toBe('text-held')
  expect(failure?.message).toContain(`behind message ${held}`)
  expect(desk.queue.line({ limit: 10 }).line).toEqual({ total: 2, held: 2 })
  desk.queue.cancel(held)
  await settle()
  expect(state(behind)).toBe('delivered')
  expect(desk.queue.line({ limit: 10 }).line).toEqual({ total: 0, held: 0 })
})

test('once the agent lets such texts go, they go in their order', async () => {
  const ids = []
  for (const text of ['/one', 'two', '/three']) ids.push(await desk.send(text, { to: 'X', from: 'a' }))
  await settle()
  expect(ids.map(state)).toEqual(['queued', 'queued', 'queued'])
  isHeld = () => false
  desk.roster.put(agent('X', { way: 'command', prefixes: 'send' }))
  await settle()
  expect(ids.map(state)).toEqual(['delivered', 'delivered', 'delivered'])
  expect(desk.texts).toEqual(['/one', '/one', 'two', '/three'])
})

test('one that is made urgent stays held, and lets those go that waited behind it', async () => {
  const held = await desk.send('/clear', { to: 'X', from: 'a' })
  const behind = await desk.send('now do that', { to: 'X', from: 'a' })
  await settle()
  desk.queue.prioritize(held, 'urgent')
  await settle()
  expect([state(held), state(behind)]).toEqual(['queued', 'delivered'])
  expect(desk.queue.get(held)?.failure?.code).toBe('text-held')
})

test('after a restart it is held again, without an attempt', async () => {
  const held = await desk.send('/clear', { to: 'X', from: 'a' })
  await settle()
  await desk.stop()
  const again = new CourierDesk(desk.store)
  again.roster.put(agent('X', { way: 'command' }))
  again.deliverBeside = async () => notSubmitted('text-held')
  again.start()
  await settle()
  expect(again.queue.get(held)).toMatchObject({
    state: 'queued',
    attempts: [],
    failure: { code: 'text-held' },
  })
  await again.stop()
})

test.each(['X', 'A'])(
  'a held text is named so while its agent %s is not there, and what follows waits for the agent',
  async (to) => {
    desk.holdsText = isHeld
    desk.missing.add(to)
    const held = await desk.send('/clear', { to, from: 'a' })
    const other = await desk.send('of another', { to, from: 'b' })
    await settle()
    expect(desk.queue.get(held)).toMatchObject({
      state: 'queued',
      attempts: [],
      failure: { code: 'text-held' },
    })
    expect(desk.queue.get(other)?.failure?.code).toBe('window-missing')
    expect(desk.texts).toEqual([])
    desk.missing.delete(to)
    await desk.clock.advance(2000)
    expect([state(held), state(other)]).toEqual(['queued', 'delivered'])
  },
)
