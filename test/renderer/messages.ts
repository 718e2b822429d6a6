import type { Message } from '../../src/contract/message'

/** An id like those of the store: a later number was handed in later. */
export function idOf(number: number): string {
  return `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export function aMessage({ number = 1, ...fields }: Partial<Message> & { number?: number } = {}): Message {
  return {
    id: idOf(number),
    to: 'Agent-1',
    from: 'build-bot',
    text: 'Hello',
    priority: 'normal',
    submit: true,
    state: 'queued',
    attempts: 0,
    createdAt: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
    proof: null,
    ...fields,
  }
}
