import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { Clock } from '../../clock'
import { FOCUS_MS, type Chord, type Desktop, type Miss } from '../../desktop/desktop'
import type { Turn } from '../../desktop/lock/turns'
import type { TerminalText, Tree } from '../../looking/look'
import { NotSeen, type TerminalLook, type TypedTerminal } from '../terminal/typed-terminal'
import type { Belongings } from './belongings'
import type { Finder } from './finder'
import { isFailure, type Target } from './locate'
import { markedKeys, textMarked, type MarkedKeys } from './marked-text'
import { missed } from './not-submitted'
import { FOUND_RESTING_MS } from './input'
import type { Profile } from './profile'
import type { TerminalPrograms } from './terminal-programs'
import { hintIn, screenOfText, textByCells } from './terminal-screen'
import { unfitProfile } from './unfit-profile'

export interface TerminalInWindowDeps {
  readonly desktop: Pick<Desktop, 'activeWindow' | 'raise' | 'press' | 'offerText' | 'readMarked' | 'pointer'>
  readonly tree: Pick<Tree, 'readTerminal'>
  readonly finder: Pick<Finder, 'look'>
  readonly programs: TerminalPrograms
  readonly clock: Clock
  readonly belongings: Pick<Belongings, 'keep' | 'used' | 'leaveClipboard'>
  /** What the profile of that name does in a window of that program. */
  readonly profileOf: (name: string, app: string) => Profile
}

/** Every one that shows its text pastes by this chord, unless its person has changed that: then nothing is pasted. */
const BY_TREE: MarkedKeys = { paste: ['LeftControl', 'LeftShift', 'V'] }
/** While it is not in front. */
const UNSEEN: TerminalText = { kind: 'terminal', rows: [], cursor: undefined, isFocused: true }
/** Where its cursor is, this one counts in cells. */
const COUNTS_CELLS = /^konsole$/i
const TAKEN_MS = 10_000
const NOTICED_MS = 250
const POLL_MS = 20
const LET_GO_SEEN_MS = 25
/** The tree tells of no change here, so it is looked again so often while something is expected. */
const LOOK_EVERY_MS = 40

/**
 * The terminal in a plain window: looked at by the tree, typed into by the desktop's keys while a turn lasts. Where the window
 * shows no tree its text is marked and read: that, too, only while a turn lasts, and until then it shows nothing.
 */
export class TerminalInWindow implements TypedTerminal {
  readonly #agent: Agent
  readonly #deps: TerminalInWindowDeps
  /** Whether the prompt of that program is known: what stood in it then is its hint. */
  readonly #knows: (readerId: string) => boolean
  #hint: string | undefined
  /** Set where the text is read by marking it. */
  #marked: MarkedKeys | undefined
  #isPressed = false
  #hands:
    | { readonly turn: Pick<Turn, 'check'>; readonly windowId: string; readonly since: number }
    | undefined

  constructor(agent: Agent, deps: TerminalInWindowDeps, knows: (readerId: string) => boolean) {
    this.#agent = agent
    this.#deps = deps
    this.#knows = knows
  }

  async look(): Promise<TerminalLook> {
    const { shown, reader, readsKeys } = await this.#see()
    if (!reader || !this.#knows(reader.id)) this.#hint = hintIn(shown)
    const screen = screenOfText(shown, this.#hint, readsKeys)
    const { x, y } = screen.cursor
    return { screen, reader, drawn: `${x},${y}\n${shown.rows.join('\n')}` }
  }

  /** Who reads it can be told, and not what it shows, until it is brought to the front. */
  async isUnseen(): Promise<boolean> {
    const { window } = await this.#target()
    this.#marked = markedKeys(window.app)
    return this.isMarked && !this.isInHand
  }

  get isMarked(): boolean {
    return this.#marked !== undefined
  }

  /** True from when it is brought to the front until it is let go. */
  get isInHand(): boolean {
    return this.#hands !== undefined
  }

  async changed(ms: number): Promise<void> {
    await this.#deps.clock.wait(Math.min(ms, LOOK_EVERY_MS))
  }

  isAlive(readerId: string): boolean {
    return this.#deps.programs.isAlive(readerId)
  }

  startOf(readerId: string): number | undefined {
    return this.#deps.programs.startOf(readerId)
  }

  /** Brings its window to the front, for keys until {@link letGo}; a failure says why it has not come there. */
  async bringForward(turn: Pick<Turn, 'check'>, stop: AbortSignal): Promise<Failure | undefined> {
    const { desktop, clock, belongings } = this.#deps
    const { window } = await this.#target()
    await belongings.keep()
    turn.check()
    belongings.used(window.id, await desktop.pointer())
    if ((await desktop.activeWindow()) !== window.id) await desktop.raise(window.id)
    const end = clock.monotonic() + FOCUS_MS
    while ((await desktop.activeWindow()) !== window.id) {
      stop.throwIfAborted()
      if (clock.monotonic() > end) return this.#miss('focus-elsewhere', window.title)
      await clock.wait(POLL_MS)
    }
    this.#hands = { turn, windowId: window.id, since: clock.monotonic() - FOUND_RESTING_MS }
    this.#isPressed = false
    return undefined
  }

  /** From now on nothing is typed. */
  letGo(): void {
    this.#hands = undefined
  }

  async paste(text: string): Promise<Failure | undefined> {
    const { desktop, clock } = this.#deps
    const windowId = this.#hands?.windowId
    const trouble = await this.#keysTrouble()
    if (trouble || windowId === undefined) return trouble
    const { paste, by } = this.#marked ?? BY_TREE
    const offer = await desktop.offerText(text, windowId, by)
    // Whether there is something to paste is asked by GNOME's terminal beforehand: until then its key types ^V.
    await offer.changed(NOTICED_MS)
    const refused = await this.#press(paste)
    if (refused) return refused
    const end = clock.monotonic() + TAKEN_MS
    while (offer.taken === false && !offer.stolen && this.#hands && clock.monotonic() < end)
      await offer.changed(Math.min(end - clock.monotonic(), LET_GO_SEEN_MS))
    if (offer.taken === true) return undefined
    return this.#hands ? this.#notTaken() : this.#mayTakeItLate('was stopped before it took the text')
  }

  async enter(): Promise<Failure | undefined> {
    const refused = (await this.#keysTrouble()) ?? (await this.#press(['Enter']))
    this.#isPressed = !refused
    return refused
  }

  /**
   * A terminal that hangs may still ask for the text: it must not get what its person had on the clipboard then. One that
   * answers has had the key long since, and pastes by another one.
   */
  async #notTaken(): Promise<Failure> {
    const { name } = this.#agent
    const isHung = await this.#see().then(
      () => false,
      () => true,
    )
    if (!isHung)
      return {
        code: 'text-mismatch',
        message: `The terminal of ${name} did not take the text by ${this.#pasteKey()}: its window may paste by another key. Run it by \`waggle wrap ${name} -- COMMAND\`, or in tmux.`,
      }
    return this.#mayTakeItLate(`does not take the text by ${this.#pasteKey()}, and does not answer`)
  }

  #pasteKey(): string {
    return this.#marked?.by === 'primary' ? 'Shift+Insert' : 'Ctrl+Shift+V'
  }

  #mayTakeItLate(what: string): Failure {
    this.#deps.belongings.leaveClipboard()
    return {
      code: 'earlier-paste',
      left: true,
      message: `The terminal of ${this.#agent.name} ${what}: it may take it late. It is not pasted again while it may come.`,
    }
  }

