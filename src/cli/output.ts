import { exitCodes } from './exit-codes'

interface OutputDeps {
  readonly stdout: Pick<NodeJS.WriteStream, 'write' | 'on'>
  complain(line: string): void
  exit(code: number): void
}

/** Standard output, which may be full or gone when something is to be said. */
export class Output {
  readonly #deps: OutputDeps
  #changed = false

  constructor(deps: OutputDeps) {
    this.#deps = deps
    deps.stdout.on('error', (error: NodeJS.ErrnoException) => this.#failed(error))
  }

  print(line: string): void {
    this.#deps.stdout.write(`${line}\n`)
  }

  /** Something was changed in Waggle (a message queued, …): from now on nobody may take a lost line for a failure. */
  changed(): void {
    this.#changed = true
  }

  #failed({ code, message }: NodeJS.ErrnoException): void {
    const { complain, exit } = this.#deps
    if (this.#changed) {
      complain(`waggle: done, but stdout cannot be written (${message}). Do not run this again to repeat it.`)
      return
    }
    // A reader that has seen enough (`waggle history | head`) is no error.
    if (code === 'EPIPE') return exit(exitCodes.done)
    complain(`waggle: stdout cannot be written (${message}).`)
    exit(exitCodes.notDelivered)
  }
}

/** Operations that only tell something. */
const READING = /^(hello|.*\.(list|get|status|history|export|run|look|picture|wait|thread))$/

export function changesSomething(method: string): boolean {
  return !READING.test(method)
}
