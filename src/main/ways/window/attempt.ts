import type { Agent } from '../../../contract/agent'
import type { DeliveryStep, Message } from '../../../contract/message'
import type { Settings } from '../../../contract/settings'
import type { Clock } from '../../clock'
import type { Desktop, DesktopWindow } from '../../desktop/desktop'
import type { Turn } from '../../desktop/lock/turns'
import type { Log } from '../../log'
import type { Blank, TextLook, Tree } from '../../looking/look'
import type { Pastes } from '../../queue/pastes'
import type { Acquaintance } from './acquaintance'
import type { Belongings } from './belongings'
import type { ClickPoint } from './click-points'
import type { Eye, SeenInputs } from './eye'
import type { Finder } from './finder'
import type { Input } from './input'
import type { Target } from './locate'
import type { Obstacles } from './obstacles'
import type { Profile } from './profile'

/** How far a delivery has come: what must be undone, or can no longer be. */
export interface Attempt {
  phase: 'untouched' | 'pasted' | 'submitted' | 'undoing'
  /** What a person had left in the input, once that has been read. */
  draft: string
  /** Whether the draft stands there still, to be pasted over. */
  isDraftThere: boolean
  /** How the input looked before the paste, where it seemed empty. */
  blank?: Blank | undefined
  /** The picture of its place before it was clicked for the first time, if that could be told. */
  look?: string | undefined
  /** How the message has been seen in the input, once it has: as it is, or what the program made of it. */
  shownAs?: string
  /** How the message stood there by the last look before the submit key. */
  stood?: TextLook
  /** Where it is typed, once that is known. */
  target?: Target
  typing?: Typing
}

export function newAttempt(): Attempt {
  return { phase: 'untouched', draft: '', isDraftThere: false }
}

/** A submit key that was pressed, and not seen to have sent anything. */
interface Pressed {
  /** By the monotonic clock. */
  readonly at: number
  readonly window: DesktopWindow
  /** How the message stood there just before. */
  readonly stood: TextLook | undefined
}

export interface DeliverDeps {
  readonly desktop: Desktop
  readonly tree: Tree
  readonly finder: Finder
  readonly clock: Clock
  readonly log: Log
  readonly profileOf: (name: string, app: string) => Profile
  readonly clickPoint: ClickPoint
  readonly belongings: Pick<Belongings, 'keep' | 'used' | 'leaveClipboard'>
  /** For how long a person must have left mouse and keyboard alone, in ms. */
  readonly idleMs: () => number
  /** What becomes of a draft in the input: put back afterwards, or the message waits. */
  readonly drafts: () => Settings['drafts']
  readonly pastes: Pastes
  /** The submit keys that were pressed last for messages that stand in their agents' inputs. */
  readonly pressed: Map<string, Pressed>
  /** Messages that another one found gone, taken by our key. */
  readonly went: Set<string>
  readonly acquaintance: (agent: Agent) => Acquaintance
  readonly seenInputs: SeenInputs
  /** How the message ended, or how it stands. */
  readonly endOf: (messageId: string) => Pick<Message, 'state' | 'failure'> | undefined
  readonly obstacles: Omit<Obstacles, 'standing'>
  /** Tells the person that a draft could not be put back and is on the clipboard. */
  readonly draftOnClipboard: () => void
}

/** Runs one step of a delivery, measured and told. */
export type Run = <T>(step: DeliveryStep, act: () => Promise<T>) => Promise<T>

/** What to type, and where. */
export interface Job {
  readonly messageId: string
  readonly agent: Agent
  readonly text: string
  readonly submit: boolean
  /** It is taken out again, and a draft put back. */
  readonly isTest?: true
  readonly turn: Turn
  readonly signal: AbortSignal
  /** Aborts when nothing may be done nor waited for any more. */
  readonly over: AbortSignal
  /** Runs an instant before the submit key; throws if it must not be pressed. */
  beforeSubmit(): void
  /** The desktop is not needed any more; only looking is left. */
  desktopFree(): void
}

/** One delivery while it types. */
export interface Typing {
  readonly job: Job
  readonly deps: DeliverDeps
  readonly attempt: Attempt
  readonly input: Input
  readonly eye: Eye
  readonly known: Acquaintance
  /** The message as this window gets it. */
  readonly text: string
  readonly target: Target
}
