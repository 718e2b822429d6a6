import type { Agent } from '../../../src/contract/agent'
import type { Failure } from '../../../src/contract/failure'
import type { Message } from '../../../src/contract/message'
import type { OwnProfile } from '../../../src/contract/settings'
import type { Delivery } from '../../../src/main/ways/way'
import type { Chord, Miss } from '../../../src/main/desktop/desktop'
import type { TerminalText } from '../../../src/main/looking/look'
import type { Reader } from '../../../src/main/looking/standing'
import { createProfiles } from '../../../src/main/ways/window/profile'
import { createTerminalWindows } from '../../../src/main/ways/window/terminal-windows'
import type { TerminalBelow } from '../../../src/main/ways/terminal/reader'
import { FakeOffer } from '../../fakes/fake-offer'
import { HastyClock } from '../../fakes/hasty-clock'
import { MemoryPastes } from '../../fakes/memory-pastes'
import { agent } from '../../queue/courier-desk'

const rule = '─'.repeat(60)
const window = { id: 'w', title: 'A terminal', minimized: false }
const message: Message = {
  id: '',
  to: 'A',
  from: 'a',
  text: '',
  priority: 'normal',
  submit: true,
  state: 'delivering',
  attempts: 1,
  createdAt: '',
  proof: null,
}
const rect = { x: 0, y: 0, width: 600, height: 400 }

/** A plain window of a terminal in which an agent runs: its program does what the test says. */
export class FakeTerminalWindow {
  readonly clock = new HastyClock()
  readonly pastes = new MemoryPastes(this.clock)
  /** What was done to the desktop, in order: `raise`, `offer TEXT`, the chords. */
  readonly acts: string[] = []
  pid: number | undefined = 7
  below: TerminalBelow | 'none' | 'several' = { member: 8, device: '/dev/pts/8' }
  reader: Reader | undefined = { id: '8@1', name: 'claude', isStopped: false, kind: 'program' }
  readsKeys = true
  alive = true
  shown: TerminalText = framed('▮')
  /** Set: its tree tells nothing. */
  isMute = false
  active: string | undefined = 'another'
  comesForward = true
  /** Why the next chords are refused. */
  miss: Miss | undefined
  clipboardLeft = false
  freed = 0
  /** A person stops what is under way. */
  readonly stopping = new AbortController()
  /** How often its text was marked, and why the next marks are refused. */
  marks = 0
  markMiss: Miss | undefined
  /** Why it could not be written to when it was in front, newest last; empty again once it could. */
  readonly met: Failure[] = []
  /** The person's own. */
  profiles: Record<string, OwnProfile> = {}
  checkTurn: () => void = () => undefined
  /** What happens at a chord before the program has it. */
  onChord: () => void = () => undefined
  /** What its program makes of the paste chord, of Enter, and of the time that goes by. */
  onPaste: (text: string) => void = (text) => this.show(`${text}▮`)
  onEnter: () => void = () => this.show('▮')
  onTime: () => void = () => undefined
  /** Whether it asks for the text at its chord. */
  takes = true

  readonly #agent: Agent
  readonly #app: string
  readonly #windows = createTerminalWindows(this.#deps())
  #offered: { readonly text: string; readonly offer: FakeOffer } | undefined

  constructor(values: Partial<Agent> = {}, app = 'xfce4-terminal', program = 'claude') {
    this.#app = app
    const calibration = { at: '2026-01-01T00:00:00.000Z', windowId: 'w', title: '', app, rect }
    const profile = 'terminal'
    this.#agent = agent('A', { profile, calibration: { ...calibration, program }, ...values })
  }

  /** Draws its prompt with this in it, the cursor at the mark `▮`. */
  show(row: string): void {
    this.shown = framed(row)
  }

  draw(...rows: readonly string[]): void {
    this.shown = textOf(rows)
  }

  trouble() {
    return this.#windows.trouble(this.#agent)
  }

  /** Its text is the message's id. */
  deliver(text: string): Promise<Delivery> {
    return this.#windows.deliver({
      message: { ...message, id: text, text },
      agent: this.#agent,
      turn: { waitedMs: 0, check: () => this.checkTurn() },
      signal: this.stopping.signal,
      onStep: () => undefined,
      beforeSubmit: () => undefined,
      desktopFree: () => void this.freed++,
    })
  }

  #deps(): Parameters<typeof createTerminalWindows>[0] {
    const { clock } = this
    const found = () => ({
      ...window,
      app: this.#app,
      rect,
      ...(this.pid !== undefined && { pid: this.pid }),
    })
    return {
      pastes: this.pastes,
      clock: {
        now: () => clock.now(),
        monotonic: () => clock.monotonic(),
        setTimer: (ms, call) => clock.setTimer(ms, call),
        wait: async (ms, signal) => {
          this.onTime()
          await clock.wait(ms, signal)
        },
      },
      finder: { look: async () => ({ window: found(), point: { x: 300, y: 300 } }) },
      tree: {
        readTerminal: async () =>
          this.isMute ? { kind: 'unreadable', why: 'timeout', cure: 'Wait for it.' } : this.shown,
      },
      obstacles: {
        look: async () => (_agent, failure) => void this.met.push(failure),
        passed: () => void (this.met.length = 0),
      },
      programs: {
        below: () => this.below,
        readerOf: () => this.reader,
        modesOf: async () => ({ readsKeys: this.readsKeys, columns: 80 }),
        isAlive: () => this.alive,
        startOf: () => 0,
      },
      profileOf: createProfiles({ platform: 'linux', own: () => this.profiles }),
      belongings: {
        keep: async () => undefined,
        used: () => undefined,
        leaveClipboard: () => void (this.clipboardLeft = true),
      },
      desktop: {
        activeWindow: async () => this.active,
        pointer: async () => ({ x: 1, y: 1 }),
        raise: async () => {
          this.acts.push('raise')
          if (this.comesForward) this.active = 'w'
        },
        readMarked: async () => {
          this.marks += 1
          const miss = this.markMiss ?? (this.active === 'w' ? undefined : 'covered')
          return miss ?? { text: this.shown.rows.map((row) => row.trimEnd()).join('\n') }
        },
        offerText: async (text, windowId, by) => {
          this.acts.push(by === undefined ? `offer ${text}` : `mark ${text}`)
          this.#offered = { text, offer: new FakeOffer(windowId ?? '', clock) }
          return this.#offered.offer
        },
        press: async (_aim, ...chords) => this.#press(chords),
      },
    }
  }

  #press(chords: readonly Chord[]): Miss | undefined {
    if (this.miss) return this.miss
    for (const chord of chords) {
      this.acts.push(chord.join('+'))
      this.onChord()
      if (chord[0] === 'Enter') this.onEnter()
      else if (this.#offered && this.takes) {
        this.#offered.offer.update({ taken: true })
        this.onPaste(this.#offered.text)
      }
    }
    return undefined
  }
}

/** A prompt between two rules. */
function framed(row: string): TerminalText {
  return textOf([rule, ...`❯ ${row}`.split('\n'), rule, '  ? for shortcuts'])
}

function textOf(rows: readonly string[]): TerminalText {
  const y = rows.findIndex((row) => row.includes('▮'))
  const cursor = { x: Array.from(rows[y] ?? '').indexOf('▮'), y }
  return { kind: 'terminal', rows: rows.map((row) => row.replace('▮', '')), cursor, isFocused: true }
}
