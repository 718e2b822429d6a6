import { OperationError } from '../../contract/failure'
import type { Log } from '../log'

/** Writes how deliveries end; what the disk refuses is kept and written before anything else is delivered. */
export class OutcomeWriter {
  readonly #log: Log
  #unwritten: (() => void)[] = []

  constructor(log: Log) {
    this.#log = log
  }

  /** Calls `after` once it is written, which may be later. False when it has to be tried again. */
  write(settle: () => void, after: () => void = () => undefined): boolean {
    try {
      settle()
    } catch (error) {
      this.#log.error(`How a delivery ended could not be written: ${String(error)}`)
      // An error of the rules would repeat itself for ever.
      if (!(error instanceof OperationError)) {
        this.#unwritten.push(() => void this.write(settle, after))
        return false
      }
    }
    after()
    return true
  }

  /** Writes what is still unwritten; false when the disk refuses some of it again. */
  writeAgain(): boolean {
    const again = this.#unwritten
    this.#unwritten = []
    for (const write of again) write()
    return this.#unwritten.length === 0
  }
}
