import { useState, type RefObject } from 'react'
import type { Message } from '../../contract/message'
import { Figure, MessageCells, Word } from '../components/cells'
import { Heading } from '../components/heading'
import { QuietButton } from '../components/quiet-button'
import { RowMark } from '../components/row-mark'
import { toneOf } from '../components/tone'
import type { Choice } from '../components/use-choice'
import { VirtualList } from '../components/virtual-list'
import { wholeSpan } from '../format'
import type { Dismissals } from '../state/dismissals'
import { forAll } from '../state/for-all'
import type { Live } from '../state/live'
import { useNow } from '../state/use-now'
import type { Run } from '../state/use-action'
import { stateWords, texts } from '../texts'

interface TroubledProps {
  readonly live: Live
  readonly messages: readonly Message[]
  readonly dismissals: Dismissals
  readonly choice: Choice
  readonly scroller: RefObject<HTMLElement | null>
  readonly run: Run
}

/** So many are shown at once, so that those that wait stay in sight. */
const FEW = 5

/** Messages that need someone: in doubt, or failed of late. */
export function Troubled({ messages, choice, scroller, ...deps }: TroubledProps) {
  const now = useNow(messages.length > 0 ? 1000 : undefined)
  const [all, setAll] = useState(false)
  if (messages.length === 0) return null
  const shown = all ? messages : messages.slice(0, FEW)
  const checked = messages.filter(({ id }) => choice.checked.has(id))
  return (
    <>
      <Heading
        aside={
          checked.length > 0 ? (
            <BulkActions messages={checked} choice={choice} {...deps} />
          ) : (
            <MoreOrFewer count={messages.length} all={all} onChange={setAll} />
          )
        }
      >
        {checked.length > 0 ? texts.queue.selected(checked.length) : texts.queue.needsYou}
      </Heading>
      <VirtualList
        label={texts.queue.needsYou}
        count={shown.length}
        choice={choice}
        multiple
        scroller={scroller}
        keyAt={(index) => shown[index]?.id}
        renderRow={(index) => {
          const message = shown[index]
          return message ? (
            <>
              <RowMark isChecked={choice.checked.has(message.id)} />
              <MessageCells message={message} />
              <Word tone={toneOf(message)}>{stateWords(message)}</Word>
              <Figure>{wholeSpan(now - Date.parse(message.finishedAt ?? message.createdAt))}</Figure>
            </>
          ) : null
        }}
      />
    </>
  )
}

interface MoreOrFewerProps {
  readonly count: number
  readonly all: boolean
  onChange(all: boolean): void
}

function MoreOrFewer({ count, all, onChange }: MoreOrFewerProps) {
  if (count <= FEW) return String(count)
  return (
    <QuietButton onPress={() => onChange(!all)}>
      {all ? texts.queue.showFewer : texts.queue.showAll(count)}
    </QuietButton>
  )
}

type BulkActionsProps = Omit<TroubledProps, 'scroller'>

/** What can be done with all of them at once; what suits only some is done for those. */
function BulkActions({ live, messages, dismissals, choice, run }: BulkActionsProps) {
  const { actions } = texts
  const doubtful = messages.filter(({ state }) => state === 'in-doubt').map(({ id }) => id)
  const failed = messages.filter(({ state }) => state === 'failed').map(({ id }) => id)
  const act = (ids: readonly string[], one: (id: string) => Promise<unknown>) => () => {
    run(() => forAll(ids, one))
    choice.uncheck()
  }
  const resolve = (as: 'delivered' | 'failed') =>
    act(doubtful, (id) => live.call('message.resolve', { id, as }))
  const retry = act([...doubtful, ...failed], (id) => live.call('message.retry', { id }))
  const dismiss = () => {
    dismissals.dismiss(failed)
    choice.uncheck()
  }
  return (
    <span className="flex items-baseline gap-1">
      {doubtful.length > 0 ? (
        <>
          <QuietButton title={actions.arrivedHelp} onPress={resolve('delivered')}>
            {actions.arrived}
          </QuietButton>
          <QuietButton title={actions.notArrivedHelp} onPress={resolve('failed')}>
            {actions.notArrived}
          </QuietButton>
        </>
      ) : null}
      <QuietButton {...(doubtful.length > 0 && { title: actions.againHelp })} onPress={retry}>
        {actions.again}
      </QuietButton>
      {failed.length > 0 ? <QuietButton onPress={dismiss}>{actions.dismiss}</QuietButton> : null}
    </span>
  )
}
