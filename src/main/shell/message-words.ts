import type { Message, MessageState } from '../../contract/message'

/** What the shell says of a message. */
export type Told = Pick<Message, 'id' | 'to' | 'text' | 'state'>

const words: Readonly<Record<MessageState, string>> = {
  queued: 'waiting',
  delivering: 'delivering',
  delivered: 'delivered',
  failed: 'failed',
  'in-doubt': 'may have been sent',
  cancelled: 'cancelled',
  expired: 'expired',
}

/** How the message stands, in a word or two. */
export function stateWords({ state }: Pick<Message, 'state'>): string {
  return words[state]
}

/** The first line that says something, without spaces around it. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n', 100)
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  )
}

/** At most so many characters, the last one an ellipsis where something is left out. */
export function shortened(text: string, longest: number): string {
  // By characters, not by UTF-16 units: half an emoji would be a question mark.
  const characters = Array.from(text.slice(0, longest * 4))
  if (characters.length <= longest) return characters.join('')
  return `${characters.slice(0, longest - 1).join('')}…`
}
