import type { Agent } from '../../../contract/agent'
import { contains } from '../../../contract/rects'
import type { Clock } from '../../clock'
import type { Desktop } from '../../desktop/desktop'
import { unlessAborted } from '../../hands-off'
import { isMarkedEmpty, lookOfCopy } from '../../looking/copy-look'
import type { Look, SeenInput, TextLook, Tree, Unreadable } from '../../looking/look'
import type { Acquaintance } from './acquaintance'
import type { Input } from './input'
import type { Target } from './locate'

/** The tree tells of a change some time after it (40 to 130 ms): a focus or a text that is not there yet may still come. */
const TREE_LAG_MS = 600
const POLL_MS = 25
/** So many times as long an input is waited for that seems to hold nothing: on a busy machine Slate needed more than twice. */
const PATIENT = 4
/** How long a copy look rests before it selects everything once more. */
const COPY_REST_MS = 100

interface EyeDeps {
  readonly tree: Tree
  readonly desktop: Pick<Desktop, 'readHtml'>
  readonly clock: Clock
  readonly known: Acquaintance
  /** Whether all that stands in the input may be selected and copied. */
  readonly mayCopy: boolean
  /** Aborts when no look is waited for any more. */
  readonly over: AbortSignal
}

/**
 * What looks into one agent's input during a delivery: the accessibility tree where its program shows one, else selecting
 * and copying. Neither types, deletes or moves the focus.
 */
export class Eye {
  readonly #input: Input
  readonly #deps: EyeDeps
  readonly #found: SeenInput | undefined
  /** The same, as long as it may be waited for. */
  readonly #seen: SeenInput | undefined
  #isWeak = false
  readonly #blind: Extract<Look, { kind: 'unreadable' }> | undefined

