import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Delivery } from '../../src/main/ways/way'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, Endings, agent, notSubmitted } from './courier-desk'

// Agents with a second way: here the window and a command, so that they change between the desktop and beside it.

let desk: CourierDesk
let log: string[]

beforeEach(() => {
  desk = new CourierDesk()
  log = []
  const note =
    (way: string, proof: 'read-back' | 'accepted') =>
    async ({ message }: { message: { text: string } }): Promise<Delivery> => {
      log.push(`${message.text} by ${way}`)
      return { state: 'delivered', proof, timings: { steps: [] } }
    }
  desk.deliver = note('window', 'read-back')
  desk.deliverBeside = note('command', 'accepted')
  desk.start()
})

afterEach(async () => {
  await desk.stop()
  expect(desk.clock.pending).toBe(0)
})

test.each([
  ['window', 'command'],
  ['command', 'window'],
] as const)('from %s to %s and back, each message once and in order', async (way, second) => {
  desk.roster.put(agent('S', { way, second }))
  desk.missingBy.add(`S ${way}`)
  for (const text of ['one', 'two']) await desk.send(text, { to: 'S' })
  await desk.clock.advance(2000)
  expect(log).toEqual([`one by ${second}`, `two by ${second}`])
  desk.missingBy.delete(`S ${way}`)
  await desk.send('three', { to: 'S' })
  await desk.clock.advance(2000)
  expect(log.at(-1)).toBe(`three by ${way}`)
  desk.missingBy.add(`S ${way}`)
  desk.missingBy.add(`S ${second}`)
  const id = await desk.send('four', { to: 'S' })
  await desk.clock.advance(5000)
  expect(desk.queue.get(id)).toMatchObject({
    state: 'queued',
    attempts: [],
    failure: { code: 'window-missing', message: expect.stringContaining('second way') as string },
  })
  desk.missingBy.delete(`S ${second}`)
  await desk.clock.advance(2000)
  expect(log.slice(3)).toEqual([`four by ${second}`])
})

test('a message whose text the first way has left somewhere does not go by the second', async () => {
  desk.roster.put(agent('S', { way: 'window', second: 'command' }))
  const endings = new Endings()
  desk.deliver = async ({ message, agent: { name } }) => {
    desk.store.pastes.write(name, { messageId: message.id, text: message.text, draft: '' })
    return endings.next()
  }
  const id = await desk.send('one', { to: 'S' })
  await settle()
  desk.missingBy.add('S window')
  await endings.end(notSubmitted('window-missing'))
  await desk.clock.advance(5000)
  expect(log).toEqual([])
  expect(desk.queue.get(id)?.failure?.message).toContain('may still stand')
  const other = await desk.send('two', { to: 'S' })
  desk.queue.cancel(id)
  await desk.clock.advance(2000)
  expect([log, desk.queue.get(other)?.state]).toEqual([['two by command'], 'delivered'])
})
