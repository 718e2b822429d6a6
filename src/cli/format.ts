import type { Message } from '../contract/message'
import { visible } from '../contract/visible'

/** Rows as aligned columns, two spaces apart; the last column is not padded. Nothing in a cell turns what follows it round. */
export function columns(table: readonly (readonly string[])[]): string[] {
  const rows = table.map((row) => row.map(visible))
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)))
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** How long ago a moment was, as one says it. */
export function ago(then: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(then)) / 1000))
  if (seconds < 1) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  const days = Math.floor(seconds / 86_400)
  return days === 1 ? 'yesterday' : `${days} days ago`
}

/** A text on one line, cut to a length with an ellipsis. */
export function oneLine(text: string, length = 50): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}

/** What scripts read: the state, the id, the agent, and how it is known or why it failed. */
export function outcomeLine(message: Message): string {
  return [message.state, message.id, message.to, outcome(message)].filter((part) => part !== '').join(' ')
}

/** How a delivery is known ("84ms read-back") or why there was none ("window-missing: sentence"). */
export function outcome({ state, proof, timings, failure }: Message): string {
  if (state === 'delivered') {
    return [timings ? `${Math.round(timings.deliveryMs)}ms` : '', proof ?? '']
      .filter((part) => part !== '')
      .join(' ')
  }
  if (!failure) return ''
  const left = failure.left === true ? ' Some of its text may still stand in the input.' : ''
  return `${failure.code}: ${failure.message}${left}`
}

/** "1 message", "2 messages". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
