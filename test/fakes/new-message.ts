import type { NewMessage } from '../../src/main/queue/message-store'

/** A message with the most usual values, for tests that care about one of them. */
export function newMessage(values: Partial<NewMessage> = {}): NewMessage {
  return { to: 'Agent-1', from: 'script', text: 'hello', priority: 'normal', submit: true, ...values }
}

export const timings = { waitMs: 5, deliveryMs: 80, steps: [{ step: 'paste' as const, ms: 40 }] }
