import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/contract/message'
import { timings } from '../fakes/new-message'
import { storeKinds, useStore } from './store-kinds'

const failure = { code: 'not-accepted', message: 'it became a chip', left: true } as const

describe.each(storeKinds)('what was pasted and is not seen gone: $name', (kind) => {
  const desk = useStore(kind)
  const write = (agent: string, messageId: string, text = 'hello') =>
    desk.store.pastes.write(agent, { messageId, text, draft: 'half a th' })

  /** A message to Agent-1 in doubt, which may still stand there. */
  async function inDoubt(): Promise<Message> {
    const { id } = await desk.send({ to: 'Agent-1' })
    desk.store.begin(id)
    write('Agent-1', id)
    return desk.store.finish(id, { state: 'in-doubt', failure }, timings)
  }

  test('each agent has at most one, whole, until it is erased', async () => {
    const { pastes } = desk.store
    const text = 'héllo 🐝\n\t"quoted"'.repeat(4000)
    write('Agent-1', 'a')
    write('Agent-2', 'b')
    await desk.clock.advance(5)
    write('Agent-1', 'c', text)
    const at = new Date(desk.clock.now()).toISOString()
    expect(pastes.of('Agent-1')).toEqual({ messageId: 'c', text, draft: 'half a th', at })
    pastes.erase('Agent-1')
    pastes.erase('Agent-1')
    expect(pastes.of('Agent-1')).toBeUndefined()
    expect(pastes.of('Agent-2')?.messageId).toBe('b')
  })

  test('it outlives every end of its delivery but the message being delivered', async () => {
    const { id } = await inDoubt()
    expect(desk.store.pastes.of('Agent-1')?.messageId).toBe(id)
    desk.store.retry(id)
    desk.store.begin(id)
    write('Agent-1', id)
    desk.store.finish(id, { state: 'queued', failure }, timings)
    desk.store.begin(id)
    desk.store.putBack(id)
    desk.store.begin(id)
    desk.store.recover()
    expect(desk.store.pastes.of('Agent-1')?.messageId).toBe(id)
    desk.store.begin(id)
    desk.store.finish(id, { state: 'delivered', proof: 'read-back' }, timings)
    expect(desk.store.pastes.of('Agent-1')).toBeUndefined()
  })

  test.each(['resolve', 'retry', 'cancel'] as const)('%s by someone who looked erases it', async (change) => {
    const { id } = await inDoubt()
    if (change === 'resolve') desk.store.resolve(id, 'failed')
    else desk.store.retry(id)
    if (change === 'cancel') {
      write('Agent-1', id)
      desk.store.cancel(id)
    }
    expect(desk.store.pastes.of('Agent-1')).toBeUndefined()
  })

  test('a change of another message leaves it, and a change that is refused does', async () => {
    const { id } = await inDoubt()
    const other = await desk.send({ to: 'Agent-1' })
    desk.store.cancel(other.id)
    desk.store.retry(other.id)
    expect(() => desk.store.cancel(id)).toThrow(/Tried to cancel/)
    expect(desk.store.pastes.of('Agent-1')?.messageId).toBe(id)
  })

  test('it follows its agent’s new name, in the place of what was noted for that one', async () => {
    const { id } = await inDoubt()
    write('Reviewer', 'of one that was removed')
    desk.store.renameRecipient('Agent-1', 'Reviewer')
    expect(desk.store.pastes.of('Agent-1')).toBeUndefined()
    expect(desk.store.pastes.of('Reviewer')?.messageId).toBe(id)
    desk.store.renameRecipient('nobody', 'Reviewer')
    expect(desk.store.pastes.of('Reviewer')?.messageId).toBe(id)
  })
})
