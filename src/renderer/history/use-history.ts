import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message, MessageState } from '../../contract/message'
import type { Live } from '../state/live'
import { isSettled } from '../state/live-state'
import { withChange } from './history-rows'

const finalStates: MessageState[] = ['delivered', 'failed', 'in-doubt', 'cancelled', 'expired']
const PAGE = 100
/** A pause in typing, and the least time between two searches while messages come in. */
const SETTLE_MS = 120

export interface History {
  /** Undefined until the first answer. */
  readonly rows: readonly Message[] | undefined
  readonly trouble: string | undefined
  /** Takes the next page, if there is one. */
  more(): void
}

/** Settled messages that contain `text`, newest first: asked for once, then kept current by events. */
export function useHistory(live: Live, text: string): History {
  const [rows, setRows] = useState<readonly Message[]>()
  const [trouble, setTrouble] = useState<string>()
  const next = useRef<string>(undefined)
  const asked = useRef(0)
  const load = useCallback(
    async (before: string | undefined) => {
      const turn = (asked.current += 1)
      try {
        const answer = await live.call('message.list', {
          states: finalStates,
          limit: PAGE,
          ...(text === '' ? {} : { text }),
          ...(before === undefined ? {} : { before }),
        })
        if (turn !== asked.current) return
        next.current = answer.next
        setTrouble(undefined)
        setRows((old) => (before === undefined ? answer.messages : [...(old ?? []), ...answer.messages]))
      } catch (error) {
        if (turn === asked.current) setTrouble(error instanceof Error ? error.message : String(error))
      }
    },
    [live, text],
  )
  useFirstPage(load)
  useChanges(live, text, load, setRows)
  const more = useCallback(() => {
    const before = next.current
    next.current = undefined
    if (before !== undefined) void load(before)
  }, [load])
  return { rows, trouble, more }
}

type Load = (before: string | undefined) => Promise<void>

function useFirstPage(load: Load): void {
  useEffect(() => {
    const timer = setTimeout(() => void load(undefined), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [load])
}

/** Without a search a change is put in its place; what a search finds only the store knows, so that is asked again. */
function useChanges(
  live: Live,
  text: string,
  load: Load,
  setRows: (change: (rows: readonly Message[] | undefined) => readonly Message[] | undefined) => void,
): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = live.onEvent((event) => {
      if (event.type !== 'message') return
      const { message } = event
      if (text === '') setRows((rows) => rows && withChange(rows, message))
      else if (isSettled(message)) {
        timer ??= setTimeout(() => {
          timer = undefined
          void load(undefined)
        }, SETTLE_MS)
      }
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [live, text, load, setRows])
}
