import { memo, type KeyboardEvent, type RefObject } from 'react'
import type { Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import { Figure, MessageCells, Word } from '../components/cells'
import { Heading } from '../components/heading'
import { QuietButton } from '../components/quiet-button'
import { RowMark } from '../components/row-mark'
import type { Choice } from '../components/use-choice'
import { VirtualList } from '../components/virtual-list'
import { wholeSpan } from '../format'
import type { Live } from '../state/live'
import { useNow } from '../state/use-now'
import { forAll } from '../state/for-all'
import type { Run } from '../state/use-action'
import { texts } from '../texts'
import type { Line } from './use-line'
import { waitingReason } from './waiting-reason'

interface NextProps {
  readonly live: Live
  readonly line: Line
  readonly status: QueueStatus
  readonly choice: Choice
  readonly scroller: RefObject<HTMLElement | null>
  readonly run: Run
}

/** Those that wait, in the order in which they will go. */
export function Next({ live, line, status, choice, scroller, run }: NextProps) {
  const { total = 0, rows } = line
  const now = useNow(total > 0 ? 1000 : undefined)
  const actions = lineActions(live, choice, run)
  const onKeyDown = (event: KeyboardEvent) => {
    const act = actions.find(({ key }) => key === event.key.toLowerCase())
    if (!act || event.ctrlKey || event.metaKey || event.altKey || targets(choice).length === 0) return
    event.preventDefault()
    act.run()
  }
  return (
    <div onKeyDown={onKeyDown}>
      <NextHeading line={line} checked={choice.checked.size} actions={actions} />
      <VirtualList
        label={texts.queue.next}
        count={total}
        choice={choice}
        multiple
        scroller={scroller}
        keyAt={(index) => rows.get(index)?.id}
        keysBetween={line.idsBetween}
        onLook={line.look}
        renderRow={(index) => {
          const message = rows.get(index)
          return message === undefined ? null : (
            <NextRow
              message={message}
              // Those that are held have no place: others go before them.
              place={index < total - line.held ? index + 1 : undefined}
              reason={waitingReason(message, status)}
              age={wholeSpan(now - Date.parse(message.createdAt))}
              isChecked={choice.checked.has(message.id)}
            />
          )
        }}
      />
    </div>
  )
}

interface LineAction {
  readonly words: string
  /** The key that does it, as `KeyboardEvent.key` gives it in lower case, and as it is shown. */
  readonly key?: string
  readonly shown?: string
  run(): void
}

function targets({ checked, active }: Choice): readonly string[] {
  if (checked.size > 0) return [...checked]
  return active === undefined ? [] : [active]
}

function lineActions(live: Live, choice: Choice, run: Run): readonly LineAction[] {
  const forChosen = (act: (id: string) => Promise<unknown>) => () => {
    run(() => forAll(targets(choice), act))
    choice.uncheck()
  }
  const { actions } = texts
  const prioritize = (priority: 'urgent' | 'normal') => (id: string) =>
    live.call('message.prioritize', { id, priority })
  return [
    {
      words: actions.cancel,
      key: 'delete',
      shown: 'Del',
      run: forChosen((id) => live.call('message.cancel', { id })),
    },
    { words: actions.urgent, key: 'u', shown: 'U', run: forChosen(prioritize('urgent')) },
    { words: actions.normal, run: forChosen(prioritize('normal')) },
  ]
}

interface NextHeadingProps {
  readonly line: Line
  readonly checked: number
  readonly actions: readonly LineAction[]
}

function NextHeading({ line: { total = 0, held }, checked, actions }: NextHeadingProps) {
  if (checked === 0) {
    const parts = [texts.queue.count(total), held > 0 && held < total ? texts.queue.held(held) : undefined]
    return <Heading aside={parts.filter(Boolean).join(', ')}>{texts.queue.next}</Heading>
  }
  return (
    <Heading
      aside={
        <span className="flex items-baseline gap-1">
          {actions.map(({ words, shown, run }) => (
            <QuietButton key={words} {...(shown !== undefined && { shortcut: shown })} onPress={run}>
              {words}
            </QuietButton>
          ))}
        </span>
      }
    >
      {texts.queue.selected(checked)}
    </Heading>
  )
}

interface NextRowProps {
  readonly message: Message
  readonly place: number | undefined
  readonly reason: ReturnType<typeof waitingReason>
  readonly age: string
  readonly isChecked: boolean
}

const NextRow = memo(
  ({ message, place, reason, age, isChecked }: NextRowProps) => (
    <>
      <RowMark place={place} isChecked={isChecked} />
      <MessageCells message={message} />
      {reason ? <Word tone={reason.tone}>{reason.words}</Word> : null}
      <Figure>{age}</Figure>
    </>
  ),
  // A reason is made anew for each drawing.
  (a, b) =>
    a.message === b.message &&
    a.place === b.place &&
    a.age === b.age &&
    a.isChecked === b.isChecked &&
    a.reason?.words === b.reason?.words,
)
