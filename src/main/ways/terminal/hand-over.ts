import type { Failure } from '../../../contract/failure'
import type { Earlier } from '../../../contract/wrap-operations'
import type { Clock } from '../../clock'
import { wanted, type Wanted } from '../../looking/same-text'
import { troubleOf, type Reader } from '../../looking/standing'
import {
  enterNotTaken,
  inDoubt,
  leftThere,
  madeNewLines,
  notSubmitted,
  stopped,
  troubleNow,
  whyLeft,
  type HandedOver,
} from './handed-over'
import { AWAY_MS, PromptWatch, type Looked, type PromptWatchDeps } from './prompt-watch'
import type { TypedTerminal } from './typed-terminal'

/** A message to be handed over in a terminal. */
export interface Errand {
  readonly id: string
  readonly text: string
  /** False: pasted and left unsent. */
  readonly submit: boolean
  /** What was pasted before and was not seen to leave, by the app's records: a person may have settled it there. */
  readonly earlier: Earlier | undefined
  /** Stops it before its next act. */
  readonly signal: AbortSignal
  /** Called right before the paste; false or a rejection: nothing is pasted. */
  beforePaste(): Promise<boolean>
  /** Called right before Enter; false or a rejection: it is not pressed. */
  beforeSubmit(): Promise<boolean>
  onStep(step: 'paste' | 'read-back' | 'submit' | 'seen-empty'): void
  /** The message has left the prompt after Enter: from now on nothing but looking is done. */
  onLeft?(): void
}

/** A text of ours that was pasted and not seen to leave; as long as its program lives, nothing else is pasted. */
export interface Pasted {
  readonly id: string
  readonly message: Wanted
  readonly readerId: string
  readonly wasSeen: boolean
  /** When it was pasted, where only the records know of it: Waggle was restarted since, and nobody watched. */
  readonly unwatchedSince?: number
  /** What was drawn when Enter was pressed; undefined: it was not. */
  readonly pressedAt: string | number | undefined
  /** How many empty lines stood behind it then, the first time. */
  readonly openLines?: number
}

export interface HandOverDeps extends PromptWatchDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly terminal: Pick<TypedTerminal, 'changed' | 'paste' | 'enter'>
  readonly name: string
  readonly patience: Patience
  pasted(): Pasted | undefined
  remember(pasted: Pasted | undefined): void
  /** True when the agent's own record has the message as one that it was asked. */
  isRecorded(reader: Reader | undefined): boolean
}

/** How long one attempt watches what stands there, in ms. What it leaves behind is remembered, so the next one goes on where it ended. */
export interface Patience {
  /** Until the message is seen in the prompt, */
  readonly seenMs: number
  /** and, once Enter is pressed, until it is taken from there. */
  readonly takenMs: number
}

/** The prompt stands empty for so long before anything is pasted. */
const READY_MS = 100
/** Some programs take an Enter right behind a paste for a part of it. */
const BEFORE_ENTER_MS = 60
/** An Enter that was not taken is pressed again after so long, while the very message still stands there. */
const PRESS_AGAIN_MS = 1500
const MOST_PRESSES = 4
/** One may be an Enter that was taken for a part of the paste. */
const MOST_NEW_LINES = 1
const READY_LIMIT_MS = 1000
/** A paste comes at the latest when the program has read all. */
const COMES_MS = 60_000
const GONE_LIMIT_MS = 60_000
/** Where the prompt does not come back, the agent's record is asked so often. */
const RECORD_EVERY_MS = 1000
/** Told to stop, a delivery past its Enter watches so much longer at most. */
const STOPPED_LIMIT_MS = 2000

/**
 * Hands a message to the program in a terminal: pasted only into its own prompt, seen empty; Enter only when the message
 * itself stands there; delivered once it has left and the prompt stays empty.
 */
export async function handOver(errand: Errand, deps: HandOverDeps): Promise<HandedOver> {
  return new HandOver(errand, deps).run()
}

class HandOver {
  readonly #errand: Errand
  readonly #deps: HandOverDeps
  readonly #watch: PromptWatch

  constructor(errand: Errand, deps: HandOverDeps) {
    this.#errand = errand
    this.#deps = deps
    this.#watch = new PromptWatch(wanted(errand.text), deps)
  }

