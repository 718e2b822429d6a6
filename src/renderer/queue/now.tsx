import type { DeliveryStep, Message } from '../../contract/message'
import { Word } from '../components/cells'
import { toneOf } from '../components/tone'
import { firstLine, span } from '../format'
import type { LiveState } from '../state/live-state'
import { useNow } from '../state/use-now'
import { stateWords, stepWords, texts } from '../texts'

/** Putting a draft back is left out: it is seldom and not part of getting the message there. */
const steps = [
  'turn',
  'window',
  'focus',
  'paste',
  'read-back',
  'submit',
  'seen-empty',
] as const satisfies DeliveryStep[]

/** The running delivery and its steps; between two, the last one with how it went, so that nothing jumps. */
export function Now({ state }: { state: LiveState }) {
  const { delivering, paused } = state.status
  const { last } = state
  return (
    <section
      aria-label={texts.queue.now}
      className="flex h-[88px] shrink-0 flex-col justify-center rounded-[11px] border border-line bg-raise px-4 shadow-card"
    >
      {delivering ? <Running key={delivering.id} state={state} delivering={delivering} /> : null}
      {!delivering && last ? <Ended message={last} /> : null}
      {!delivering && !last ? (
        <p className="text-center text-soft">{paused ? texts.queue.idlePaused : texts.queue.idle}</p>
      ) : null}
    </section>
  )
}

type Delivering = NonNullable<LiveState['status']['delivering']>

function Running({ state, delivering }: { state: LiveState; delivering: Delivering }) {
  const now = useNow(100)
  const at = steps.indexOf(delivering.step === 'draft-back' ? 'seen-empty' : delivering.step)
  return (
    <>
      <Line to={delivering.to} from={delivering.from} text={state.open.get(delivering.id)?.text ?? ''}>
        <Elapsed ms={now - Date.parse(delivering.since)} />
      </Line>
      <Steps markOf={(_, index) => (index < at ? 'done' : index === at ? 'going' : 'open')} />
    </>
  )
}

function Ended({ message }: { message: Message }) {
  const { timings, state } = message
  const taken = timings?.steps.map(({ step }) => step) ?? []
  // Only what was done is shown as done: a terminal is never read back, and a failed attempt ends in the step that failed.
  const done = new Set(state === 'delivered' ? taken : taken.slice(0, -1))
  return (
    <>
      <Line to={message.to} from={message.from} text={message.text}>
        <Word tone={toneOf(message)}>{stateWords(message)}</Word>
        {timings ? <Elapsed ms={timings.deliveryMs} /> : null}
      </Line>
      <Steps markOf={(step) => (done.has(step) ? 'done' : 'open')} />
    </>
  )
}

interface LineProps {
  readonly to: string
  readonly from: string
  readonly text: string
  readonly children: React.ReactNode
}

function Line({ to, from, text, children }: LineProps) {
  return (
    <div className="flex items-baseline gap-2.5">
      <span className="max-w-[30%] shrink-0 truncate font-semibold">{to}</span>
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

const marks: Readonly<Record<Mark, { readonly bar: string; readonly word: string }>> = {
  done: { bar: 'bg-ok', word: 'text-soft' },
  going: { bar: 'bg-accent', word: 'font-[560] text-text' },
  open: { bar: 'bg-line', word: 'text-faint' },
}

function Steps({ markOf }: { markOf: (step: DeliveryStep, index: number) => Mark }) {
  return (
    <ol className="mt-3 flex gap-[5px]">
      {steps.map((step, index) => {
        const mark = markOf(step, index)
        return (
          <li key={step} data-mark={mark} className={`min-w-0 flex-1 text-[11.5px] ${marks[mark].word}`}>
            <span
              className={`mb-1.5 block h-[3px] rounded-full transition-colors duration-150 ${marks[mark].bar}`}
            />
            <span className="block truncate">{stepWords[step]}</span>
          </li>
        )
      })}
    </ol>
  )
}
