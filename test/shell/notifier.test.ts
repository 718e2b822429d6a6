import { beforeEach, expect, test } from 'vitest'
import type { WaggleEvent } from '../../src/contract/events'
import type { Message } from '../../src/contract/message'
import { createNotifier, MOMENT_MS, QUIET_MS } from '../../src/main/shell/notifier'
import { FakeClock } from '../fakes/fake-clock'
import { aMessage } from '../renderer/messages'

let clock: FakeClock
let told: { title: string; body: string; click: () => void }[]
let opened: string[]
let tell: (event: WaggleEvent) => void
let stop: () => void

beforeEach(() => {
  clock = new FakeClock()
  told = []
  opened = []
  stop = createNotifier({
    subscribe: (listener) => {
      tell = listener
      return () => void (tell = () => undefined)
    },
    notify: (title, body, click) => told.push({ title, body, click }),
    openMessage: (id, ready) => opened.push(ready ? `${id} ${ready}` : id),
    openWindow: () => opened.push('window'),
    later: (ms, callback) => void clock.setTimer(ms, callback),
  })
})

function becomes(values: Partial<Message>): void {
  tell({ type: 'message', message: aMessage(values) })
}

const missing = { code: 'window-missing', message: 'No window is open.' } as const

test('a failed message is told with its reason, and a click opens it', async () => {
  becomes({ id: 'a', to: 'Agent-3', state: 'failed', failure: missing, text: 'Please rebase.\nNow.' })
  expect(told).toEqual([])
  await clock.advance(MOMENT_MS)
  expect(told).toMatchObject([
    { title: 'Not delivered to Agent-3', body: 'No window is open.\n“Please rebase.”' },
  ])
  told[0]?.click()
  expect(opened).toEqual(['a'])
})

test('that some of its text may still stand there is told with the reason', async () => {
  const failure = { code: 'not-accepted', message: 'It shows a chip.', left: true } as const
  becomes({ id: 'a', to: 'Agent-3', state: 'failed', failure, text: 'Please rebase.' })
  await clock.advance(MOMENT_MS)
  expect(told[0]?.body).toBe(
    'It shows a chip.\nSome of its text may still stand in the agent’s input.\n“Please rebase.”',
  )
})

test('a message in doubt asks for a decision', async () => {
  becomes({ id: 'a', to: 'Agent-3', state: 'in-doubt' })
  await clock.advance(MOMENT_MS)
  expect(told[0]?.title).toBe('May have been sent to Agent-3: you decide')
})

test('that a message in doubt has failed is not told to the person who has just said so', async () => {
  becomes({ id: 'a', state: 'in-doubt' })
  await clock.advance(MOMENT_MS)
  becomes({ id: 'a', state: 'failed' })
  becomes({ id: 'b', state: 'in-doubt' })
  becomes({ id: 'b', state: 'queued' })
  becomes({ id: 'b', to: 'Agent-b', state: 'failed' })
  await clock.advance(QUIET_MS)
  expect(told.map(({ title }) => title).slice(1)).toEqual(['Not delivered to Agent-b'])
})

test('what happens within a moment is told together, and a click opens the window', async () => {
  for (const id of ['a', 'b', 'c']) becomes({ id, to: `Agent-${id}`, state: 'failed' })
  becomes({ id: 'd', to: 'Agent-d', state: 'in-doubt' })
  await clock.advance(MOMENT_MS)
  expect(told).toMatchObject([
    {
      title: '4 messages need you',
      body: '1 may have been sent: you decide (Agent-d)\n3 could not be delivered (Agent-a, Agent-b, Agent-c)',
    },
  ])
  told[0]?.click()
  expect(opened).toEqual(['window'])
})

test('trouble that goes on is told again only after a while, and then all of it', async () => {
  for (let number = 0; number < 20; number += 1) {
    becomes({ id: `m${number}`, state: 'failed' })
    await clock.advance(MOMENT_MS)
  }
  await clock.advance(QUIET_MS)
  expect(told.map(({ title }) => title)).toEqual([
    'Not delivered to Agent-1',
    '17 messages need you',
    '2 messages need you',
  ])
})

test('after a quiet time one message is told at once again', async () => {
  becomes({ id: 'a', state: 'failed' })
  await clock.advance(MOMENT_MS + QUIET_MS)
  becomes({ id: 'b', state: 'failed' })
  await clock.advance(MOMENT_MS)
  expect(told).toHaveLength(2)
})

test('nothing is told of what went well, or was settled within the moment', async () => {
  becomes({ id: 'a', state: 'delivered' })
  becomes({ id: 'b', state: 'in-doubt' })
  becomes({ id: 'b', state: 'delivered' })
  await clock.advance(MOMENT_MS)
  expect(told).toEqual([])
})

test('after it was stopped it tells nothing, not even what was due', async () => {
  becomes({ id: 'a', state: 'failed' })
  stop()
  await clock.advance(MOMENT_MS)
  expect(told).toEqual([])
})

test('what a guard holds is told once, with the way to let it go', async () => {
  const failure = {
    code: 'held',
    message: 'They answer each other for ever: waggle resume Agent-1.',
  } as const
  becomes({ id: 'a', from: 'Agent-1', to: 'Agent-3', state: 'queued', failure, text: 'thanks' })
  await clock.advance(MOMENT_MS)
  expect(told).toMatchObject([
    { title: 'Messages of Agent-1 are held', body: `${failure.message}\n“thanks”` },
  ])
})

test('an answer to the person is told with who gave it, and a click opens it ready to be answered; one to a script is not told', async () => {
  becomes({
    id: 'a',
    from: 'Agent-1',
    to: 'you',
    state: 'queued',
    inbox: true,
    replyTo: 'q',
    text: 'All green',
  })
  becomes({
    id: 'b',
    from: 'Agent-1',
    to: 'ci',
    state: 'queued',
    inbox: true,
    replyTo: 'q',
    text: 'All green',
  })
  await clock.advance(MOMENT_MS)
  expect(told).toMatchObject([{ title: 'Agent-1 has answered', body: '“All green”' }])
  told[0]?.click()
  expect(opened).toEqual(['a reply'])
})
