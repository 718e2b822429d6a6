import type { Message } from '../../contract/message'
import type { Call } from '../state/call'

/** What is known of the line; rows that were not looked at are not known. */
export interface LineView {
  /** Undefined until the first answer. */
  readonly total: number | undefined
  readonly held: number
  /** By place in line, from 0. */
  readonly rows: ReadonlyMap<number, Message>
  readonly trouble: string | undefined
}

export interface LinePagesDeps {
  readonly call: Call
  /** Calls this after so many ms; returns the way to stop it. */
  setTimer(ms: number, run: () => void): () => void
}

/** The line as far as it is looked at: the rows in view are asked for again when the line changes, others forgotten. */
export interface LinePages {
  readonly view: () => LineView
  readonly subscribe: (listener: () => void) => () => void
  /** The places in view, the last one included. */
  look(first: number, last: number): void
  /** The line may have changed. */
  changed(): void
}

const PAGE = 50
/** The most that the contract gives at once. */
const LIMIT = 1000
/** The least time between two answers: changes show well within 100 ms, and thousands of them cost little. */
const EVERY_MS = 60

export function createLinePages({ call, setTimer }: LinePagesDeps): LinePages {
  const listeners = new Set<() => void>()
  let view: LineView = { total: undefined, held: 0, rows: new Map(), trouble: undefined }
  let wanted = { from: 0, to: PAGE }
  let isStale = false
  let isAsking = false
  const ask = async () => {
    isAsking = true
    isStale = false
    const { from, to } = wanted
    view = await answer(call, view, from, to)
    for (const listener of listeners) listener()
    setTimer(EVERY_MS, () => {
      isAsking = false
      if (isStale || !isKnown(view, wanted)) void ask()
    })
  }
  const askSoon = () => {
    if (!isAsking) void ask()
  }
  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    look: (first, last) => {
      const from = Math.max(0, Math.floor(first / PAGE) * PAGE)
      wanted = { from, to: Math.min(from + LIMIT, (Math.floor(last / PAGE) + 1) * PAGE) }
      if (!isKnown(view, wanted)) askSoon()
    },
    changed: () => {
      isStale = true
      askSoon()
    },
  }
}

async function answer(call: Call, before: LineView, from: number, to: number): Promise<LineView> {
  try {
    const { messages, line } = await call('message.list', { order: 'delivery', skip: from, limit: to - from })
    const rows = new Map(messages.map((message, index) => [from + index, message]))
    return { total: line?.total ?? messages.length, held: line?.held ?? 0, rows, trouble: undefined }
  } catch (error) {
    return { ...before, trouble: error instanceof Error ? error.message : String(error) }
  }
}

function isKnown(
  { total = Infinity, rows, trouble }: LineView,
  { from, to }: { from: number; to: number },
): boolean {
  if (trouble !== undefined) return true
  for (let place = from; place < Math.min(to, total); place++) if (!rows.has(place)) return false
  return true
}