  async run(): Promise<HandedOver> {
    const earlier = this.#deps.pasted()
    const done = earlier ? await this.#takeUp(earlier) : await this.#pasteWhenReady()
    if (done) return done
    this.#errand.onStep('read-back')
    const unseen = await this.#seeIt()
    if (unseen) return unseen
    if (this.#errand.submit) return await this.#submit()
    this.#deps.remember(undefined)
    return { state: 'delivered' }
  }

  /** What was pasted before: this very message goes on where it was left, another one waits for it. */
  async #takeUp(earlier: Pasted): Promise<HandedOver | undefined> {
    const { name, pasted, remember } = this.#deps
    const { standing } = await this.#watch.look()
    // Looking may have found that its program is gone, and with it the text.
    if (!pasted()) return await this.#pasteWhenReady()
    const isSame = earlier.id === this.#errand.id
    const isOver = earlier.wasSeen || this.#wasLongAgo(earlier)
    if (standing.state === 'ready' && isOver && (await this.#watch.staysAway())) {
      remember(undefined)
      if (!isSame) return await this.#pasteWhenReady()
      if (earlier.pressedAt !== undefined) return { state: 'delivered' }
      return inDoubt(name, 'left the prompt without an Enter of ours')
    }
    if (isSame) return undefined
    const message = `An earlier message was pasted into ${name} and was not seen to leave. Send it there or take it out.`
    return notSubmitted({ code: 'earlier-paste', message })
  }

  /** Nobody watched meanwhile. */
  #wasLongAgo({ unwatchedSince }: Pasted): boolean {
    return unwatchedSince !== undefined && this.#deps.clock.now() - unwatchedSince > COMES_MS
  }

