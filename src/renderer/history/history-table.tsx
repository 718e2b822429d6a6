import { memo, useMemo, type RefObject } from 'react'
import type { Message } from '../../contract/message'
import { Figure, MessageCells, Word } from '../components/cells'
import { toneOf } from '../components/tone'
import type { Choice } from '../components/use-choice'
import { VirtualList } from '../components/virtual-list'
import { clockTime, span } from '../format'
import { useNow } from '../state/use-now'
import { stateWords, texts } from '../texts'
import { withDays } from './history-rows'

/** How near the end, in rows, the next page is asked for. */
const NEAR_END = 30

interface HistoryTableProps {
  readonly rows: readonly Message[]
  readonly choice: Choice
  readonly scroller: RefObject<HTMLElement | null>
  onNearEnd(): void
}

export function HistoryTable({ rows, choice, scroller, onNearEnd }: HistoryTableProps) {
  const now = useNow(60_000)
  const items = useMemo(() => withDays(rows, now), [rows, now])
  return (
    <VirtualList
      label={texts.history.list}
      count={items.length}
      choice={choice}
      scroller={scroller}
      keyAt={(index) => {
        const item = items[index]
        if (!item) return undefined
        return 'message' in item ? item.message.id : null
      }}
      onLook={(_, last) => {
        if (last > items.length - NEAR_END) onNearEnd()
      }}
      renderRow={(index) => {
        const item = items[index]
        if (!item) return null
        return 'message' in item ? <HistoryRow message={item.message} /> : <DayRow title={item.day} />
      }}
    />
  )
}

function DayRow({ title }: { title: string }) {
  return <p className="bg-bg/60 px-3.5 text-[12px] leading-[35px] font-medium text-faint">{title}</p>
}

const HistoryRow = memo(({ message }: { message: Message }) => (
  <>
    <span className="w-[64px] shrink-0 font-mono text-[12px] text-faint">{clockTime(message.createdAt)}</span>
    <MessageCells message={message} />
    <Word tone={toneOf(message)}>{stateWords(message)}</Word>
    <Figure>{timeTaken(message)}</Figure>
  </>
))

function timeTaken({ state, timings, attempts }: Message): string {
  if (state === 'delivered' && timings) return span(timings.deliveryMs)
  return attempts > 1 ? texts.history.tries(attempts) : ''
}
