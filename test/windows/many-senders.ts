import { expect } from 'vitest'
import type { OperationName, Params, Result } from '../../src/contract/operations'
import type { Message } from '../../src/contract/message'
import { openInput, type WineStage } from './stage'
import type { WineWaggle } from './waggle'

interface Numbers {
  readonly senders: number
  readonly each: number
}

/** A Waggle with these agents, and what their windows have submitted. */
interface Target {
  readonly names: readonly string[]
  call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>>
  submitted(): Promise<readonly { readonly agent: string; readonly text: string }[]>
}

export function expectDelivered(message: Message): void {
  expect([message.state, message.proof], message.failure?.message).toEqual(['delivered', 'read-back'])
}

/** Opens four windows, half of them rich as most agents' are, and has Waggle know them as agents; the first may be there. */
export async function openAgents(waggle: WineWaggle, opened: WineStage, first?: string): Promise<Target> {
  const names = [first ?? 'Agent1', 'Agent2', 'Agent3', 'Agent4']
  for (const [index, name] of names.entries()) {
    if (name === first) continue
    const at = [10 + (index % 2) * 620, 30 + Math.floor(index / 2) * 360, 500, 300] as const
    const kind = index % 2 === 0 ? 'plain' : 'rich'
    const { point } = await openInput(opened, name, { at, kind })
    await waggle.call('agent.set', { name, at: [point.x, point.y], window: `^${name}: `, profile: 'chat' })
  }
  return { names, call: waggle.call, submitted: async () => opened.stage.ask('submitted') }
}

/** All send at once; each message must arrive once, in the right window, and be called delivered only then. */
export async function manySenders(
  { names, call, submitted }: Target,
  { senders, each }: Numbers,
): Promise<readonly Message[]> {
  const before = (await submitted()).length
  const sent = Array.from({ length: senders * each }, (_, index) => {
    const to = names[index % names.length] ?? ''
    return {
      to,
      from: `sender ${index % senders}`,
      text: `message ${index} für ${to} 🐝\nzweite Zeile`,
    }
  })
  const queued = await Promise.all(sent.map(async (params) => call('message.send', params)))
  const messages = await Promise.all(
    queued.map(async ({ messages: [one] }) =>
      call('message.wait', { id: one?.id ?? '', timeoutMs: 300_000 }),
    ),
  )
  const arrived = (await submitted())
    .slice(before)
    .map(({ agent, text }) => `${agent}: ${text}`)
    .toSorted()
  expect(arrived).toEqual(sent.map(({ to, text }) => `${to}: ${text}`).toSorted())
  for (const message of messages) expectDelivered(message)
  return messages
}