  private constructor(input: Input, deps: EyeDeps, found: SeenInput | Extract<Look, { kind: 'unreadable' }>) {
    this.#input = input
    this.#deps = deps
    if ('kind' in found) this.#blind = found
    else {
      this.#found = found
      this.#seen = {
        look: (how) => unlessAborted(found.look(how), deps.over),
        changed: (ms) => unlessAborted(found.changed(ms), deps.over),
      }
    }
  }

  /** Finds the input in the tree; called once it has the focus. */
  static async open(
    input: Input,
    deps: EyeDeps,
    find: () => ReturnType<Tree['find']>,
  ): Promise<Eye | Exclude<Look, TextLook>> {
    const end = deps.clock.monotonic() + TREE_LAG_MS
    for (;;) {
      const found = await find()
      if (!('kind' in found) || found.kind === 'unreadable') return new Eye(input, deps, found)
      if (found.isQuestion || deps.clock.monotonic() > end) return found
      await deps.clock.wait(POLL_MS)
    }
  }

  /** Whether it may be selected and copied here, and that tells what stands there. */
  get canCopy(): boolean {
    return this.#deps.mayCopy && this.#deps.known.copies
  }

  /** By what the last look was made. */
  get means(): TextLook['means'] {
    return this.#seen && !this.#isWeak ? 'tree' : 'copy'
  }

  /** Why the tree does not show the input, and what to do about it. */
  get cure(): string {
    return this.#blind?.cure ?? ''
  }

  /** The input in the tree, to be found again without looking for it. */
  get seen(): SeenInput | undefined {
    return this.#found
  }

  /** What the input holds now, with the focus on it. */
  async look(): Promise<Look> {
    return this.#seen ? this.#believed(await this.#settled(this.#seen)) : this.#surely()
  }

  /** As {@link Eye.look} where the focus may have gone elsewhere since. */
  async lookAway(): Promise<Look> {
    return this.#seen ? this.#believed(await this.#seen.look({ focused: false })) : this.#surely()
  }

  /** The same where the desktop is another's: a tree that shows nothing for a moment is no reason to copy. */
  async lookFromAfar(): Promise<Look> {
    const look = await this.#seen?.look({ focused: false })
    if (!look || (look.kind === 'text' && look.sure === 'weak'))
      return unreadable('no-input', 'Bring its window to the front.')
    return look
  }

  /** What the tree tells of where the focus is, which it does also where it shows none of the text; undefined without one. */
  async lookForFocus(): Promise<Look | undefined> {
    return this.#seen && this.#settled(this.#seen)
  }

  /** Brings the focus back to the input before a copy, which does not tell where it is made. */
  async comeBack(): Promise<void> {
    const look = await this.#seen?.look({ focused: true })
    await this.#input.comeBack(look?.kind === 'text')
  }

  /** An input whose tree may show nothing of it (Monaco, by a setting) is copied from, until the tree has shown some. */
  async #believed(look: Look): Promise<Look> {
    this.#isWeak = look.kind === 'text' && look.sure === 'weak'
    return this.#isWeak ? this.#surely() : look
  }

  /**
   * By copying, right after a click into the input: in a burst first, since a page that moves its focus may do so while the
   * waits last.
   */
  async lookAfterClick(): Promise<Look> {
    const look = await this.#inFocus(await this.copyLook(0))
    const isText = look.kind === 'text' && look.text !== ''
    const isSure = this.#deps.known.pace().copyMs === 0 || isText || isMarkedEmpty(look)
    return isSure ? look : this.#slowly()
  }

  /** An input that shows in a burst that it is empty needs no waits for that. */
  async #surely(): Promise<Look> {
    const { known } = this.#deps
    if (known.marksEmpty && known.pace().copyMs > 0) {
      const look = await this.#inFocus(await this.copyLook(0))
      if (isMarkedEmpty(look)) return look
    }
    return this.#slowly()
  }

  /** That nothing was copied may be the waits' fault, where it is not known which the input needs. */
  async #slowly(): Promise<Look> {
    const look = await this.#inFocus(await this.copyLook())
    const isWeak = look.kind === 'text' ? look.sure === 'weak' : look.kind === 'unreadable' && this.canCopy
    const isSure = !isWeak || this.#deps.known.pace().copyMs === 0
    return isSure ? look : this.#inFocus(await this.copyLook(PATIENT))
  }

  /** A copy does not tell where it was made; a tree that shows none of the text still tells where the focus is. */
  async #inFocus(copied: Look): Promise<Look> {
    if (!this.#seen || copied.kind !== 'text') return copied
    const look = await this.#seen.look({ focused: true })
    // A program that does not answer here has not answered the keys, either.
    const isHung = look.kind === 'unreadable' && copied.sure === 'weak'
    return look.kind === 'elsewhere' || isHung ? look : copied
  }

  /**
   * By selecting and copying, with waits so many times as long: all of a text, in an input of which the tree shows a part
   * only. Takes the desktop.
   */
  async copyLook(times = 1): Promise<Look> {
    const { known, desktop } = this.#deps
    if (!this.canCopy) return this.#blind ?? unreadable('copy-fails', 'Its profile does not let Waggle copy.')
    const copied = await this.#input.copyAll(times)
    if (copied.tookMs !== undefined) known.copied(copied.tookMs)
    const look = lookOfCopy(copied, copied.text ? await desktop.readHtml().catch(() => '') : '')
    known.marksEmpty ||= isMarkedEmpty(look)
    if (look.kind !== 'unreadable' || known.pace().copyMs > 0) return look
    known.bearsNoBurst()
    return this.copyLook()
  }

  /** Resolves when it is worth to look again. */
  async change(): Promise<void> {
    if (this.#seen) await this.#seen.changed(TREE_LAG_MS / 4)
    else await this.#deps.clock.wait(COPY_REST_MS)
  }

  /** A focus that the tree does not show yet is waited for. */
  async #settled(seen: SeenInput): Promise<Look> {
    const { clock } = this.#deps
    const end = clock.monotonic() + TREE_LAG_MS
    for (;;) {
      const look = await seen.look({ focused: true })
      if (look.kind !== 'elsewhere' || look.isQuestion || clock.monotonic() > end) return look
      await clock.wait(POLL_MS)
    }
  }
}

function unreadable(why: Unreadable, cure: string): Extract<Look, { kind: 'unreadable' }> {
  return { kind: 'unreadable', why, cure }
}

/** Inputs that were found in the tree, by agent as it is set: read again in a tenth of the time that finding takes. */
export class SeenInputs {
  readonly #seen = new WeakMap<Agent, { readonly windowId: string; readonly input: SeenInput }>()

  keep(agent: Agent, windowId: string, input: SeenInput | undefined): void {
    if (input) this.#seen.set(agent, { windowId, input })
  }

  /** The agent's input in this window, if it was found before and still answers; where it stands now, if it moved. */
  async again(agent: Agent, { window, point }: Target): Promise<Again | undefined> {
    const before = this.#seen.get(agent)
    if (before?.windowId !== window.id) return undefined
    const look = await before.input.look({ focused: false })
    if (look.kind === 'unreadable' || look.kind === 'elsewhere') return undefined
    const rect = look.kind === 'text' ? look.rect : undefined
    const hasMoved = rect !== undefined && !contains(rect, point) && contains(window.rect, centre(rect))
    return { input: before.input, movedTo: hasMoved ? centre(rect) : undefined }
  }
}

export interface Again {
  readonly input: SeenInput
  /** A point in the input, where the calibrated one is not in it any more. */
  readonly movedTo: Target['point'] | undefined
}

function centre({ x, y, width, height }: NonNullable<TextLook['rect']>): Target['point'] {
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) }
}
