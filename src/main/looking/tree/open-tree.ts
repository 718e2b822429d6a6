import { systemClock, type Clock } from '../../clock'
import type { Log } from '../../log'
import type { Look, Place, SeenInput, TerminalText, Tree } from '../look'
import { Asking } from './asking'
import { unreadable } from './cures'
import { frameOf, inputUnder } from './find-input'
import { focusIn } from './focus'
import { Programs } from './programs'
import { readTerminal, terminalIn } from './read-terminal'
import { createSeenInput, type Found } from './seen-input'
import { createSwitch, type Switch } from './switch'
import { NoAnswer, openTalk, type Ref, type Talk } from './talk'
import { createWakeups, type Wakeups } from './wakeups'

/** A find and a look each answer within this. */
const LIMIT_MS = 900
/** A program that was only just asked for its pages brings them after this at the latest. */
const WAKING_MS = 2000
const AGAIN_MS = 25

interface Bus {
  readonly talk: Talk
  readonly programs: Programs
  readonly wakeups: Wakeups
}

type Answer = Found | Extract<Look, { kind: 'unreadable' | 'elsewhere' }>

/** The accessibility trees of this session's programs, by AT-SPI2 over D-Bus. */
export function openTree(deps: { env: NodeJS.ProcessEnv; clock?: Clock; log?: Log }): Tree {
  return new AtspiTree(deps.env, deps.clock ?? systemClock, deps.log)
}

class AtspiTree implements Tree {
  readonly #clock: Clock
  readonly #log: Log | undefined
  readonly #switch: Switch
  #bus: Bus | undefined
  #isClosed = false

  constructor(env: NodeJS.ProcessEnv, clock: Clock, log: Log | undefined) {
    this.#clock = clock
    this.#log = log
    this.#switch = createSwitch(env, clock)
  }

  async find(place: Place): Promise<SeenInput | Extract<Look, { kind: 'unreadable' | 'elsewhere' }>> {
    const found = await this.#find(place, LIMIT_MS)
    if ('kind' in found) return found
    const findAgain = async (limitMs: number): Promise<Answer> => this.#find(place, limitMs)
    return createSeenInput(found, { clock: this.#clock, place, limitMs: LIMIT_MS, findAgain })
  }

  async readTerminal(place: Place): Promise<TerminalText | Extract<Look, { kind: 'unreadable' }>> {
    try {
      return (await this.#terminal(place)) ?? unreadable('no-input', place)
    } catch (error) {
      const isLate = error instanceof NoAnswer && error.why === 'late'
      return unreadable(isLate ? 'timeout' : 'no-input', place)
    }
  }

  async #terminal(place: Place): Promise<TerminalText | Extract<Look, { kind: 'unreadable' }> | undefined> {
    const bus = await this.#openBus()
    if (!bus) return unreadable('off', place)
    const asking = new Asking(bus.talk, this.#clock, LIMIT_MS)
    const program = await bus.programs.of(asking, place.pid)
    if (!program) return unreadable((await this.#switch.isOn()) ? 'not-registered' : 'off', place)
    const frame = await frameOf(asking, program.root, place)
    const terminal = frame && (await terminalIn(asking, frame))
    return terminal && readTerminal(asking, terminal)
  }

  async isOn(): Promise<boolean> {
    return this.#switch.isOn()
  }

  async turn(on: boolean): Promise<void> {
    return this.#switch.turn(on)
  }

  close(): void {
    this.#isClosed = true
    this.#endBus()
  }

  async #find(place: Place, limitMs: number): Promise<Answer> {
    const end = this.#clock.monotonic() + limitMs
    for (const isLast of [false, true]) {
      try {
        return await this.#search(place, end)
      } catch (error) {
        this.#log?.debug(
          `tree of “${place.title}”: ${error instanceof Error ? error.message : String(error)}`,
        )
        const why = error instanceof NoAnswer ? error.why : 'refused'
        if (why === 'late') return unreadable('timeout', place)
        // The bus may have been started anew, and a program may have changed under our hands.
        if (isLast && why === 'refused') return unreadable('no-input', place)
      }
    }
    return unreadable('off', place)
  }

  async #search(place: Place, end: number): Promise<Answer> {
    const bus = await this.#openBus()
    if (!bus) return unreadable('off', place)
    const asking = new Asking(bus.talk, this.#clock, end - this.#clock.monotonic())
    const program = await bus.programs.of(asking, place.pid)
    if (!program) return unreadable((await this.#switch.isOn()) ? 'not-registered' : 'off', place)
    for (;;) {
      const frame = await frameOf(asking, program.root, place)
      const under = frame && (await inputUnder(asking, frame, place.point))
      if (frame && under?.input) return { ...bus, input: under.input, frame }
      const isEmpty = under?.isPageEmpty === true || (program.isChromium && under?.hasPage === false)
      if (!isEmpty) return elsewhereOr(asking, frame, place)
      const isWaking = this.#clock.monotonic() - program.wokenAt < WAKING_MS
      if (!program.isChromium || !isWaking || asking.leftMs < 4 * AGAIN_MS)
        return unreadable('page-empty', place)
      await this.#clock.wait(AGAIN_MS)
    }
  }

  async #openBus(): Promise<Bus | undefined> {
    if (this.#bus?.talk.isOpen === true) return this.#bus
    this.#endBus()
    const address = await this.#switch.busAddress()
    if (address === undefined || this.#isClosed) return undefined
    const talk = openTalk(address, this.#clock)
    this.#bus = { talk, programs: new Programs(), wakeups: createWakeups(talk, this.#clock) }
    return this.#bus
  }

  #endBus(): void {
    this.#bus?.wakeups.close()
    this.#bus?.talk.close()
    this.#bus = undefined
  }
}

/** Where no input is, the window's focus tells whether something else asks for the person. */
async function elsewhereOr(asking: Asking, frame: Ref | undefined, place: Place): Promise<Answer> {
  const focus = frame && (await focusIn(asking, frame))
  return focus && focus.role !== 'unknown' ? focus : unreadable('no-input', place)
}
