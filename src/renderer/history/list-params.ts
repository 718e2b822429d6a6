import type { MessageState } from '../../contract/message'
import { messageStates } from '../../contract/message-names'
import type { Params } from '../../contract/operations'
import type { HistoryFilter, Period } from '../state/place'

const DAY = 86_400_000

/** How long a period is, in ms; undefined for any time. */
export const periodMs: Readonly<Record<Period, number | undefined>> = {
  all: undefined,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
}

/** The states that the history shows. */
export const settledStates: readonly MessageState[] = messageStates.filter(
  (state) => state !== 'queued' && state !== 'delivering',
)

/** What `message.list` is asked for this filter; `now` in ms since 1970. */
export function listParams(
  { text, to, from, state, period }: HistoryFilter,
  now: number,
): Params<'message.list'> {
  const states = settledStates.filter((one) => state === undefined || one === state)
  const ms = periodMs[period]
  return {
    states: states.length > 0 ? states : [...settledStates],
    ...(text !== '' && { text }),
    ...(to !== undefined && { to }),
    ...(from !== undefined && { from }),
    ...(ms !== undefined && { since: new Date(now - ms).toISOString() }),
  }
}