  /** Why keys would not go into the terminal itself. */
  async #keysTrouble(): Promise<Failure | undefined> {
    const { name } = this.#agent
    if (!this.#hands)
      return { code: 'focus-lost', message: `The desktop was let go before ${name} was done.` }
    const { shown } = await this.#see()
    if (shown.isFocused) return undefined
    return {
      code: 'focus-lost',
      message: `Something else than the terminal has the keys in the window of ${name}: close its menu, search or dialog.`,
    }
  }

  async #press(chord: Chord): Promise<Failure | undefined> {
    const hands = this.#hands
    if (!hands) return { code: 'focus-lost', message: 'The desktop was let go.' }
    hands.turn.check()
    const restMs = this.#deps.clock.monotonic() - hands.since
    const miss = await this.#deps.desktop.press({ windowId: hands.windowId, restMs }, chord)
    return miss && this.#miss(miss, this.#agent.name)
  }

  #miss(miss: Miss, title: string): Failure {
    const { code, message } = missed(miss, this.#agent.name, title)
    return { code, message }
  }

  async #target(): Promise<Target> {
    const found = await this.#deps.finder.look(this.#agent)
    if (isFailure(found)) throw new NotSeen(found)
    const unfit = unfitProfile(this.#agent, found.window.app, this.#deps.profileOf)
    if (unfit) throw new NotSeen(unfit)
    return found
  }

  async #see() {
    const { name } = this.#agent
    const target = await this.#target()
    const { pid, app } = target.window
    if (pid === undefined) throw untold(name, 'the system does not tell whose window it is')
    const { programs } = this.#deps
    const below = programs.below(pid)
    if (below === 'none') throw untold(name, 'no program is seen to read it')
    if (below === 'several')
      throw untold(
        name,
        'its program has several terminals (tabs or windows), and nothing tells which one shows',
      )
    const [text, { readsKeys, columns }] = await Promise.all([
      this.#textOf(target, pid),
      programs.modesOf(below.device),
    ])
    const shown: TerminalText = COUNTS_CELLS.test(app) && columns > 0 ? textByCells(text, columns) : text
    return { shown, readsKeys, reader: programs.readerOf(below.member) }
  }

  async #textOf(target: Target, pid: number): Promise<TerminalText> {
    const { title, rect, app } = target.window
    this.#marked = markedKeys(app)
    if (this.#marked) return this.#readMarked(target)
    const text = await this.#deps.tree.readTerminal({ pid, title, rect, point: target.point })
    if (text.kind === 'terminal') return text
    throw untold(this.#agent.name, 'its window does not tell its text', text.cure)
  }

  async #readMarked({ window }: Target): Promise<TerminalText> {
    const { desktop, clock, belongings } = this.#deps
    const hands = this.#hands
    if (!hands) return UNSEEN
    hands.turn.check()
    const restMs = clock.monotonic() - hands.since
    const countsClicks = this.#marked?.countsClicks === true
    const aim = { windowId: window.id, rect: window.rect, restMs, countsClicks }
    const read = await desktop.readMarked(aim)
    belongings.used(window.id, await desktop.pointer())
    if (typeof read !== 'string') return textMarked(read.text)
    if (!this.#isPressed) throw new NotSeen(this.#miss(read, window.title))
    // Past its Enter there is nothing to stop: what became of it is for the agent's own record to tell, or for a person.
    this.letGo()
    return UNSEEN
  }
}

function untold(name: string, why: string, cure = ''): NotSeen {
  return new NotSeen({
    code: 'unreadable',
    message: `${name} is in a plain terminal window, and ${why}. Run it by \`waggle wrap ${name} -- COMMAND\`, or in tmux (\`waggle agents set ${name} --tmux PANE\`).${cure && ` Or: ${cure}`}`,
  })
}
