import { useState, type UIEvent } from 'react'
import type { Message } from '../../contract/message'
import { Figure, MessageCells, Word } from '../components/cells'
import { toneOf } from '../components/tone'
import { Empty } from '../components/empty'
import { Keycap } from '../components/keycap'
import { List } from '../components/list'
import { Notice } from '../components/notice'
import { WithPane } from '../components/with-pane'
import { fields } from '../fields'
import { clockTime, span } from '../format'
import type { Live } from '../state/live'
import { useChange } from '../state/use-change'
import { useNow } from '../state/use-now'
import { stateWords, texts } from '../texts'
import { byDay } from './history-rows'
import { MessageDetailPane } from './message-detail'
import { useHistory } from './use-history'
import { useMessage } from './use-message'

/** How near the end, in px, the next page is asked for. */
const NEAR_END = 600

interface HistoryViewProps {
  readonly live: Live
  readonly autoFocus: string | undefined
  /** The message that the window was opened for; each time an object of its own. */
  readonly opened: { readonly id: string } | undefined
}

export function HistoryView({ live, autoFocus, opened }: HistoryViewProps) {
  const [text, setText] = useState('')
  const [selected, setSelected] = useState<string>()
  useChange(opened, () => setSelected(opened?.id))
  const { rows, trouble, more } = useHistory(live, text)
  // A message that was asked for may be far down, or still wait.
  const asked = useMessage(live, opened?.id)
  const chosen = rows?.find(({ id }) => id === selected) ?? (asked?.id === selected ? asked : undefined)
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent) => {
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) more()
  }
  const pane = chosen ? (
    <MessageDetailPane key={chosen.id} live={live} message={chosen} onClose={() => setSelected(undefined)} />
  ) : null
  return (
    <>
      <SearchField text={text} onChange={setText} autoFocus={autoFocus === fields.search} />
      {trouble === undefined ? null : <Notice tone="bad">{texts.history.failedToLoad(trouble)}</Notice>}
      <div className="-mb-[18px] flex min-h-0 flex-1 flex-col">
        <WithPane key={text} pane={pane} onScroll={onScroll}>
          {rows ? <Days rows={rows} text={text} selected={selected} onSelect={setSelected} /> : null}
        </WithPane>
      </div>
    </>
  )
}

interface SearchFieldProps {
  readonly text: string
  readonly autoFocus: boolean
  onChange(text: string): void
}

function SearchField({ text, autoFocus, onChange }: SearchFieldProps) {
  return (
    <label className="flex shrink-0 items-center gap-2 rounded-[9px] border border-line bg-raise px-3 py-[7px] focus-within:border-faint/60">
      <input
        id={fields.search}
        type="search"
        aria-label={texts.history.searchLabel}
        placeholder={texts.history.search}
        autoFocus={autoFocus}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (text === '') event.currentTarget.blur()
          onChange('')
        }}
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
      />
      <Keycap>/</Keycap>
    </label>
  )
}

interface DaysProps {
  readonly rows: readonly Message[]
  readonly text: string
  readonly selected: string | undefined
  onSelect(id: string | undefined): void
}

function Days({ rows, text, ...choice }: DaysProps) {
  const now = useNow(60_000)
  if (rows.length === 0) {
    return text === '' ? (
      <Empty title={texts.history.empty} hint={texts.history.emptyHint} />
    ) : (
      <Empty title={texts.history.noMatch(text)} />
    )
  }
  return byDay(rows, now).map((day) => (
    <section key={day.title}>
      <h2 className="sticky top-0 z-[1] bg-bg px-0.5 pt-4 pb-2 text-[12px] font-medium text-faint">
        {day.title}
      </h2>
      <List
        label={day.title}
        items={day.rows}
        keyOf={({ id }) => id}
        {...choice}
        renderRow={(message) => <HistoryRow message={message} />}
      />
    </section>
  ))
}

function HistoryRow({ message }: { message: Message }) {
  return (
    <>
      <span className="w-[64px] shrink-0 font-mono text-[12px] text-faint">
        {clockTime(message.createdAt)}
      </span>
      <MessageCells message={message} />
      <Word tone={toneOf(message)}>{stateWords(message)}</Word>
      <Figure>{timeTaken(message)}</Figure>
    </>
  )
}

function timeTaken({ state, timings, attempts }: Message): string {
  if (state === 'delivered' && timings) return span(timings.deliveryMs)
  return attempts > 1 ? texts.history.tries(attempts) : ''
}
