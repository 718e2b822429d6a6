import type { Message } from '../../src/contract/message'
import type { Inputs, InputSpec } from './inputs'

// What every hostile desk has in common: who sends what, and the ledger in the end.

export interface Sent {
  readonly to: string
  readonly from: string
  readonly text: string
}

interface Arrived {
  readonly agent: string
  readonly text: string
}

const texts = [
  'short',
  'two\nlines\tand a tab',
  'héllo 🐝 漢字 שלום',
  'x'.repeat(400),
  'some words of a message '.repeat(40),
]

/** A tree shows a new focus a few hundredths of a second after the page has moved it. */
const UNSEEN_MS = 100

/** The questions answered that had been there to be seen. One that opens under the very key is answered by anybody's. */
export function questionsAnswered(inputs: Pick<Inputs, 'answers'>): unknown[] {
  return inputs.answers().filter(({ by, afterMs }) => by === 'click' || afterMs > UNSEEN_MS)
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

/** What so many senders have to say to these agents, each text unlike every other. */
export function hostileMail(
  count: number,
  { to, senders, random }: { to: readonly string[]; senders: number; random: () => number },
): Sent[] {
  return Array.from({ length: count }, (_, index) => ({
    to: to[index % to.length] ?? '',
    from: `sender-${index % senders}`,
    text: `#${index} ${pick(random, texts)}`,
  }))
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** All that Waggle has said and the windows' own log does not bear out, one line each. */
export function faultsIn(
  sent: readonly Sent[],
  messages: readonly Message[],
  arrived: readonly Arrived[],
): string[] {
  const strays = arrived.filter(
    ({ agent, text }) => !sent.some((one) => one.to === agent && one.text === text),
  )
  const wrong = sent.flatMap(({ to, text }) => {
    const message = messages.find((one) => one.to === to && one.text === text)
    const copies = arrived.filter((one) => one.agent === to && one.text === text).length
    const isFalse =
      !message ||
      copies > 1 ||
      (message.state === 'delivered' && copies === 0) ||
      (message.state === 'failed' && copies > 0)
    const state = message?.state ?? 'lost'
    return isFalse ? `${to} ${state}, arrived ${copies} times: ${text.slice(0, 20)}` : []
  })
  return [
    ...strays.map(({ agent, text }) => `${agent} got what nobody sent it: ${text.slice(0, 40)}`),
    ...wrong,
  ]
}

/** The editors of a hostile desk, in windows of which two lie over each other. */
export const realInputs: readonly InputSpec[] = [
  { name: 'lexical', widget: 'lexical', rect: { x: 10, y: 30, width: 300, height: 300 } },
  { name: 'prosemirror-chat', widget: 'prosemirror-chat', rect: { x: 330, y: 30, width: 310, height: 300 } },
  { name: 'slate', widget: 'slate', rect: { x: 650, y: 30, width: 290, height: 300 } },
  { name: 'monaco', widget: 'monaco', rect: { x: 10, y: 400, width: 300, height: 310 } },
  // These two lie over each other.
  { name: 'textarea', widget: 'textarea', rect: { x: 330, y: 400, width: 300, height: 300 } },
  { name: 'lexical-rich', widget: 'lexical-rich', rect: { x: 400, y: 440, width: 320, height: 300 } },
]
