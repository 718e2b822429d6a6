import { useState } from 'react'
import type { Message } from '../../contract/message'
import { Figure, MessageCells, Word } from '../components/cells'
import { NoAgents } from '../agents/no-agents'
import { Empty } from '../components/empty'
import { Heading } from '../components/heading'
import { List } from '../components/list'
import { WithPane } from '../components/with-pane'
import { MessageDetailPane } from '../history/message-detail'
import { wholeSpan } from '../format'
import type { Live } from '../state/live'
import { doubtful, waiting, type LiveState } from '../state/live-state'
import { useLive } from '../state/use-live'
import { useNow } from '../state/use-now'
import { stateWords, texts } from '../texts'
import { Compose } from './compose'
import { Now } from './now'
import { waitingReason } from './waiting-reason'

/** More rows than this are counted, not drawn. */
const ROWS = 200

export function QueueView({ live, autoFocus }: { live: Live; autoFocus: string | undefined }) {
  const state = useLive(live)
  const [selected, setSelected] = useState<string>()
  const chosen = selected === undefined ? undefined : state.open.get(selected)
  const pane = chosen ? (
    <MessageDetailPane key={chosen.id} live={live} message={chosen} onClose={() => setSelected(undefined)} />
  ) : null
  return (
    <>
      <Now state={state} />
      <WithPane pane={pane}>
        <Doubtful messages={doubtful(state)} selected={selected} onSelect={setSelected} />
        <Next state={state} selected={selected} onSelect={setSelected} />
      </WithPane>
      <Compose live={live} agents={state.agents} autoFocus={autoFocus} />
    </>
  )
}

interface RowsProps {
  readonly selected: string | undefined
  onSelect(id: string | undefined): void
}

function Doubtful({ messages, ...choice }: RowsProps & { messages: readonly Message[] }) {
  const now = useNow(messages.length > 0 ? 1000 : undefined)
  if (messages.length === 0) return null
  return (
    <>
      <Heading aside={String(messages.length)}>{texts.queue.needsYou}</Heading>
      <List
        label={texts.queue.needsYou}
        items={messages}
        keyOf={idOf}
        {...choice}
        renderRow={(message) => (
          <>
            <MessageCells message={message} />
            <Word tone="doubt">{stateWords(message)}</Word>
            <Figure>{age(message, now)}</Figure>
          </>
        )}
      />
    </>
  )
}

function Next({ state, ...choice }: RowsProps & { state: LiveState }) {
  const messages = waiting(state)
  const now = useNow(messages.length > 0 ? 1000 : undefined)
  const shown = messages.slice(0, ROWS)
  const more = Math.max(messages.length, state.status.depth) - shown.length
  if (messages.length === 0) return <NothingWaits state={state} />
  return (
    <>
      <Heading aside={texts.header.waiting(Math.max(messages.length, state.status.depth))}>
        {texts.queue.next}
      </Heading>
      <List
        label={texts.queue.next}
        items={shown}
        keyOf={idOf}
        {...choice}
        renderRow={(message, index) => <NextRow message={message} index={index} state={state} now={now} />}
      />
      {more > 0 ? <p className="px-1 pt-2 text-[12px] text-faint">{texts.queue.more(more)}</p> : null}
    </>
  )
}

interface NextRowProps {
  readonly message: Message
  readonly index: number
  readonly state: LiveState
  readonly now: number
}

function NextRow({ message, index, state, now }: NextRowProps) {
  const reason = waitingReason(message, state.status)
  return (
    <>
      <span className="w-[20px] shrink-0 font-mono text-[12px] text-faint">{index + 1}</span>
      <MessageCells message={message} />
      {reason ? <Word tone={reason.tone}>{reason.words}</Word> : null}
      <Figure>{age(message, now)}</Figure>
    </>
  )
}

function NothingWaits({ state }: { state: LiveState }) {
  const agent = state.agents[0]?.name
  if (agent === undefined) return <NoAgents />
  return (
    <Empty title={texts.queue.empty} hint={texts.queue.emptyHint} command={texts.queue.emptyExample(agent)} />
  )
}

const idOf = ({ id }: Message) => id
const age = ({ createdAt }: Message, now: number) => wholeSpan(now - Date.parse(createdAt))
