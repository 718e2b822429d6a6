import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import type { Message } from '../../src/contract/message'
import { openDesk, type Desk } from './desk'

async function send(desk: Desk, to: string, from = 'script'): Promise<Message> {
  const { messages } = await desk.call('message.send', { to, text: `from ${from}`, from })
  const [message] = messages
  if (!message) throw new Error('nothing was sent')
  return message
}

describe('words around a message', () => {
  test('stand in what is typed, and the text alone is kept beside it', async () => {
    const desk = openDesk()
    await desk.call('agent.set', { name: 'Agent-1', words: 'signed' })
    const message = await send(desk, 'Agent-1', 'ci')
    expect(message).toMatchObject({ text: 'from ci', sentText: '[from ci] from ci' })
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'x', bare: true })
    expect(messages[0]?.sentText).toBeUndefined()
    await desk.call('agent.set', { name: 'Agent-1', words: null })
    expect((await send(desk, 'Agent-1')).sentText).toBeUndefined()
  })

  test('name the message that they belong to, so that it can be answered', async () => {
    const desk = openDesk()
    await desk.call('agent.set', { name: 'Agent-1', words: 'answerable' })
    const { id, sentText } = await send(desk, 'Agent-1', 'ci')
    expect(sentText).toBe(`[from ci, message ${id}; answer with: waggle reply ${id} --message "…"]\nfrom ci`)
  })

  test.each(['no text in it', '{text} {form}', '{text}\u001b[31m'])('%j is refused', async (words) => {
    const error = await openDesk().refused('agent.set', { name: 'Agent-1', words })
    expect(error.code).toBe(errorCodes.invalidParams)
  })
})
