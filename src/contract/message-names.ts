/** The names that a message's fields take, and what the states mean. No zod here: pages and the command line need the lists themselves. */

export const priorities = ['urgent', 'normal', 'low'] as const

export const messageStates = [
  'queued',
  'delivering',
  'delivered',
  'failed',
  'in-doubt',
  'cancelled',
  'expired',
] as const

/** The steps of a delivery, in order; `docs/architecture.md` tells what each does. */
export const deliverySteps = [
  'turn',
  'window',
  'focus',
  'paste',
  'read-back',
  'submit',
  'seen-empty',
  'draft-back',
] as const

type State = (typeof messageStates)[number]

const finalStates: ReadonlySet<State> = new Set<State>([
  'delivered',
  'failed',
  'in-doubt',
  'cancelled',
  'expired',
])

/** True once nothing more happens to the message by itself. */
export function isFinal(state: State): boolean {
  return finalStates.has(state)
}
