import { Message, MessageType, sessionBus, type MessageBus } from 'dbus-next'
import type { Clock } from '../../clock'

/** An object of a program: the program's name on the bus, and the object's path there. */
export type Ref = readonly [bus: string, path: string]

/** Why a question was not answered. */
export type Silence =
  /** No answer in time: the program or the bus hangs. */
  | 'late'
  /** Refused: the object or its program is gone, or it cannot do that. */
  | 'refused'
  /** The bus itself is not there, or not any more. */
  | 'closed'

export class NoAnswer extends Error {
  constructor(
    readonly why: Silence,
    question: string,
  ) {
    super(`${question}: ${why}`)
  }
}

export interface Question {
  readonly to: Ref
  readonly iface: string
  readonly member: string
  readonly signature?: string
  readonly body?: readonly unknown[]
}

/** A signal that a program sent. */
export interface Told {
  readonly sender: string
  readonly path: string
  readonly member: string
  /** The kind of change, in news of a state. */
  readonly detail: unknown
}

/** A connection to a bus. */
export interface Talk {
  readonly isOpen: boolean
  /** The answer's values; rejects with {@link NoAnswer}, after `limitMs` at the latest. */
  ask(question: Question, limitMs: number): Promise<unknown>
  /** Calls back for every signal that match rules bring; returns the way to end that. */
  onTold(listener: (told: Told) => void): () => void
  close(): void
}

interface Waiting {
  readonly settle: (reply: Message | Silence) => void
}

/**
 * Opens a bus by its address; it may turn out closed. dbus-next never forgets a call without a reply, so here replies
 * are matched by hand and an overdue one is forgotten.
 */
export function openTalk(address: string, clock: Clock): Talk {
  const bus = sessionBus({ busAddress: address })
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(told: Told) => void>()
  let isOpen = true
  const end = (): void => {
    if (!isOpen) return
    isOpen = false
    bus.disconnect()
    for (const { settle } of waiting.values()) settle('closed')
  }
  bus.on('error', end)
  bus.on('message', (message) => {
    if (message.type === MessageType.SIGNAL) for (const listener of listeners) listener(toldBy(message))
    else waiting.get(Number(message.replySerial))?.settle(message)
  })
  return {
    get isOpen() {
      return isOpen
    },
    ask: (question, limitMs) =>
      new Promise((resolve, reject) => {
        const { iface, member } = question
        if (!isOpen) {
          reject(new NoAnswer('closed', `${iface}.${member}`))
          return
        }
        const serial = bus.newSerial()
        const callOff = clock.setTimer(limitMs, () => waiting.get(serial)?.settle('late'))
        const settle = (reply: Message | Silence): void => {
          waiting.delete(serial)
          callOff()
          if (typeof reply === 'string') reject(new NoAnswer(reply, `${iface}.${member}`))
          else if (reply.type === MessageType.ERROR) reject(new NoAnswer('refused', `${iface}.${member}`))
          else resolve(reply.body)
        }
        waiting.set(serial, { settle })
        if (!isSent(bus, question, serial)) end()
      }),
    onTold(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: end,
  }
}

function toldBy({ sender, path, member, body }: Message): Told {
  const words: unknown[] = body
  return { sender, path, member, detail: words[0] }
}

/** dbus-next throws when the other side has closed, at the first try or the next. */
function isSent(bus: MessageBus, { to, iface, member, signature, body }: Question, serial: number): boolean {
  const [destination, path] = to
  try {
    bus.send(
      new Message({
        serial,
        destination,
        path,
        interface: iface,
        member,
        ...(signature === undefined ? {} : { signature, body: [...(body ?? [])] }),
      }),
    )
    return true
  } catch {
    return false
  }
}
