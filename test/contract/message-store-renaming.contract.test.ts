import { describe, expect, test } from 'vitest'
import { newMessage, timings } from '../fakes/new-message'
import { storeKinds, useStore } from './store-kinds'

const failure = { code: 'text-mismatch', message: 'the text read back differs' } as const

describe.each(storeKinds)('a recipient renamed: $name', (kind) => {
  const desk = useStore(kind)
  const recipientOf = (id: string) => desk.store.get(id)?.to

  test('what waits, is in doubt or may be tried again follows; what was delivered keeps its name', async () => {
    const [waits, doubtful, failed, cancelled, delivered, other] = await Promise.all([
      ...Array.from({ length: 5 }, () => desk.send({ to: 'Agent-1' })),
      desk.send({ to: 'Agent-2' }),
    ])
    for (const [one, state] of [
      [doubtful, 'in-doubt'],
      [failed, 'failed'],
    ] as const) {
      desk.store.begin(one?.id ?? '')
      desk.store.finish(one?.id ?? '', { state, failure }, timings)
    }
    desk.store.cancel(cancelled?.id ?? '')
    desk.store.begin(delivered?.id ?? '')
    desk.store.finish(delivered?.id ?? '', { state: 'delivered', proof: 'read-back' }, timings)
    const open = desk.store.renameRecipient('Agent-1', 'Reviewer')
    expect(new Map(open.map(({ id, to }) => [id, to]))).toEqual(
      new Map([waits, doubtful].map((one) => [one?.id, 'Reviewer'])),
    )
    const now = [waits, doubtful, failed, cancelled, delivered, other].map((one) =>
      recipientOf(one?.id ?? ''),
    )
    expect(now).toEqual(['Reviewer', 'Reviewer', 'Reviewer', 'Reviewer', 'Agent-1', 'Agent-2'])
    expect(desk.store.waiting().map(({ to }) => to)).toEqual(['Reviewer', 'Agent-2'])
  })

  test('a key sent before goes on to stand for its message under the new name', async () => {
    const [first] = await desk.store.insert([newMessage({ to: 'Agent-1', key: 'k' })])
    desk.store.renameRecipient('Agent-1', 'Reviewer')
    const [again] = await desk.store.insert([newMessage({ to: 'Reviewer', key: 'k' })])
    expect(again).toMatchObject({ isNew: false, message: { id: first?.message.id } })
  })
})
