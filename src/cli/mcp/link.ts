import { setTimeout as pause } from 'node:timers/promises'
import type { WaggleEvent } from '../../contract/events'
import type { OperationName, Params, Result } from '../../contract/operations'
import { NotRunning } from '../../client/errors'
import { connectToWaggle, type Client } from '../../client/pipe-client'

/** How long nobody asks whether Waggle runs again. */
const AGAIN_MS = 500

/** Waggle, whether it runs or not: each call finds the one that runs at that moment. */
export class Link {
  readonly #home: string
  #client: Promise<Client> | undefined

  constructor(home: string) {
    this.#home = home
  }

  /** Rejects with `Refusal`, or with `NotRunning` while Waggle does not run. */
  async call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>> {
    const client = await this.#connected()
    return client.call(method, params)
  }

  /** The same on a connection of its own, which the signal ends, and with it whatever was waited for. */
  async callAlone<N extends OperationName>(
    method: N,
    params: Params<N>,
    signal: AbortSignal,
    listener: (event: WaggleEvent) => void = () => undefined,
  ): Promise<Result<N>> {
    signal.throwIfAborted()
    const client = await connectToWaggle(this.#home)
    const end = () => client.close()
    signal.addEventListener('abort', end, { once: true })
    try {
      // Called off meanwhile, what is asked for now would be waited for and taken by nobody.
      signal.throwIfAborted()
      return await Promise.race([client.call(method, params), client.follow(listener)])
    } finally {
      signal.removeEventListener('abort', end)
      client.close()
    }
  }

  /** Calls `work` until Waggle does not end in the middle of it, or the time is over. */
  async persistently<T>(
    work: (leftMs: number) => Promise<T>,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<T> {
    const end = performance.now() + timeoutMs
    let isConnected = false
    for (;;) {
      try {
        await this.call('hello', {})
        isConnected = true
        // The contract counts whole milliseconds.
        return await work(Math.max(0, Math.ceil(end - performance.now())))
      } catch (error) {
        if (!(error instanceof NotRunning) || !isConnected || signal.aborted || performance.now() > end)
          throw error
      }
      await pause(AGAIN_MS, undefined, { signal })
    }
  }

  close(): void {
    void this.#client?.then(
      (client) => client.close(),
      () => undefined,
    )
  }

  async #connected(): Promise<Client> {
    this.#client ??= this.#connect()
    return this.#client
  }

  async #connect(): Promise<Client> {
    const forget = () => (this.#client = undefined)
    try {
      const client = await connectToWaggle(this.#home)
      client.follow(() => undefined).catch(forget)
      return client
    } catch (error) {
      forget()
      throw error
    }
  }
}
