import type { Agent } from '../../../src/contract/agent'
import type { Message } from '../../../src/contract/message'
import type { Settings } from '../../../src/contract/settings'
import { createBelongings } from '../../../src/main/ways/window/belongings'
import { absentTree } from '../../../src/main/looking/absent-tree'
import type { Paste, Pastes } from '../../../src/main/queue/pastes'
import { createAcquaintances } from '../../../src/main/ways/window/acquaintance'
import type { DeliverDeps } from '../../../src/main/ways/window/attempt'
import { deliver } from '../../../src/main/ways/window/deliver'
import { SeenInputs } from '../../../src/main/ways/window/eye'
import { createFinder } from '../../../src/main/ways/window/finder'
import { createObstacles } from '../../../src/main/ways/window/obstacles'
import { createProfiles } from '../../../src/main/ways/window/profile'
import { tryOut, type TriedOut } from '../../../src/main/ways/window/try-out'
import type { Tree } from '../../../src/main/looking/look'
import type { Chord } from '../../../src/main/desktop/desktop'
import type { Turn } from '../../../src/main/desktop/lock/turns'
import type { Delivery } from '../../../src/main/ways/way'
import { FakeDesktop, type FakeWindow } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'
import { silentLog } from '../../fakes/silent-log'

/** A turn that lasts. */
export const held = { check: () => undefined }

export const text = 'Please rebase.\nThen take over the lexer tests. 🐝'

export const agent: Agent = {
  name: 'Agent-1',
  at: [150, 380],
  window: '^Agent-1',
  profile: 'chat',
  enabled: true,
  description: '',
}

const message: Message = {
  id: '0198f0c0-0000-7000-8000-000000000001',
  to: 'Agent-1',
  from: 'script',
  text,
  priority: 'normal',
  submit: true,
  state: 'delivering',
  attempts: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  proof: null,
}

/** The windows of two agents on a desktop in memory, and deliveries to the first. */
export class DeliveryDesk {
  readonly clock = new HastyClock()
  readonly desktop = new FakeDesktop(this.clock)
  readonly mine: FakeWindow
  readonly other: FakeWindow
  readonly stop = new AbortController()
  /** How often the mark of the submit key was written. */
  marks = 0
  /** What the disk does with that mark. */
  writeMark: () => void = () => undefined
  readonly belongings = createBelongings(this.desktop, this.clock, silentLog)
  /** What may still stand in agents' inputs. */
  readonly pastes = new Map<string, Paste>()
  readonly acquaintance = createAcquaintances()
  readonly ends = new Map<string, Pick<Message, 'state' | 'failure'>>()
  /** Without one, everything goes by copying. */
  tree: Tree | undefined
  /** How often a delivery let the desktop go. */
  freed = 0
  readonly #seenInputs = new SeenInputs()
  readonly #pressed: DeliverDeps['pressed'] = new Map()
  readonly #went = new Set<string>()
  readonly obstacles = createObstacles({
    desktop: this.desktop,
    clock: this.clock,
    finder: createFinder(this.desktop, this.clock),
    hasDelivered: () => false,
  })
  draftsOnClipboard = 0
  drafts: Settings['drafts'] = 'put-back'
  profiles: Settings['profiles'] = {}
  /** For how long a person must have left mouse and keyboard alone. */
  idleMs = 2000
  checkTurn: () => void = () => undefined

  constructor() {
    this.mine = this.desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
    this.other = this.desktop.openWindow('Agent-2: chat', { x: 300, y: 0, width: 300, height: 400 })
  }

  run(changes: { agent?: Partial<Agent>; message?: Partial<Message> } = {}): Promise<Delivery> {
    const order = {
      message: { ...message, ...changes.message },
      agent: changes.agent ? { ...agent, ...changes.agent } : agent,
      turn: this.#turn(),
      signal: this.stop.signal,
      onStep: () => undefined,
      beforeSubmit: () => {
        this.writeMark()
        this.marks++
      },
      desktopFree: () => void this.freed++,
    }
    return deliver(order, this.#deps())
  }

  /** A test of the first agent; the picture is what `pictureOf` says. */
  tryOut(pictureOf = async () => 'data:image/png;base64,'): Promise<TriedOut> {
    return tryOut(agent, this.#turn(), this.stop.signal, { ...this.#deps(), pictureOf })
  }

  /** From now on the input learns of a selection a tenth of a second after it, and copies nothing before (Slate). */
  learnsLate(): void {
    let selectedAt = 0
    const press = this.desktop.press.bind(this.desktop)
    this.desktop.press = async (aim, ...keys) => {
      if (keys[0]?.includes('A')) selectedAt = this.clock.monotonic()
      return press(aim, ...keys)
    }
    Object.defineProperty(this.mine, 'copies', { get: () => this.clock.monotonic() - selectedAt >= 100 })
  }

  /** From now on its program is too busy for so many presses, and does what they ask for at the next one. */
  isBusyFor(presses: number): void {
    const press = this.desktop.press.bind(this.desktop)
    const waiting: Chord[] = []
    let left = presses
    this.desktop.press = async (aim, ...keys) => {
      if (left-- <= 0) return press(aim, ...waiting.splice(0), ...keys)
      waiting.push(...keys)
      return undefined
    }
  }

  #pastes(): Pastes {
    return {
      of: (name) => this.pastes.get(name),
      write: (name, paste) => void this.pastes.set(name, { ...paste, at: '2026-01-01T00:00:00.000Z' }),
      erase: (name) => void this.pastes.delete(name),
    }
  }

  #turn(): Turn {
    return { waitedMs: 0, check: () => this.checkTurn() }
  }

  #deps(): DeliverDeps {
    const { clock, desktop } = this
    return {
      desktop,
      finder: createFinder(desktop, clock),
      clock,
      log: silentLog,
      profileOf: createProfiles({ platform: 'linux', own: () => this.profiles }),
      belongings: this.belongings,
      clickPoint: (target) => target,
      idleMs: () => this.idleMs,
      drafts: () => this.drafts,
      tree: this.tree ?? absentTree('Switch it on.'),
      pastes: this.#pastes(),
      pressed: this.#pressed,
      went: this.#went,
      acquaintance: this.acquaintance,
      seenInputs: this.#seenInputs,
      endOf: (id) => this.ends.get(id),
      obstacles: this.obstacles,
      draftOnClipboard: () => void this.draftsOnClipboard++,
    }
  }

  /** How many acts a delivery takes that nobody disturbs. */
  static async quietActs(): Promise<number> {
    const desk = new DeliveryDesk()
    await desk.run()
    return desk.desktop.acts.length
  }
}
