import type { Agent } from '../../../src/contract/agent'
import type { AgentTest } from '../../../src/contract/agent-test'
import type { Message } from '../../../src/contract/message'
import type { Settings } from '../../../src/contract/settings'
import { createBelongings } from '../../../src/main/ways/window/belongings'
import { deliver, type DeliverDeps } from '../../../src/main/ways/window/deliver'
import { createFinder } from '../../../src/main/ways/window/finder'
import { Leftovers } from '../../../src/main/ways/window/leftovers'
import { createObstacles } from '../../../src/main/ways/window/obstacles'
import { createProfiles } from '../../../src/main/ways/window/profile'
import { tryOut } from '../../../src/main/ways/window/try-out'
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
  readonly leftovers = new Leftovers()
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
      desktopFree: () => undefined,
      signal: this.stop.signal,
      onStep: () => undefined,
      beforeSubmit: () => {
        this.writeMark()
        this.marks++
      },
    }
    return deliver(order, this.#deps())
  }

  /** A test of the first agent; the picture is what `pictureOf` says. */
  tryOut(pictureOf = async () => 'data:image/png;base64,'): Promise<AgentTest> {
    return tryOut(agent, this.#turn(), this.stop.signal, { ...this.#deps(), pictureOf })
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
      leftovers: this.leftovers,
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
