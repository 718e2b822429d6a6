import { expect } from 'vitest'
import type { Message } from '../../src/contract/message'
import { openInput, type WineStage } from './stage'
import type { WineWaggle } from './waggle'

interface Numbers {
  readonly windows: number
  readonly senders: number
  readonly each: number
}

export function expectDelivered(message: Message): void {
  expect([message.state, message.proof], message.failure?.message).toEqual(['delivered', 'read-back'])
}

/** All send at once; each message must arrive once, in the right window, and be called delivered only then. */
export async function manySenders(
  waggle: WineWaggle,
  opened: WineStage,
  { windows, senders, each }: Numbers,
): Promise<readonly Message[]> {
  const names = Array.from({ length: windows }, (_, index) => `Agent${index + 1}`)
  for (const [index, name] of names.entries()) {
    const at = [10 + (index % 2) * 620, 30 + Math.floor(index / 2) * 360, 500, 300] as const
    // Half of them rich, as most agents' are.
    const kind = index % 2 === 0 ? 'plain' : 'rich'
    const { point } = await openInput(opened, name, { at, kind })
    await waggle.call('agent.set', { name, at: [point.x, point.y], window: `^${name}: `, profile: 'chat' })
  }
  const sent = Array.from({ length: senders * each }, (_, index) => ({
    to: names[index % windows] ?? '',
    from: `sender ${index % senders}`,
    text: `message ${index} für ${names[index % windows]} 🐝\nzweite Zeile`,
  }))
  const queued = await Promise.all(sent.map(async (params) => waggle.call('message.send', params)))
  const messages = await Promise.all(
    queued.map(async ({ messages: [one] }) =>
      waggle.call('message.wait', { id: one?.id ?? '', timeoutMs: 300_000 }),
    ),
  )
  const all = await opened.stage.ask<{ agent: string; text: string }[]>('submitted')
  const arrived = all.map(({ agent, text }) => `${agent}: ${text}`).toSorted()
  expect(arrived).toEqual(sent.map(({ to, text }) => `${to}: ${text}`).toSorted())
  for (const message of messages) expectDelivered(message)
  return messages
}
