import type { Message } from '../../contract/message'
import { daysAgo, longDate } from '../format'
import { compareIds, isSettled } from '../state/live-state'
import type { HistoryFilter } from '../state/place'
import { texts } from '../texts'

/** The rows, newest first, after this message changed: put in its place, or taken out when it does not fit any more. */
export function withChange(
  rows: readonly Message[],
  message: Message,
  filter: Pick<HistoryFilter, 'to' | 'from' | 'state'>,
): readonly Message[] {
  const at = rows.findIndex((row) => compareIds(row, message) <= 0)
  const here = at >= 0 && rows[at]?.id === message.id
  if (!fits(message, filter)) return here ? rows.toSpliced(at, 1) : rows
  return rows.toSpliced(at < 0 ? rows.length : at, here ? 1 : 0, message)
}

function fits(message: Message, { to, from, state }: Pick<HistoryFilter, 'to' | 'from' | 'state'>): boolean {
  return (
    isSettled(message) &&
    (to === undefined || message.to === to) &&
    (from === undefined || message.from === from) &&
    (state === undefined || message.state === state)
  )
}

/** What stands in a line of the table: a message, or the day of those below it. */
export type HistoryItem = { readonly message: Message } | { readonly day: string }

/** The rows under the days on which they were handed in; days by the desk's own time zone. */
export function withDays(rows: readonly Message[], now: number): HistoryItem[] {
  const items: HistoryItem[] = []
  let before: string | undefined
  let title = ''
  for (const message of rows) {
    // Most rows are of the same day as the one above, and telling the day costs more than comparing the text.
    const key = message.createdAt.slice(0, 13)
    if (key !== before) {
      const day = dayTitle(message.createdAt, now)
      if (day !== title) items.push({ day })
      title = day
      before = key
    }
    items.push({ message })
  }
  return items
}

function dayTitle(iso: string, now: number): string {
  const ago = daysAgo(iso, now)
  if (ago === 0) return texts.history.today
  return ago === 1 ? texts.history.yesterday : longDate(iso)
}
