import { afterEach, beforeEach, expect, test } from 'vitest'
import { settle } from '../fakes/fake-clock'
import { CourierDesk, delivered, notSubmitted, type Deliver } from './courier-desk'

let desk: CourierDesk

beforeEach(() => {
  desk = new CourierDesk()
  desk.start()
})

afterEach(() => desk.stop())

const untilStopped: Deliver = ({ signal }) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(notSubmitted('focus-lost'))))

test('a stopped delivery is queued again with no attempt counted, and the desktop is let go before the answer', async () => {
  desk.deliver = untilStopped
  const id = await desk.send('cut short')
  await settle()
  desk.queue.pause()
  await desk.stopDelivery()
  expect(desk.queue.get(id)).toMatchObject({ state: 'queued', attempts: [] })
  expect(desk.givenBack).toEqual([1])
})

test('a stopped message goes again, whole, once the queue goes on', async () => {
  desk.deliver = untilStopped
  const id = await desk.send('cut short')
  await settle()
  desk.queue.pause()
  await desk.stopDelivery()
  desk.deliver = async ({ signal }) => (signal.aborted ? notSubmitted('internal') : delivered)
  desk.queue.resume()
  await settle()
  expect(desk.queue.get(id)).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }] })
})

test('a delivery past its submit key is not stopped but ends as it went', async () => {
  desk.deliver = async ({ signal, beforeSubmit }) => {
    beforeSubmit()
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return delivered
  }
  const id = await desk.send('past')
  await settle()
  await desk.stopDelivery()
  expect(desk.queue.get(id)?.state).toBe('delivered')
})

test('only the delivery to the agent named is stopped, and without one there is nothing to wait for', async () => {
  desk.deliver = untilStopped
  await desk.stopDelivery()
  const id = await desk.send('to A')
  await settle()
  await desk.stopDelivery('B')
  expect(desk.queue.get(id)?.state).toBe('delivering')
  desk.queue.pause('A')
  await desk.stopDelivery('A')
  expect(desk.queue.get(id)?.state).toBe('queued')
})
