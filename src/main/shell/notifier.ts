import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import { PERSON } from '../../contract/person'
import { firstLine, shortened } from './message-words'

/** Messages that end within this time of each other are told in one notification. */
export const MOMENT_MS = 600
/** The least time between two notifications: trouble with a whole queue is one matter, not fifty. */
export const QUIET_MS = 10_000

export interface NotifierDeps {
  subscribe(listener: (event: WaggleEvent) => void): () => void
  notify(title: string, body: string, onClick: () => void): void
  openMessage(id: string, ready?: 'reply'): void
  openWindow(): void
  /** Calls back once after so many ms. */
  later(ms: number, callback: () => void): void
}

/**
 * Tells the person of messages that failed, are in doubt or are held by a guard, and of answers to them, once each; those of one moment together.
 * A click opens the message, an answer ready to be answered, or the window when there are several. Returns the way to stop.
 */
export function createNotifier(deps: NotifierDeps): () => void {
  const untold = new Map<string, Message>()
  const inDoubt = new Set<string>()
  let resting = false
  let stopped = false
  const tell = () => {
    const messages = [...untold.values()]
    untold.clear()
    resting = messages.length > 0 && !stopped
    if (!resting) return
    notify(messages, deps)
    deps.later(QUIET_MS, tell)
  }
  const unsubscribe = deps.subscribe((event) => {
    if (event.type !== 'message') return
    const { message } = event
    // Settled again within the moment, it is nobody's trouble any more.
    untold.delete(message.id)
    // That it has failed is then the person's own word.
    const isSettled = inDoubt.delete(message.id) && message.state === 'failed'
    if (message.state === 'in-doubt') inDoubt.add(message.id)
    if (isSettled || !needsPerson(message)) return
    untold.set(message.id, message)
    if (resting) return
    resting = true
    deps.later(MOMENT_MS, tell)
  })
  return () => {
    stopped = true
    unsubscribe()
  }
}

function notify(messages: readonly Message[], deps: NotifierDeps): void {
  const [only] = messages
  if (only && messages.length === 1) {
    const ready = isForPerson(only) && !isHeld(only) ? 'reply' : undefined
    deps.notify(titleOf(only), bodyOf(only), () => deps.openMessage(only.id, ready))
    return
  }
  const lines = [
    summary(
      messages.filter(({ state }) => state === 'in-doubt'),
      'may have been sent: you decide',
    ),
    summary(
      messages.filter(({ state }) => state === 'failed'),
      'could not be delivered',
    ),
    summary(messages.filter(isHeld), 'are held: too many, too fast'),
    summary(
      messages
        .filter((message) => isForPerson(message) && !isHeld(message))
        .map((one) => ({ ...one, to: one.from })),
      'have answered you',
    ),
  ]
  const body = lines.filter((line) => line !== undefined).join('\n')
  deps.notify(`${messages.length} messages need you`, body, () => deps.openWindow())
}

function needsPerson(message: Message): boolean {
  return message.state === 'failed' || message.state === 'in-doubt' || isHeld(message) || isForPerson(message)
}

/** Held by a guard until the person lets it go. */
function isHeld({ state, failure }: Message): boolean {
  return state === 'queued' && failure?.code === 'held'
}

/** An answer that waits for the person. */
function isForPerson({ state, to, replyTo }: Message): boolean {
  return state === 'queued' && to === PERSON && replyTo !== undefined
}

function titleOf({ state, to, from, failure }: Message): string {
  if (state === 'queued') return failure ? `Messages of ${from} are held` : `${from} has answered`
  return state === 'failed' ? `Not delivered to ${to}` : `May have been sent to ${to}: you decide`
}

const LEFT = 'Some of its text may still stand in the agent’s input.'

/** Why, what is left of it, then the text's beginning. */
function bodyOf({ failure, text }: Message): string {
  const quote = `“${shortened(firstLine(text), 80)}”`
  if (!failure) return quote
  const left = failure.left === true ? `${LEFT}\n` : ''
  return `${failure.message}\n${left}${quote}`
}

const NAMES = 3

function summary(messages: readonly Message[], what: string): string | undefined {
  if (messages.length === 0) return undefined
  const names = [...new Set(messages.map(({ to }) => to))]
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : ''
  return `${messages.length} ${what} (${names.slice(0, NAMES).join(', ')}${more})`
}
