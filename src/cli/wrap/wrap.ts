import { basename } from 'node:path'
import { systemClock } from '../../main/clock'
import { AgentPrompt } from '../../main/ways/terminal/agent-prompt'
import { isAlive, startOf } from '../../main/ways/terminal/reader'
import { sessionRecords } from '../../main/ways/terminal/records/session-records'
import type { TypedTerminal } from '../../main/ways/terminal/typed-terminal'
import type { Standing } from '../../contract/wrap-operations'
import { Membership } from './membership'
import { personTerminal, type PersonTerminal } from './person-terminal'
import { ScreenModel } from './screen-model'
import { startWrapped, type Size, type WrappedProgram } from './wrapped-program'

interface WrapDeps {
  readonly home: string
  readonly name: string
  readonly command: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly pid: number
}

export interface Wrapped {
  /** Its own, or 128 and the number of the signal that ended it. */
  readonly exitCode: number
  /** Why Waggle did not take this terminal, if it did not. */
  readonly refusal: string | undefined
}

/** Without a terminal around it, as in a service. */
const SIZE_OF_NOBODY: Size = { columns: 120, rows: 40 }
/** What a shell says of a program that was ended by SIGHUP. */
const HUNG_UP = 129
/** How long after a person's last key their terminal is left to them. */
const PERSON_MS = 1000

/**
 * Runs a command in a pseudo-terminal of its own until it ends: the person's terminal as if nothing stood between, and
 * Waggle's messages typed into its prompt. Rejects with {@link Refusal} before anything runs when Waggle does not take it,
 * and with other errors where there are no pseudo-terminals.
 */
export async function wrap(deps: WrapDeps): Promise<Wrapped> {
  const person = personTerminal(process.stdin, process.stdout)
  const terminal = new WrappedTerminal()
  const program = basename(deps.command[0] ?? '')
  let standing: Standing = { state: 'starting' }
  const prompt = new AgentPrompt({
    name: () => deps.name,
    terminal,
    clock: systemClock,
    records: sessionRecords,
  })
  const membership = new Membership({
    ...deps,
    program,
    standing: () => standing,
    handOver: (errand) => prompt.handOver(errand),
  })
  await membership.begin()
  try {
    const exitCode = await terminal.run({ ...deps, person }, async () => {
      const now = await prompt.standing()
      if (JSON.stringify(now) === JSON.stringify(standing)) return
      standing = now
      membership.tell(now)
    })
    return { exitCode, refusal: membership.refusal }
  } finally {
    membership.end()
  }
}

type RunDeps = Pick<WrapDeps, 'name' | 'command' | 'env'> & { readonly person: PersonTerminal | undefined }

/** The program, the model of its screen and the person's terminal, connected. */
class WrappedTerminal implements TypedTerminal {
  #program: WrappedProgram | undefined
  #model: ScreenModel | undefined
  #lastKeyAt = -Infinity
  readonly #pauses = new Set<'output' | 'model'>()

  async run(deps: RunDeps, look: () => Promise<void>): Promise<number> {
    const { command, person } = deps
    const model = new ScreenModel({
      size: sizeOf(process.stdout),
      onBehind: (isBehind) => this.#pause('model', isBehind),
      onAnswer: person ? undefined : (data) => this.#program?.write(data),
    })
    this.#model = model
    const program = await startWrapped({
      command,
      size: sizeOf(process.stdout),
      env: environment(deps),
      modes: person?.modes,
      onOutput: (bytes) => this.#handOn(bytes, model),
      onStopped: (byKey) => void this.#stopWithIt(person, byKey),
    })
    this.#program = program
    const letGo = this.#connect(program, model, person)
    const watching = new AbortController()
    void watch(model, look, watching.signal)
    const exitCode = await program.ended
    watching.abort()
    letGo()
    return exitCode
  }

  async look() {
    const { model, program } = this.#running()
    const screen = await model.caughtUp()
    const reader = program.reader()
    const isTyping = performance.now() - this.#lastKeyAt < PERSON_MS
    return { screen, reader, drawn: model.drawn, ...(isTyping && { occupied: 'person' as const }) }
  }

  changed(ms: number): Promise<void> {
    return this.#running().model.changed(ms)
  }

