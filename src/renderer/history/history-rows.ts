import type { Message } from '../../contract/message'
import { daysAgo, longDate } from '../format'
import { compareIds, isSettled } from '../state/live-state'
import { texts } from '../texts'

/** The rows, newest first, after this message changed: put in its place, or taken out when it waits again. */
export function withChange(rows: readonly Message[], message: Message): readonly Message[] {
  const at = rows.findIndex((row) => compareIds(row, message) <= 0)
  const here = at >= 0 && rows[at]?.id === message.id
  if (!isSettled(message)) return here ? rows.toSpliced(at, 1) : rows
  return rows.toSpliced(at < 0 ? rows.length : at, here ? 1 : 0, message)
}

export interface Day {
  readonly title: string
  readonly rows: readonly Message[]
}

/** The rows under the days on which they were handed in; days by the desk's own time zone. */
export function byDay(rows: readonly Message[], now: number): Day[] {
  const days: { title: string; rows: Message[] }[] = []
  for (const row of rows) {
    const title = dayTitle(row.createdAt, now)
    const day = days.at(-1)
    if (day?.title === title) day.rows.push(row)
    else days.push({ title, rows: [row] })
  }
  return days
}

function dayTitle(iso: string, now: number): string {
  const ago = daysAgo(iso, now)
  if (ago === 0) return texts.history.today
  return ago === 1 ? texts.history.yesterday : longDate(iso)
}