  async #pasteWhenReady(): Promise<HandedOver | undefined> {
    const { terminal, name } = this.#deps
    const { id, text, signal } = this.#errand
    const trouble = await this.#readiness()
    if (trouble) return notSubmitted(trouble)
    if (signal.aborted || !(await this.#errand.beforePaste())) return stopped(name)
    this.#errand.onStep('paste')
    const look = await this.#watch.look()
    const late = troubleNow(look, name)
    if (late) return notSubmitted(late)
    const readerId = look.reader?.id ?? ''
    this.#deps.remember({ id, message: this.#watch.message, readerId, wasSeen: false, pressedAt: undefined })
    // Agents take a backslash right before Enter for "go on in the next line".
    const refused = await terminal.paste(text.endsWith('\\') ? `${text} ` : text)
    if (refused && refused.left !== true) this.#deps.remember(undefined)
    return refused && notSubmitted(refused)
  }

  /** Undefined once the prompt has stood empty for a moment. */
  async #readiness(): Promise<Failure | undefined> {
    const { name } = this.#deps
    const end = this.#watch.now() + READY_LIMIT_MS
    let since: number | undefined
    for (;;) {
      const trouble = troubleNow(await this.#watch.look(), name)
      const now = this.#watch.now()
      since = trouble ? undefined : (since ?? now)
      if (since !== undefined && (now - since >= READY_MS || this.#errand.signal.aborted)) return undefined
      if (trouble && (now > end || !passesSoon(trouble))) return trouble
      await this.#watch.changed(READY_MS)
    }
  }

  /** Undefined once the message itself stands in the prompt. */
  async #seeIt(): Promise<HandedOver | undefined> {
    const { name, pasted } = this.#deps
    const end = this.#watch.now() + this.#deps.patience.seenMs
    for (;;) {
      const look = await this.#watch.look()
      if (!pasted()) return notSubmitted(troubleOf({ state: 'ended' }, name) ?? UNKNOWN)
      if (this.#watch.isThere(look)) {
        this.#note({ wasSeen: true })
        return undefined
      }
      if (this.#watch.now() > end || this.#errand.signal.aborted)
        return leftThere(name, 'does not stand in its prompt')
      await this.#watch.changed(100)
    }
  }

  async #submit(): Promise<HandedOver> {
    const { name, pasted } = this.#deps
    const isPressed = pasted()?.pressedAt !== undefined
    if (!isPressed) await this.#watch.rest(BEFORE_ENTER_MS)
    if (!this.#watch.isThere(await this.#watch.look())) return leftThere(name, 'was changed there')
    if (this.#errand.signal.aborted || !(await this.#errand.beforeSubmit()))
      return leftThere(name, 'was stopped before Enter')
    this.#errand.onStep('submit')
    const unpressed = isPressed ? undefined : await this.#press()
    if (unpressed) return notSubmitted({ ...unpressed, left: true })
    this.#errand.onStep('seen-empty')
    return await this.#seeItGo()
  }

  /** The last look and the key, with nothing in between. Why it was not pressed, if so. */
  async #press(): Promise<Failure | undefined> {
    const look = await this.#watch.look()
    if (!this.#watch.isThere(look)) return whyLeft(this.#deps.name, 'was changed there')
    const { pressedAt: before, openLines = this.#watch.openLines(look) } = this.#deps.pasted() ?? {}
    this.#note({ pressedAt: look.drawn, openLines })
    const refused = await this.#deps.terminal.enter()
    if (refused) this.#note({ pressedAt: before })
    return refused
  }

  async #seeItGo(): Promise<HandedOver> {
    const { name, pasted, remember, patience, isRecorded } = this.#deps
    const takenBy = this.#watch.now() + patience.takenMs
    let end = this.#watch.now() + GONE_LIMIT_MS
    let pressedAt = this.#watch.now()
    let leftAt: number | undefined
    let recordAt = pressedAt + RECORD_EVERY_MS
    for (let presses = 1; ; await this.#watch.changed(100)) {
      const look = await this.#watch.look()
      if (!pasted()) return inDoubt(name, 'was sent, and its program ended')
      const now = this.#watch.now()
      const isThere = this.#watch.isThere(look)
      // Seen to leave an empty prompt behind; what takes its place then, a question or a draft, says nothing about it.
      if (!isThere) this.#errand.onLeft?.()
      if (isThere) leftAt = undefined
      else if (look.standing.state === 'ready') leftAt ??= now
      const isAway = leftAt !== undefined && now - leftAt >= AWAY_MS
      if ((isAway || (!isThere && now - pressedAt > AWAY_MS)) && (await this.#watch.cameBack()))
        return this.#refused()
      const asksRecord = !isThere && now > recordAt
      if (asksRecord) recordAt = now + RECORD_EVERY_MS
      if (isAway || (asksRecord && isRecorded(look.reader))) {
        remember(undefined)
        return { state: 'delivered' }
      }
      // A program that has drawn nothing since has perhaps not read the first one: two would be two answers.
      const mayAgain =
        isThere && presses < MOST_PRESSES && now - pressedAt > PRESS_AGAIN_MS && !this.#errand.signal.aborted
      // Not sooner: what an agent draws while it takes the message may look like it, too.
      if (mayAgain && this.#newLines(look) > MOST_NEW_LINES) return madeNewLines(name)
      if (mayAgain && look.drawn !== pasted()?.pressedAt && !(await this.#press())) {
        presses += 1
        pressedAt = this.#watch.now()
      }
      if (this.#errand.signal.aborted) end = Math.min(end, now + STOPPED_LIMIT_MS)
      if (now > (isThere ? Math.min(takenBy, end) : end)) return this.#stillUndecided(isThere)
    }
  }

  #stillUndecided(isThere: boolean): HandedOver {
    const { name, remember } = this.#deps
    if (isThere) return notSubmitted(enterNotTaken(name))
    remember(undefined)
    return inDoubt(name, 'left the prompt, which has not come back since')
  }

  /** How many have come behind the message since Enter was pressed for the first time. */
  #newLines(look: Looked): number {
    return this.#watch.openLines(look) - (this.#deps.pasted()?.openLines ?? Infinity)
  }

  #note(change: Partial<Pasted>): void {
    const pasted = this.#deps.pasted()
    if (pasted) this.#deps.remember({ ...pasted, ...change })
  }

  #refused(): HandedOver {
    const { name, remember } = this.#deps
    remember(undefined)
    const message = `${name} put the message back into its prompt instead of taking it. Look at what it says about it.`
    return notSubmitted({ code: 'not-accepted', left: true, message })
  }
}

const UNKNOWN: Failure = { code: 'agent-ended', message: 'Its program has ended.' }

/** What a moment's patience may cure: a busy agent's prompt is often back at once. */
function passesSoon({ code }: Failure): boolean {
  return code === 'agent-busy' || code === 'agent-starting'
}
