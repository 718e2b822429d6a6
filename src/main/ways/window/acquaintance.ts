import type { Agent, Learnt } from '../../../contract/agent'
import { likeness, type Breaks, type Likeness } from '../../looking/spelling'
import type { Blank, TextLook } from '../../looking/look'

/** Of an input that nobody has tested. Slate learns of a selection up to 100 ms late, Monaco drops a paste within 30 ms. */
const CAREFUL = { copyMs: 120, pasteMs: 150 } as const
/** A program that copies has done so by then, if it was never slower: of the last copies, so many times the slowest. */
const ABSENT = { least: 60, most: 400, times: 4 } as const
const COPIES = 8

/** How long an input needs between two keys, in ms. */
export interface Pace {
  /** Between selecting all and copying, and after leaving the selection: 0 for one that bears all three in a burst. */
  readonly copyMs: number
  /** Between a paste that was taken and the next key. */
  readonly pasteMs: number
  /** After how long without a copy nothing was copied. */
  readonly absentMs: number
}

/** What is known of one agent's input: how it looks when it is empty, how it writes lines, how fast it may be typed into. */
export class Acquaintance {
  #copyMs: number = CAREFUL.copyMs
  #pasteMs: number = CAREFUL.pasteMs
  #breaks: Breaks | undefined
  /** The tree shows an empty input with its words of advice, without them for an instant, and with others later. */
  readonly #trees = new Set<string>()
  #copied: Extract<Blank, { means: 'copy' }>['copied'] | undefined
  #tookMs: number[] = []
  #copies = true
  /** Whether it was tried how the input bears a burst. */
  hasTriedBurst = false
  /** Whether its page shows a selection also where there is no text: then it is seen at once that it is empty. */
  marksEmpty = false

  constructor({ learnt }: Pick<Agent, 'learnt'> = {}) {
    if (!learnt) return
    this.#copyMs = learnt.copyMs
    this.hasTriedBurst = true
    this.#pasteMs = learnt.pasteMs
    this.#breaks = learnt.breaks
    if (learnt.blank.tree !== undefined) this.#trees.add(learnt.blank.tree)
    this.#copied = learnt.blank.copy
  }

  pace(): Pace {
    const slowest = this.#tookMs.length > 0 ? Math.max(...this.#tookMs) * ABSENT.times : ABSENT.most
    const absentMs = Math.min(Math.max(slowest, ABSENT.least), ABSENT.most)
    return { copyMs: this.#copyMs, pasteMs: this.#pasteMs, absentMs }
  }

  /** A test found that the input bears this. */
  bears(copyMs: number, pasteMs: number): void {
    this.#copyMs = copyMs
    this.#pasteMs = pasteMs
  }

  /** Its page showed a text as selected and copied none of it: that bursts were borne before was luck. */
  bearsNoBurst(): void {
    this.bears(CAREFUL.copyMs, Math.max(this.#pasteMs, CAREFUL.pasteMs))
  }

  /** Whether selecting and copying tells what stands there. */
  get copies(): boolean {
    return this.#copies
  }

  canCopy(can: boolean): void {
    this.#copies = can
  }

  /** A copy took that long. */
  copied(tookMs: number): void {
    this.#tookMs = [...this.#tookMs.slice(1 - COPIES), tookMs]
  }

  likeness(got: string, wanted: string): Likeness {
    return likeness(got, wanted, this.#breaks)
  }

  /** The input showed a text of several lines so. */
  writes(breaks: Breaks): void {
    this.#breaks = breaks
  }

  get breaks(): Breaks | undefined {
    return this.#breaks
  }

  /** Whether it is known how the tree shows the empty input. */
  get knowsEmptyTree(): boolean {
    return this.#trees.size > 0
  }

  /** Whether what was seen is the empty input; where its empty look is not known yet, whatever could be it is taken for it. */
  isBlank({ blank, isRich, means, text }: TextLook): boolean {
    if (!blank) return means === 'tree' && text !== '' && this.#trees.has(text)
    if (blank.means === 'copy') return this.#copied === undefined || this.#copied === blank.copied
    // Words of advice change ("Ask anything", "Reply …"); a chip is more than words.
    return !isRich || this.#trees.has(blank.shown)
  }

  /** This is how the input looks when it is empty: what was pasted into it stood there alone. */
  wasBlank(blank: Blank): void {
    if (blank.means === 'copy') this.#copied = blank.copied
    else this.#trees.add(blank.shown)
  }

  /** What a test has made known, to be kept with the agent. */
  facts(): Pick<Learnt, 'copyMs' | 'pasteMs' | 'blank' | 'breaks'> {
    const [tree, copied] = [[...this.#trees].at(-1), this.#copied]
    const blank = { ...(tree !== undefined && { tree }), ...(copied && { copy: copied }) }
    const breaks = this.#breaks
    return { copyMs: this.#copyMs, pasteMs: this.#pasteMs, blank, ...(breaks && { breaks }) }
  }
}

/** What is known of each agent, as it is set; an agent that was set anew is met anew. */
export function createAcquaintances(): (agent: Agent) => Acquaintance {
  const known = new WeakMap<Agent, Acquaintance>()
  return (agent) => {
    const before = known.get(agent)
    if (before) return before
    const met = new Acquaintance(agent)
    known.set(agent, met)
    return met
  }
}
