import { visible } from '../../contract/visible'
import type { ReactNode } from 'react'
import type { MessageDetail } from '../../contract/message'
import { PERSON } from '../../contract/person'
import { CloseButton } from '../components/close-button'
import { CopyButton } from '../components/copy-button'
import { toneOf, tones } from '../components/tone'
import { clockTime, daysAgo, longDate, span } from '../format'
import type { Live } from '../state/live'
import { useMessage } from '../state/use-message'
import { useNow } from '../state/use-now'
import { remedies, stateWords, texts } from '../texts'
import { useExchange } from '../state/use-exchange'
import { Asked } from './asked'
import { Attempts } from './attempts'
import { MessageActions } from './message-actions'
import { Thread } from './thread'

interface MessageDetailPaneProps {
  readonly live: Live
  readonly id: string
  /** True: ready to be answered at once. */
  readonly reply?: boolean
  /** Where it stands, beside a list or below it. */
  readonly className?: string
  onClose(): void
}

/** The whole message: its text, why it stands as it does, what can be done, and every attempt. */
export function MessageDetailPane({
  live,
  id,
  reply = false,
  className = '',
  onClose,
}: MessageDetailPaneProps) {
  const message = useMessage(live, id)
  const { messages, asked } = useExchange(live, id)
  return (
    <section
      aria-label={texts.detail.title}
      className={`mt-1 mb-3.5 flex h-[max(42%,190px)] min-h-[96px] shrink-0 flex-col overflow-hidden rounded-[11px] border border-line bg-panel wide:h-auto wide:w-[400px] ${className}`}
    >
      {message ? (
        <>
          <Top message={message} onClose={onClose} />
          {/* The region scrolls, so it can be reached by keyboard. */}
          <div
            tabIndex={0}
            role="group"
            aria-label={texts.detail.body}
            className="selectable min-h-0 flex-1 overflow-y-auto px-4 pb-3"
          >
            <Failure message={message} />
            {message.state === 'in-doubt' ? <DoubtHelp /> : null}
            {messages.length > 1 ? (
              <Thread messages={messages} message={message} />
            ) : (
              <p className="mb-3 break-words whitespace-pre-wrap text-text">{message.text}</p>
            )}
            {message.note === undefined ? null : (
              <p className="mb-3 border-l-2 border-line pl-3 text-[12px] text-soft">{message.note}</p>
            )}
            {message.sentText === undefined ? null : <SentText text={message.sentText} />}
            <Asked asked={asked} />
            <Attempts attempts={message.attempts} />
            <Facts message={message} />
          </div>
          <MessageActions live={live} message={message} reply={reply} />
        </>
      ) : null}
    </section>
  )
}

function Top({ message, onClose }: { message: MessageDetail; onClose(): void }) {
  return (
    <div className="shrink-0 px-4 pt-2.5 pb-2">
      <div className="flex items-baseline gap-2.5">
        <Parties message={message} />
        <span className="ml-auto flex shrink-0 self-center">
          <CopyButton text={message.text} />
          <CloseButton onPress={onClose} />
        </span>
      </div>
      <p className={`text-[12px] ${tones[toneOf(message)]}`}>{stateWords(message)}</p>
    </div>
  )
}

/** To whom, from whom; an answer to the person is whose it is. */
function Parties({ message: { to, from, replyTo } }: { message: MessageDetail }) {
  const isAnswer = to === PERSON && replyTo !== undefined
  return (
    <>
      <span className="truncate font-semibold">{visible(isAnswer ? from : to)}</span>
      <span className="truncate text-faint">
        {isAnswer ? texts.detail.answersYou : texts.queue.from(from)}
      </span>
    </>
  )
}

/** The whole that was typed, where words stood around the text. */
function SentText({ text }: { text: string }) {
  return (
    <p className="mb-3 border-l-2 border-line pl-3 text-[12px] break-words whitespace-pre-wrap text-soft">
      <span className="text-faint">{texts.detail.typedAs}</span> {text}
    </p>
  )
}

/** State, reason, remedy: what happened in the delivery's own words, then what to do. */
function Failure({ message: { failure, state } }: { message: MessageDetail }) {
  if (!failure || state === 'delivered') return null
  return (
    <div className="mb-3 border-l-2 border-line pl-3">
      <p className="text-soft">{failure.message}</p>
      {failure.left ? <p className="mt-1 text-soft">{texts.detail.left}</p> : null}
      {/* What can be done about a doubt stands with the buttons. */}
      {state === 'in-doubt' ? null : <p className="mt-1">{remedies[failure.code]}</p>}
    </div>
  )
}

/** What follows from each choice that the buttons below offer. */
function DoubtHelp() {
  const { doubtHelp, arrivedHelp, notArrivedHelp, againHelp } = texts.actions
  return (
    <div className="mb-3 text-[12px] text-soft">
      <p className="mb-0.5 text-text">{doubtHelp}</p>
      {[arrivedHelp, notArrivedHelp, againHelp].map((help) => (
        <p key={help}>{help}</p>
      ))}
    </div>
  )
}

function Facts({ message }: { message: MessageDetail }) {
  const now = useNow(undefined)
  const { createdAt, finishedAt, expiresAt, timings, submit, priority, key, id } = message
  const { detail } = texts
  const facts: readonly (readonly [string, ReactNode] | false)[] = [
    [detail.handedIn, moment(createdAt, now)],
    finishedAt !== undefined && [detail.ended, moment(finishedAt, now)],
    timings !== undefined && [detail.waited, span(timings.waitMs)],
    expiresAt !== undefined && [detail.expires, moment(expiresAt, now)],
    priority !== 'normal' && [detail.priority, texts.queue[priority]],
    !submit && [detail.submit, detail.notSubmitted],
    key !== undefined && [detail.key, key],
    [detail.id, id],
  ]
  return (
    <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-[12px]">
      {facts.map((fact) =>
        fact === false ? null : (
          <div key={fact[0]} className="contents">
            <dt className="text-faint">{fact[0]}</dt>
            <dd className="truncate font-mono text-[11.5px] text-soft">{fact[1]}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** "10:42:07" today, else with its day. */
function moment(iso: string, now: number): string {
  return daysAgo(iso, now) === 0 ? clockTime(iso) : `${longDate(iso)}, ${clockTime(iso)}`
}
