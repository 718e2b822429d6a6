import { OperationError, type Failure } from '../../../contract/failure'
import type { ParsedParams, Result } from '../../../contract/operations'
import type { Standing } from '../../../contract/wrap-operations'
import { given } from '../../given'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import type { Errand } from './hand-over'
import type { HandedOver } from './handed-over'

/** A terminal that has joined: where an agent runs under `waggle wrap`. */
export interface JoinedTerminal {
  readonly name: string
  readonly program: string
  readonly pid: number
  readonly standing: Standing
}

type Next = Result<'terminal.next'>

/** After so long without anything to do a terminal is to ask again. */
const ASK_AGAIN_MS = 2000

interface Terminal {
  joined: JoinedTerminal
  /** What waits to be asked for, and who asks. */
  readonly todo: Next[]
  ask: { resolve(next: Next): void; reject(error: unknown): void } | undefined
  handing:
    | { readonly errand: Errand; end(how: HandedOver): void; mayBePasted: boolean; isSubmitted: boolean }
    | undefined
}

/**
 * The terminals in which agents run under `waggle wrap`, each bound to its connection by the signal that aborts with it.
 * The wrapper decides by its screen; here a message is handed to it, and how that ended is heard.
 */
export class Terminals {
  readonly #log: Log
  readonly #byConnection = new Map<AbortSignal, Terminal>()
  readonly #listeners = new Set<() => void>()

  readonly #clock: Pick<Clock, 'setTimer'>

  constructor(log: Log, clock: Pick<Clock, 'setTimer'>) {
    this.#log = log
    this.#clock = clock
  }

  of(name: string): JoinedTerminal | undefined {
    return this.#find(name)?.joined
  }

  /** Calls back whenever a terminal joins, goes or stands otherwise; returns the way to stop. */
  onChange(listener: () => void): () => void {
    const own = () => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /** Throws `OperationError` wrongState when another terminal has that name, or this connection joined before. */
  join(joined: JoinedTerminal, connection: AbortSignal): void {
    const other = this.#find(joined.name)?.joined
    if (other) {
      throw new OperationError(
        'wrongState',
        `${joined.name} runs in another terminal already (${other.program}, process ${other.pid}). Give this one another name.`,
      )
    }
    if (this.#byConnection.has(connection))
      throw new OperationError('wrongState', 'This connection has joined already: one terminal each.')
    connection.throwIfAborted()
    this.#byConnection.set(connection, { joined, todo: [], ask: undefined, handing: undefined })
    connection.addEventListener('abort', () => this.#leave(connection), { once: true })
    this.#log.info(`${joined.name} has joined: ${joined.program} in a terminal, process ${joined.pid}`)
    this.#tell()
  }

  stands(connection: AbortSignal, standing: Standing): void {
    const terminal = this.#joined(connection)
    terminal.joined = { ...terminal.joined, standing }
    this.#tell()
  }

  /** The agent's name has changed: its terminal goes with it. */
  rename(name: string, to: string): void {
    const terminal = this.#find(name)
    if (terminal) terminal.joined = { ...terminal.joined, name: to }
  }

  /** Resolves with the next thing to do. Rejects when the connection ends, or asks twice. */
  next(connection: AbortSignal): Promise<Next> {
    const terminal = this.#joined(connection)
    const next = terminal.todo.shift()
    if (next) return Promise.resolve(next)
    terminal.ask?.reject(new OperationError('wrongState', 'terminal.next was asked again meanwhile.'))
    return new Promise((resolve, reject) => {
      // A client that was killed only ends its side; it is known to have gone when an answer cannot be written.
      const callOff = this.#clock.setTimer(ASK_AGAIN_MS, () => this.#give(terminal, { nothing: true }))
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          callOff()
          settle(value)
        }
      terminal.ask = { resolve: settled(resolve), reject: settled(reject) }
    })
  }

  async step(connection: AbortSignal, { id, step }: ParsedParams<'terminal.step'>): Promise<boolean> {
    const { handing } = this.#joined(connection)
    if (handing?.errand.id !== id) return false
    handing.errand.onStep(step)
    if (step !== 'paste' && step !== 'submit') return true
    if (handing.errand.signal.aborted) return false
    if (step === 'paste') return (handing.mayBePasted = await handing.errand.beforePaste())
    handing.isSubmitted = await handing.errand.beforeSubmit()
    return handing.isSubmitted
  }

  report(connection: AbortSignal, { id, state, failure }: ParsedParams<'terminal.report'>): void {
    const { handing, joined } = this.#joined(connection)
    if (handing?.errand.id !== id) return
    const unexplained = {
      code: 'internal',
      message: `The terminal of ${joined.name} gave no reason.`,
    } as const
    handing.end(state === 'delivered' ? { state } : { state, failure: failure ?? unexplained })
  }

  /** Hands a message to the agent's terminal and resolves with how it went. Never rejects. */
  async handOver(name: string, errand: Errand): Promise<HandedOver> {
    const terminal = this.#find(name)
    if (!terminal) return { state: 'not-submitted', failure: notJoined(name) }
    if (terminal.handing) {
      const message = `Another message is being handed to ${name}.`
      return { state: 'not-submitted', failure: { code: 'agent-busy', message } }
    }
    const { id, text, submit, earlier } = errand
    const ended = new Promise<HandedOver>((resolve) => {
      terminal.handing = { errand, end: resolve, mayBePasted: false, isSubmitted: false }
    })
    const stop = () => this.#give(terminal, { stop: id })
    errand.signal.addEventListener('abort', stop, { once: true })
    this.#give(terminal, { order: { id, text, submit, ...given({ earlier }) } })
    if (errand.signal.aborted) stop()
    try {
      return await ended
    } finally {
      errand.signal.removeEventListener('abort', stop)
      terminal.handing = undefined
    }
  }

  #give(terminal: Terminal, next: Next): void {
    const { ask } = terminal
    terminal.ask = undefined
    if (ask) ask.resolve(next)
    else terminal.todo.push(next)
  }

  #leave(connection: AbortSignal): void {
    const terminal = this.#byConnection.get(connection)
    if (!terminal) return
    this.#byConnection.delete(connection)
    const { joined, handing, ask } = terminal
    this.#log.info(`${joined.name} has left: its terminal's connection ended`)
    ask?.reject(connection.reason)
    const message = `The terminal of ${joined.name} went away before it said how this ended.`
    if (handing?.isSubmitted)
      handing.end({
        state: 'in-doubt',
        failure: {
          code: 'submit-unconfirmed',
          message: `${message} Look whether it arrived, then resolve or retry it.`,
        },
      })
    else
      // The agent may live on with the text in its prompt: only the connection is known to have gone.
      handing?.end({
        state: 'not-submitted',
        failure: { code: 'agent-ended', message, ...(handing.mayBePasted && { left: true }) },
      })
    this.#tell()
  }

  #joined(connection: AbortSignal): Terminal {
    const terminal = this.#byConnection.get(connection)
    if (terminal) return terminal
    throw new OperationError(
      'wrongState',
      'No terminal has joined on this connection. Call terminal.join first.',
    )
  }

  #find(name: string): Terminal | undefined {
    return [...this.#byConnection.values()].find(({ joined }) => joined.name === name)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Why an agent whose way is `terminal` gets nothing while none has joined. */
export function notJoined(name: string): Failure {
  return {
    code: 'agent-ended',
    message: `${name} runs in no terminal now. Start it with: waggle wrap ${/^[\w.-]+$/.test(name) ? name : `'${name}'`} -- COMMAND`,
  }
}