  async paste(text: string) {
    // The end of a paste within it would let the rest be taken for keys.
    this.#running().program.write(
      `\u001b[200~${text.replaceAll('\u001b', '').replaceAll('\n', '\r')}\u001b[201~`,
    )
    return undefined
  }

  async enter() {
    this.#running().program.write('\r')
    return undefined
  }

  isAlive(readerId: string): boolean {
    return isAlive(readerId)
  }

  startOf(readerId: string): number | undefined {
    return startOf(readerId)
  }

  #running(): { readonly program: WrappedProgram; readonly model: ScreenModel } {
    if (this.#program && this.#model) return { program: this.#program, model: this.#model }
    throw new Error('its program has not started yet')
  }

  #handOn(bytes: Buffer, model: ScreenModel): void {
    model.feed(bytes)
    if (process.stdout.write(bytes)) return
    this.#pause('output', true)
    process.stdout.once('drain', () => this.#pause('output', false))
  }

  #pause(why: 'output' | 'model', isPaused: boolean): void {
    if (isPaused) this.#pauses.add(why)
    else this.#pauses.delete(why)
    if (this.#pauses.size > 0) this.#program?.pause()
    else this.#program?.resume()
  }

  /** Both directions, the size and signals; returns the way to let the person's terminal go. */
  #connect(program: WrappedProgram, model: ScreenModel, person: PersonTerminal | undefined): () => void {
    person?.seize()
    const onInput = (bytes: Buffer) => {
      if (isTyped(bytes)) this.#lastKeyAt = performance.now()
      program.write(bytes)
    }
    const onResize = () => {
      const size = sizeOf(process.stdout)
      program.resize(size)
      model.resize(size)
    }
    process.stdin.on('data', onInput)
    process.stdout.on('resize', onResize)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.removeAllListeners(signal)
      process.on(signal, () => {
        program.signal(signal)
        // A stopped program would never hear that its terminal has gone; with us it does.
        if (signal === 'SIGHUP' && program.isStopped()) process.exit(HUNG_UP)
      })
    }
    return () => {
      process.stdin.off('data', onInput)
      process.stdout.off('resize', onResize)
      process.stdin.destroy()
      person?.release()
    }
  }

  /** The program was stopped: this process is, too, so that the person's shell goes on; and goes on together with it. */
  async #stopWithIt(person: PersonTerminal | undefined, byKey: boolean): Promise<void> {
    person?.release()
    const wasStopped = person !== undefined && (await stopAll())
    // Without a shell that could let us go on, Ctrl+Z does nothing to a program, and a signal stops it until another one.
    if (!wasStopped && !byKey) await until(() => this.#program?.isStopped() !== true)
    person?.seize()
    this.#program?.goOn()
    const size = sizeOf(process.stdout)
    this.#program?.resize(size)
    this.#model?.resize(size)
  }
}

/** Stops all that the person's shell has started with us; false when that has no effect, since no shell is there. */
async function stopAll(): Promise<boolean> {
  const goesOn = new Promise<boolean>((resolve) => {
    process.once('SIGCONT', () => resolve(true))
    setTimeout(() => resolve(false), 300)
  })
  process.kill(0, 'SIGTSTP')
  return await goesOn
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await systemClock.wait(LOOK_EVERY_MS)
}

const LOOK_EVERY_MS = 50

/** Looks again whenever something was drawn, and now and then, since a program also ends or stops without a word. */
async function watch(model: ScreenModel, look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await model.changed(LOOK_EVERY_MS * 4)
    await systemClock.wait(LOOK_EVERY_MS)
    // A look that fails is repeated at once; the program's end is heard of elsewhere.
    await look().catch(() => undefined)
  }
}

function sizeOf(stdout: Partial<NodeJS.WriteStream>): Size {
  const { columns, rows } = stdout
  return columns && rows ? { columns, rows } : SIZE_OF_NOBODY
}

/** Not keys: what a terminal reports by itself (mouse, focus, answers to a program's questions). */
function isTyped(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  return !/^(?:\u001b(?:\[[<M?>IO]|\[[\d;]*[RcIOn]|[\]P_]))/.test(text)
}

/** The agent knows its own name as a sender; that a packaged command line runs in Electron is no business of its. */
function environment({ env, name }: RunDeps): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: asNode, ...rest } = env
  const keep = asNode !== undefined && process.versions['electron'] === undefined
  return { ...rest, WAGGLE_AGENT: name, ...(keep && { ELECTRON_RUN_AS_NODE: asNode }) }
}
