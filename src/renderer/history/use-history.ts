import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message } from '../../contract/message'
import type { Params } from '../../contract/operations'
import type { Live } from '../state/live'
import type { HistoryFilter } from '../state/place'
import { withChange } from './history-rows'
import { listParams } from './list-params'

const PAGE = 100
/** A pause in typing, and the least time between two searches while messages come in. */
const SETTLE_MS = 30
const AGAIN_MS = 250

export interface History {
  /** Undefined until the first answer. */
  readonly rows: readonly Message[] | undefined
  readonly trouble: string | undefined
  /** Takes the next page, if there is one. */
  more(): void
}

type Rows = readonly Message[]
type SetRows = (change: (rows: Rows | undefined) => Rows | undefined) => void

/** Settled messages that fit the filter, newest first: asked for page by page, then kept current by events. */
export function useHistory(live: Live, filter: HistoryFilter): History {
  const [rows, setRows] = useState<Rows>()
  const [trouble, setTrouble] = useState<string>()
  const next = useRef<string>(undefined)
  const asked = useRef(0)
  const load = useCallback(
    async (before: string | undefined) => {
      const turn = (asked.current += 1)
      try {
        const page: Params<'message.list'> = { ...listParams(filter, Date.now()), limit: PAGE }
        const answer = await live.call('message.list', before === undefined ? page : { ...page, before })
        // Something else has been asked meanwhile.
        if (turn !== asked.current) return
        next.current = answer.next
        setTrouble(undefined)
        setRows((old) => (before === undefined ? answer.messages : [...(old ?? []), ...answer.messages]))
      } catch (error) {
        if (turn === asked.current) setTrouble(error instanceof Error ? error.message : String(error))
      }
    },
    [live, filter],
  )
  useFirstPage(load, filter.text)
  useChanges(live, filter, setRows)
  const more = useCallback(() => {
    const before = next.current
    next.current = undefined
    if (before !== undefined) void load(before)
  }, [load])
  return { rows, trouble, more }
}

/** Typing is waited for, other choices are not. */
function useFirstPage(load: (before: string | undefined) => Promise<void>, text: string): void {
  const lastText = useRef(text)
  useEffect(() => {
    const timer = setTimeout(() => void load(undefined), text === lastText.current ? 0 : SETTLE_MS)
    lastText.current = text
    return () => clearTimeout(timer)
  }, [load, text])
}

/** A change is put in its place; which new messages a search finds only the store knows, so the newest are asked for. */
function useChanges(live: Live, filter: HistoryFilter, setRows: SetRows): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = (changed: Rows) => {
      setRows((rows) => rows && changed.reduce((all, message) => withChange(all, message, filter), rows))
    }
    const search = async () => {
      try {
        take((await live.call('message.list', { ...listParams(filter, Date.now()), limit: PAGE })).messages)
      } catch {
        // The next change asks again.
      }
    }
    const stop = live.onMessages((changed) => {
      if (filter.text === '') {
        take(changed)
        return
      }
      const ids = new Map(changed.map((message) => [message.id, message]))
      setRows((rows) => rows?.flatMap((row) => withChange([row], ids.get(row.id) ?? row, filter)))
      timer ??= setTimeout(() => {
        timer = undefined
        void search()
      }, AGAIN_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [live, filter, setRows])
}
