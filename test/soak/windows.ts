import { questionsAnswered, realInputs } from '../harness/hostile'
import { startInputs, type InputEvent, type Inputs } from '../harness/inputs'

interface Submitted {
  readonly agent: string
  readonly text: string
}

const options = { windows: realInputs, accessibility: true }

/** The editors' windows, which now and then end by themselves when Waggle is killed while they ask it for the clipboard. */
export class Windows {
  inputs: Inputs
  renewals = 0
  /** Those of before, of which only what they told is left. */
  readonly #past: Inputs[] = []

  private constructor(inputs: Inputs) {
    this.inputs = inputs
  }

  static async open(): Promise<Windows> {
    return new Windows(await startInputs(options))
  }

  /** What all of them have submitted. */
  submissions(): readonly (Submitted & { readonly at: number })[] {
    return this.#all().flatMap((inputs) => inputs.submissions())
  }

  /** All that went on in one of them. */
  told(name: string): (InputEvent | (Submitted & { readonly at: number }))[] {
    const submitted = this.submissions().filter(({ agent }) => agent === name)
    const events = this.#all().flatMap((inputs) => inputs.events(name))
    return [...submitted, ...events].toSorted((one, other) => one.at - other.at)
  }

  /** How many of their dialogs were answered that had been there to be seen. */
  get answers(): number {
    return this.#all().flatMap((inputs) => questionsAnswered(inputs)).length
  }

  /** As a person does whose program has crashed: starts it again. What stood in its inputs is gone. */
  async renew(): Promise<void> {
    this.renewals += 1
    this.#past.push(this.inputs)
    await this.inputs.stop()
    this.inputs = await startInputs(options)
  }

  async stop(): Promise<void> {
    await this.inputs.stop()
  }

  #all(): Inputs[] {
    return [...this.#past, this.inputs]
  }
}

/** Whether this went wrong because the windows' program has ended. */
export function haveEnded(error: unknown): boolean {
  return String(error).includes('windows ended')
}
