import { expect, test } from 'vitest'
import type { WaggleEvent } from '../../../src/contract/events'
import type { Message } from '../../../src/contract/message'
import { createFollower } from '../../../src/renderer/quick-send/follower'
import type { Call } from '../../../src/renderer/state/call'
import { aMessage } from '../messages'

function followerThat(answer: (tell: (message: Message) => void) => Promise<Message[]>) {
  const listeners: ((event: WaggleEvent) => void)[] = []
  const tell = (message: Message) => listeners.forEach((listen) => listen({ type: 'message', message }))
  const call = (async () => ({ messages: await answer(tell) })) as unknown as Call
  const onEvent = (listener: (event: WaggleEvent) => void) => {
    listeners.push(listener)
    return () => undefined
  }
  return { follower: createFollower({ call, onEvent }), tell }
}

const states = ({ messages }: { messages(): readonly Message[] }) => messages().map(({ state }) => state)

test('what was sent is followed from state to state, and other messages are not', async () => {
  const { follower, tell } = followerThat(async () => [aMessage({ id: 'a', state: 'queued' })])
  let changes = 0
  follower.subscribe(() => (changes += 1))
  await follower.send({ to: 'Agent-1', text: 'x' })
  tell(aMessage({ id: 'b', state: 'delivered' }))
  expect(states(follower)).toEqual(['queued'])
  tell(aMessage({ id: 'a', state: 'delivered' }))
  expect(states(follower)).toEqual(['delivered'])
  expect(changes).toBe(2)
})

test('a delivery that ends before the answer to its sending is not shown as waiting for ever', async () => {
  const { follower } = followerThat(async (tell) => {
    tell(aMessage({ id: 'a', state: 'delivered' }))
    return [aMessage({ id: 'a', state: 'queued' })]
  })
  await follower.send({ to: 'Agent-1', text: 'x' })
  expect(states(follower)).toEqual(['delivered'])
})

test('a refusal is the sender’s to know, and what was followed before is followed on', async () => {
  let refuse = false
  const { follower } = followerThat(async () => {
    if (refuse) throw new Error('10,000 messages wait already.')
    return [aMessage({ id: 'a', state: 'queued' })]
  })
  await follower.send({ to: 'Agent-1', text: 'x' })
  refuse = true
  await expect(follower.send({ to: 'Agent-1', text: 'y' })).rejects.toThrow('10,000')
  expect(states(follower)).toEqual(['queued'])
})
