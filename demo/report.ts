import { isAllRight } from './judge'
import type { Played } from './play'
import { duration, table } from './table'

/** All acts, one a line. */
export function comparison(played: readonly Played[]): string {
  const head = [
    '',
    'messages',
    'right',
    'wrong window',
    'garbled',
    'missing',
    'twice',
    'mean',
    'p50',
    'p95',
    'longest wait',
  ]
  const rows = played.map(({ act, verdict }) => {
    const { messages, right, wrongWindow, garbled, missing, twice, perMessageMs, longestWaitMs } = verdict
    const counts = [messages, right, wrongWindow, garbled, missing, twice].map(String)
    return [
      act.title,
      ...counts,
      ...[perMessageMs.mean, perMessageMs.p50, perMessageMs.p95, longestWaitMs].map(duration),
    ]
  })
  return `${table(head, rows)}\n\nmean, p50, p95: from one submit to the next, as the windows saw it.`
}

/** Whether all that Waggle delivered is right, and a sentence that says so. What scripts did wrong is no failure. */
export function conclusion(played: readonly Played[]): { allRight: boolean; text: string } {
  const own = played.filter(({ act }) => act.way.by === 'waggle').map(({ verdict }) => verdict)
  const sum = (of: 'messages' | 'right' | 'strays' | 'leftovers' | 'misjudged'): number =>
    own.reduce((total, verdict) => total + verdict[of], 0)
  const text = `${sum('right')} of ${sum('messages')} messages by Waggle arrived whole, once, in the right window.`
  const allRight = own.length > 0 && own.every(isAllRight)
  if (allRight) return { allRight, text }
  const [strays, leftovers, misjudged] = [sum('strays'), sum('leftovers'), sum('misjudged')]
  const more = `no message at all: ${strays} texts; left unsent in inputs: ${leftovers}; sender told otherwise: ${misjudged}`
  return { allRight, text: `${text}\nWhat else went wrong: ${more}.` }
}
