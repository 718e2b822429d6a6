import { expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import { openDesk, UNKNOWN_ID } from './desk'

test('who has answered is known of all that were asked in one go, by any question and by any answer; and who has not', async () => {
  const desk = openDesk()
  const { messages } = await desk.call('message.send', {
    to: ['Agent-1', 'Agent-2'],
    text: 'green?',
    from: 'ci',
  })
  const [one, two] = messages
  const ids = [one?.id ?? '', two?.id ?? '']
  expect(await desk.call('message.answers', { id: ids[1] ?? '' })).toEqual({
    asked: [{ question: one }, { question: two }],
    missing: ['Agent-1', 'Agent-2'],
  })
  const answer = await desk.call('message.reply', { id: ids[1] ?? '', text: 'yes' })
  await desk.call('message.reply', { id: ids[1] ?? '', text: 'and once more' })
  await desk.call('message.send', { to: 'Agent-3', text: 'else', from: 'ci' })
  for (const id of [...ids, answer.id])
    expect(await desk.call('message.answers', { id })).toEqual({
      asked: [{ question: one }, { question: two, answer }],
      missing: ['Agent-1'],
    })
})

test('who has answered is asked of one alone, too, and of a message that is not there it is refused', async () => {
  const desk = openDesk()
  const {
    messages: [question],
  } = await desk.call('message.send', { to: 'Agent-1', text: 'ready?' })
  expect(await desk.call('message.answers', { id: question?.id ?? '' })).toEqual({
    asked: [{ question }],
    missing: ['Agent-1'],
  })
  expect((await desk.refused('message.answers', { id: UNKNOWN_ID })).code).toBe(errorCodes.notFound)
  expect((await desk.refused('message.answers', { id: 'seven' })).message).toBe(
    'message.answers: "id" is not an id, such as 0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11.',
  )
})
