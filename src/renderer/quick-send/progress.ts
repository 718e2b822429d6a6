import type { DeliveryStep, Message } from '../../contract/message'
import { deliverySteps, isFinal } from '../../contract/message-names'
import type { QueueStatus } from '../../contract/operations'
import { toneOf, type Tone } from '../components/tone'
import { failureWords, stateWords, stepWords, texts } from '../texts'

export type Mark = 'done' | 'going' | 'open' | 'bad' | 'doubt'

/** What is shown of messages on their way: who, how it stands in words, and a bar of steps or of messages. */
export interface Progress {
  readonly who: string
  readonly words: string
  readonly tone: Tone
  readonly marks: readonly Mark[]
  /** Every one of them is where it should be. */
  readonly arrived: boolean
  /** How long the delivery of a single message took, in ms. */
  readonly tookMs?: number
}

/** Putting a draft back is left out: it is seldom and not part of getting the message there. */
const steps = deliverySteps.filter((step) => step !== 'draft-back')

export function progressOf(messages: readonly Message[], status: QueueStatus): Progress {
  const [only] = messages
  return only && messages.length === 1 ? progressOfOne(only, status) : progressOfSeveral(messages, status)
}

function progressOfOne(message: Message, status: QueueStatus): Progress {
  const { to, state, timings } = message
  const step = status.delivering?.id === message.id ? status.delivering.step : undefined
  const arrived = state === 'delivered'
  return {
    who: to,
    words: step && !isFinal(state) ? stepWords[step] : wordsFor(message, status),
    tone: toneOf(message),
    marks: marksOfOne(message, step),
    arrived,
    ...(arrived && timings && { tookMs: timings.deliveryMs }),
  }
}

function marksOfOne({ state }: Message, step: DeliveryStep | undefined): Mark[] {
  if (state === 'delivered') return steps.map(() => 'done')
  if (state === 'in-doubt') return steps.map((step) => (step === 'seen-empty' ? 'doubt' : 'done'))
  if (isFinal(state)) return steps.map(() => 'bad')
  const at = step === undefined ? -1 : steps.indexOf(step === 'draft-back' ? 'seen-empty' : step)
  return steps.map((_, index) => (index < at ? 'done' : index === at ? 'going' : 'open'))
}

function progressOfSeveral(messages: readonly Message[], status: QueueStatus): Progress {
  const delivered = messages.filter(({ state }) => state === 'delivered').length
  const worst = messages.find(({ state }) => isFinal(state) && state !== 'delivered')
  const waiting = messages.find(({ state }) => state === 'queued')
  const shown = worst ?? waiting
  return {
    who: texts.quickSend.arrived(delivered, messages.length),
    words: shown ? texts.quickSend.one(shown.to, wordsFor(shown, status)) : '',
    tone: shown ? toneOf(shown) : 'ok',
    marks: messages.map(markOf),
    arrived: messages.length > 0 && delivered === messages.length,
  }
}

function markOf({ state }: Message): Mark {
  if (state === 'delivered') return 'done'
  if (state === 'delivering') return 'going'
  if (state === 'in-doubt') return 'doubt'
  return isFinal(state) ? 'bad' : 'open'
}

/** The reason why a message waits is the queue's: it changes without a word from the message. */
function wordsFor(message: Message, { paused, perAgent }: QueueStatus): string {
  if (message.state !== 'queued') return stateWords(message)
  const agent = perAgent[message.to]
  if (paused || agent?.paused) return texts.quickSend.paused
  return agent?.waitingFor
    ? texts.quickSend.waiting(failureWords[agent.waitingFor.code])
    : stateWords(message)
}
