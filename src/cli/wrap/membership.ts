import type { Result } from '../../contract/operations'
import type { Standing } from '../../contract/wrap-operations'
import type { Errand } from '../../main/ways/terminal/hand-over'
import type { HandedOver } from '../../main/ways/terminal/handed-over'
import { NotRunning, Refusal } from '../../client/errors'
import { connectToWaggle, type Client } from '../../client/pipe-client'

type Order = Extract<Result<'terminal.next'>, { order: unknown }>['order']

interface Deps {
  readonly home: string
  readonly name: string
  readonly program: string
  readonly pid: number
  standing(): Standing
  handOver(errand: Errand): Promise<HandedOver>
}

/** How long after Waggle was not there it is looked for again. */
const LOOK_AGAIN_MS = 1000
/** How long after it refused to take this terminal. */
const ASK_AGAIN_MS = 5000

/** This terminal's place among Waggle's agents: it joins whenever Waggle runs, also after a restart. */
export class Membership {
  readonly #deps: Deps
  #client: Client | undefined
  #stopping = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #isOver = false
  #refusal: string | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Why Waggle did not take this terminal, if it did not. */
  get refusal(): string | undefined {
    return this.#refusal
  }

  /** Joins if Waggle runs, and goes on trying else. Throws {@link Refusal} when Waggle does not take it at first. */
  async begin(): Promise<void> {
    try {
      await this.#join()
    } catch (error) {
      if (error instanceof Refusal) throw error
      this.#again(LOOK_AGAIN_MS)
    }
  }

  /** The agent stands otherwise now. */
  tell(standing: Standing): void {
    // A connection that has gone is joined anew, and says then how it stands.
    this.#client?.call('terminal.stands', { standing }).catch(() => undefined)
  }

  end(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#client?.close()
  }

  async #join(): Promise<void> {
    const { home, name, program, pid, standing } = this.#deps
    const client = await connectToWaggle(home)
    try {
      await client.call('terminal.join', { name, program, pid, standing: standing() })
    } catch (error) {
      client.close()
      throw error
    }
    this.#client = client
    this.#refusal = undefined
    this.tell(standing())
    void this.#serve(client)
  }

  async #serve(client: Client): Promise<void> {
    try {
      for (;;) {
        const next = await client.call('terminal.next', {})
        if ('stop' in next) this.#stopping.abort(new Error('the delivery was stopped'))
        else if ('order' in next) void this.#hand(client, next.order)
      }
    } catch {
      // Waggle has ended: what is in the prompt is not submitted without it.
      this.#stopping.abort(new Error('Waggle has ended'))
    }
    client.close()
    this.#client = undefined
    this.#again(LOOK_AGAIN_MS)
  }

  async #hand(client: Client, order: Order): Promise<void> {
    const { id } = order
    const stopping = new AbortController()
    this.#stopping = stopping
    const ask = async (step: 'paste' | 'submit') => (await client.call('terminal.step', { id, step })).go
    try {
      const handed = await this.#deps.handOver({
        earlier: undefined,
        ...order,
        signal: stopping.signal,
        beforePaste: () => ask('paste'),
        beforeSubmit: () => ask('submit'),
        onStep: (step) => {
          if (step === 'paste' || step === 'submit') return
          client.call('terminal.step', { id, step }).catch(() => undefined)
        },
      })
      await client.call('terminal.report', { id, ...handed })
    } catch {
      // Without a connection there is nobody to tell; Waggle knows that it ended.
    }
  }

  #again(ms: number): void {
    if (this.#isOver) return
    this.#timer = setTimeout(() => {
      this.#join().catch((error: unknown) => {
        if (error instanceof Refusal) this.#refusal = error.message
        else if (!(error instanceof NotRunning)) this.#refusal = String(error)
        this.#again(error instanceof Refusal ? ASK_AGAIN_MS : LOOK_AGAIN_MS)
      })
    }, ms)
  }
}
