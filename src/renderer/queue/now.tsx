import { visible } from '../../contract/visible'
import type { ReactNode } from 'react'
import { deliverySteps } from '../../contract/message-names'
import type { DeliveryStep, Message } from '../../contract/message'
import { Word } from '../components/cells'
import { toneOf, type Tone } from '../components/tone'
import { firstLine, span } from '../format'
import type { LiveState } from '../state/live-state'
import { useNow } from '../state/use-now'
import { stateWords, stepWords, texts } from '../texts'
import { waitingReason } from './waiting-reason'

/** What a delivery goes through as the person sees it: first the desk must be free of them. */
const stages: readonly Stage[] = ['desk-free', ...deliverySteps.filter((step) => step !== 'draft-back')]
type Stage = DeliveryStep | 'desk-free'

interface NowProps {
  readonly state: LiveState
  /** The first of those that wait. */
  readonly head: Message | undefined
}

/** The running delivery and its steps; between two, the last one with how it went, so that nothing jumps. */
export function Now({ state, head }: NowProps) {
  const { delivering, paused } = state.status
  return (
    <section
      aria-label={texts.queue.now}
      className="flex h-[88px] shrink-0 flex-col justify-center rounded-[11px] border border-line bg-raise px-4 shadow-card"
    >
      {delivering ? (
        <Running key={delivering.id} state={state} delivering={delivering} />
      ) : (
        <Still state={state} head={paused ? undefined : head} />
      )}
    </section>
  )
}

/** Nothing is under way: what keeps the next one, else how the last one went. */
function Still({ state, head }: NowProps) {
  const { last, status } = state
  const reason = head && waitingReason(head, status)
  if (head && reason?.stage)
    return <Waiting message={head} words={reason.words} tone={reason.tone} stage={reason.stage} />
  if (last) return <Ended message={last} />
  return <p className="text-center text-soft">{status.paused ? texts.queue.idlePaused : texts.queue.idle}</p>
}

type Delivering = NonNullable<LiveState['status']['delivering']>

function Running({ state, delivering }: { state: LiveState; delivering: Delivering }) {
  const now = useNow(100)
  const step = delivering.step === 'draft-back' ? 'seen-empty' : delivering.step
  const text = state.running.find(({ id }) => id === delivering.id)?.text ?? ''
  return (
    <>
      <Line to={delivering.to} from={delivering.from} text={text}>
        <Elapsed ms={now - Date.parse(delivering.since)} />
      </Line>
      <Stages markOf={upTo(step)} />
    </>
  )
}

interface WaitingProps {
  readonly message: Message
  readonly words: string
  readonly tone: Tone
  readonly stage: Stage
}

function Waiting({ message, words, tone, stage }: WaitingProps) {
  return (
    <>
      <Line to={message.to} from={message.from} text={message.text}>
        <Word tone={tone}>{words}</Word>
      </Line>
      <Stages markOf={upTo(stage)} />
    </>
  )
}

function Ended({ message }: { message: Message }) {
  const { timings, state } = message
  const taken = timings?.steps ?? []
  // Only what was done is shown as done: a terminal is never read back, and a failed attempt ends in the step that failed.
  const done = new Map<Stage, number>(
    (state === 'delivered' ? taken : taken.slice(0, -1)).map(({ step, ms }) => [step, ms]),
  )
  const markOf = (stage: Stage) =>
    done.has(stage) || (stage === 'desk-free' && taken.length > 0) ? 'done' : 'open'
  return (
    <>
      <Line to={message.to} from={message.from} text={message.text}>
        <Word tone={toneOf(message)}>{stateWords(message)}</Word>
        {timings ? <Elapsed ms={timings.deliveryMs} /> : null}
      </Line>
      <Stages markOf={markOf} msOf={(stage) => done.get(stage)} />
    </>
  )
}

interface LineProps {
  readonly to: string
  readonly from: string
  readonly text: string
  readonly children: ReactNode
}

function Line({ to, from, text, children }: LineProps) {
  return (
    <div className="flex items-baseline gap-2.5">
      <span className="max-w-[30%] shrink-0 truncate font-semibold">{visible(to)}</span>
      <span className="max-w-[25%] shrink-0 truncate text-faint">{texts.queue.from(from)}</span>
      <span className="min-w-0 flex-1 truncate text-soft">{firstLine(text)}</span>
      {children}
    </div>
  )
}

function Elapsed({ ms }: { ms: number }) {
  return <span className="w-[52px] shrink-0 text-right font-mono text-[12px] text-faint">{span(ms)}</span>
}

type Mark = 'done' | 'going' | 'open'
type MarkOf = (stage: Stage, index: number) => Mark

function upTo(stage: Stage): MarkOf {
  const at = stages.findIndex((one) => one === stage)
  return (_, index) => (index < at ? 'done' : index === at ? 'going' : 'open')
}

const marks: Readonly<Record<Mark, { readonly bar: string; readonly word: string }>> = {
  done: { bar: 'bg-ok', word: 'text-soft' },
  going: { bar: 'bg-accent', word: 'font-[560] text-text' },
  open: { bar: 'bg-line', word: 'text-faint' },
}

function Stages({ markOf, msOf }: { markOf: MarkOf; msOf?: (stage: Stage) => number | undefined }) {
  return (
    <ol className="mt-3 flex gap-[5px]">
      {stages.map((stage, index) => {
        const mark = markOf(stage, index)
        const ms = msOf?.(stage)
        return (
          <li key={stage} data-mark={mark} className={`min-w-0 flex-1 text-[11.5px] ${marks[mark].word}`}>
            <span
              className={`mb-1.5 block h-[3px] rounded-full transition-colors duration-150 ${marks[mark].bar}`}
            />
            <span className="flex items-baseline justify-between gap-1.5">
              <span className="truncate">{stepWords[stage]}</span>
              {ms === undefined ? null : (
                <span className="hidden font-mono text-[11px] text-faint roomy:block">{Math.round(ms)}</span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
