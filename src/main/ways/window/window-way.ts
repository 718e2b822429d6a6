import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { Priority } from '../../../contract/message'
import type { Settings } from '../../../contract/settings'
import type { Clock } from '../../clock'
import type { Desktop, Rect } from '../../desktop/desktop'
import { keysFailure } from '../../desktop/unsafe-keys'
import { takePicture } from '../../desktop/screen-picture'
import type { Turn } from '../../desktop/lock/turns'
import { given } from '../../given'
import type { Log } from '../../log'
import type { Tree } from '../../looking/look'
import type { MessageStore } from '../../queue/message-store'
import type { DesktopWay } from '../way'
import { createAcquaintances } from './acquaintance'
import type { DeliverDeps } from './attempt'
import { heldBy } from './before'
import { createBelongings } from './belongings'
import { createClickPoints } from './click-points'
import { deliver, failureOf } from './deliver'
import { SeenInputs } from './eye'
import { createFinder, type Finder } from './finder'
import { isFailure } from './locate'
import { blankText } from './not-submitted'
import { createObstacles } from './obstacles'
import { personTrouble } from './presence'
import { createProfiles, isTerminal } from './profile'
import { systemPrograms } from './terminal-programs'
import { createTerminalWindows, type TerminalWindows } from './terminal-windows'
import { tryOut } from './try-out'

interface WindowWayDeps {
  readonly desktop: Desktop
  readonly tree: Tree
  readonly clock: Clock
  readonly log: Log
  readonly settings: () => Settings
  readonly store: Pick<MessageStore, 'list' | 'get' | 'pastes'>
  /** Says something to the person at the desk. */
  readonly say: (title: string, sentence: string) => void
}

const DRAFT_SENTENCE =
  'What you had written in an agent’s input could not be put back there. Paste it wherever you want it.'

function pictures(desktop: Desktop) {
  return async (rect: Rect) => (await takePicture(desktop, rect, rect.width)).png
}

function wasTerminal({ calibration }: Agent): boolean {
  return isTerminal(calibration?.app ?? '')
}

function heldBlank(name: string, text: string): Failure | undefined {
  const blank = blankText(name, text)
  return blank && failureOf(blank)
}

/** Why no key would be what it is meant to be, if so: then no turn is taken either. */
async function keysTrouble(desktop: Pick<Desktop, 'unsafeKeys'>): Promise<Failure | undefined> {
  const unsafe = await desktop.unsafeKeys()
  return unsafe && keysFailure(unsafe)
}

interface LookoutDeps extends Pick<WindowWayDeps, 'desktop' | 'settings'> {
  readonly finder: Finder
  readonly terminalWindows: TerminalWindows
}

/** What is seen of an agent's window before anything is done there. */
function lookout({ desktop, finder, settings, terminalWindows }: LookoutDeps) {
  return {
    async ready(agent: Agent, priority: Priority): Promise<Failure | undefined> {
      const person = personTrouble(desktop, settings().presence, priority)
      person.catch(() => undefined)
      const found = await finder.look(agent)
      if (isFailure(found)) return found
      const inTerminal = isTerminal(found.window.app) ? await terminalWindows.trouble(agent) : undefined
      return inTerminal ?? (await person) ?? keysTrouble(desktop)
    },
    async isInTerminal(agent: Agent): Promise<boolean> {
      const found = await finder.recall(agent)
      return !isFailure(found) && isTerminal(found.window.app)
    },
  }
}

/** The way by the agent's window, with what else its parts are used for: tests of agents, and giving back. */
export function createWindowWay({ desktop, tree, clock, log, settings, store, say }: WindowWayDeps) {
  const finder = createFinder(desktop, clock)
  const hasDelivered = ({ name, calibration }: Agent) => {
    const since = given({ since: calibration?.at })
    return store.list({ to: name, states: ['delivered'], limit: 1, ...since }).messages.length > 0
  }
  const obstacles = createObstacles({ desktop, clock, finder, hasDelivered })
  const belongings = createBelongings(desktop, clock, log)
  const deps: DeliverDeps = {
    desktop,
    tree,
    finder,
    clock,
    log,
    belongings,
    clickPoint: createClickPoints(clock),
    idleMs: () => settings().presence.idleMs,
    drafts: () => settings().drafts,
    profileOf: createProfiles({ platform: process.platform, own: () => settings().profiles }),
    pastes: store.pastes,
    pressed: new Map(),
    went: new Set(),
    acquaintance: createAcquaintances(),
    seenInputs: new SeenInputs(),
    endOf: (messageId) => store.get(messageId),
    obstacles,
    draftOnClipboard: () => say('Your draft is on the clipboard', DRAFT_SENTENCE),
  }
  const terminalWindows = createTerminalWindows({ ...deps, programs: systemPrograms })
  const { ready, isInTerminal } = lookout({ desktop, finder, settings, terminalWindows })
  const way: DesktopWay = {
    name: 'window',
    usesDesktop: true,
    // Not before an obstacle that still stands there: only who asks for a try by hand gets one.
    ready: async (agent, priority) =>
      heldBy(agent.name, deps) ?? (await ready(agent, priority)) ?? obstacles.standing(agent),
    says: (agent) => (wasTerminal(agent) ? terminalWindows.says(agent) : undefined),
    held: (agent, text) =>
      wasTerminal(agent) ? terminalWindows.held(agent, text) : heldBlank(agent.name, text),
    deliver: async (order) =>
      (await isInTerminal(order.agent)) ? terminalWindows.deliver(order) : deliver(order, deps),
  }
  return {
    way,
    ready,
    /** Why an agent whose window is a terminal's could get nothing now, if so. Looks only. */
    terminalTrouble: async (agent: Agent) => terminalWindows.standing(agent),
    tryOut: async (agent: Agent, turn: Turn, signal: AbortSignal) =>
      tryOut(agent, turn, signal, { ...deps, pictureOf: pictures(desktop) }),
    giveBack: (turn: Turn) => belongings.giveBack(turn),
  }
}
