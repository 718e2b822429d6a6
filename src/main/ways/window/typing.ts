import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { DeliveryStep } from '../../../contract/message'
import type { Settings } from '../../../contract/settings'
import type { Clock } from '../../clock'
import type { Desktop } from '../../desktop/desktop'
import type { Turn } from '../../desktop/lock/turns'
import type { Log } from '../../log'
import { putBack, seenEmpty, takeOut, takeOutOfTerminal, type Attempt } from './aftermath'
import type { Belongings } from './belongings'
import type { ClickPoint } from './click-points'
import { Input } from './input'
import type { Finder } from './finder'
import type { Leftovers } from './leftovers'
import { isFailure, type Target } from './locate'
import { NotSubmitted } from './not-submitted'
import type { Obstacles } from './obstacles'
import type { Profile } from './profile'
import { withoutLast } from './read-text'
import { Terminal } from './terminal'

export interface DeliverDeps {
  readonly desktop: Desktop
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
  readonly leftovers: Leftovers
  readonly obstacles: Omit<Obstacles, 'standing'>
  /** Tells the person that a draft could not be put back and is on the clipboard. */
  readonly draftOnClipboard: () => void
}

/** Runs one step of a delivery, measured and told. */
export type Run = <T>(step: DeliveryStep, act: () => Promise<T>) => Promise<T>

/** What to type, and where. */
export interface Job {
  readonly agent: Agent
  readonly text: string
  readonly submit: boolean
  readonly turn: Turn
  readonly signal: AbortSignal
  /** Runs an instant before the submit key; throws if it must not be pressed. */
  beforeSubmit(): void
}

/** One delivery while it types. */
interface Typing {
  readonly job: Job
  readonly deps: DeliverDeps
  readonly attempt: Attempt
  readonly run: Run
  readonly input: Input
  /** The message as this window gets it. */
  readonly text: string
  readonly submits: boolean
}

/** Types the text into the agent's input and submits it, step by step; says how that is known. */
export async function type(
  job: Job,
  deps: DeliverDeps,
  attempt: Attempt,
  run: Run,
): Promise<'read-back' | 'window'> {
  const { input, target, profile } = await run('window', () => open(job, deps, attempt))
  const text = textFor(job.text, profile)
  const typing = { job, deps, attempt, run, input, text, submits: job.submit && profile.submit !== undefined }
  await run('focus', () => input.focus())
  attempt.safeToRetype = profile.readBack
  if (profile.readBack) await typeIn(typing)
  else await typeBlindly(typing, new Terminal(target, input, deps))
  // It is delivered whatever becomes of this look, which only helps the next message.
  deps.obstacles.reached(job.agent, await input.look().catch(() => undefined))
  return profile.readBack ? 'read-back' : 'window'
}

function textFor(text: string, { newlines }: Profile): string {
  return newlines === 'keep' ? text : text.replaceAll(/\s*\n\s*/g, ' ')
}

async function typeIn(typing: Typing): Promise<void> {
  const { job, deps, attempt, run, input, text, submits } = typing
  if (deps.drafts() === 'hold') await run('paste', () => refuseDraft(input, text, job.agent.name))
  // Where the last try met an obstacle the input is asked for first: nothing is to be taken out again if it stands there yet.
  else if (deps.obstacles.isMet(job.agent)) await run('paste', () => input.content())
  attempt.phase = 'pasted'
  attempt.undo = async () => takeOut(input, text, attempt.draft, deps)
  const { leftovers } = deps
  const { name } = job.agent
  attempt.leave = () => leftovers.left(name, text, attempt.draft)
  const offer = await run('paste', () => input.paste(text))
  const found = (before: string) => void (attempt.draft = leftovers.draftIn(name, before, text))
  await run('read-back', () => input.readBack(text, offer, found))
  leftovers.replaced(name)
  if (!submits) return
  await run('submit', () => input.submit(() => beforeSubmit(typing)).catch(notPressed(attempt)))
  await run('seen-empty', () => seenEmpty(input, text, deps))
  if (!attempt.draft) return
  await run('draft-back', () => putBack(input, attempt.draft, deps))
  leftovers.replaced(name)
}

/** A window that cannot be read: a terminal. */
async function typeBlindly(typing: Typing, terminal: Terminal): Promise<void> {
  const { deps, attempt, run, input, text, submits } = typing
  attempt.undo = async () => takeOutOfTerminal(terminal, input, text, deps)
  await run('paste', () => terminal.paste(text, () => (attempt.phase = 'pasted')))
  if (!submits) return
  const press = async () => input.submit(() => beforeSubmit(typing)).catch(notPressed(attempt))
  await run('submit', () => terminal.submit(press))
}

function beforeSubmit({ job, attempt }: Typing): void {
  job.beforeSubmit()
  attempt.phase = 'submitted'
}

/** Keys that were refused were not pressed. */
function notPressed(attempt: Attempt): (error: unknown) => never {
  return (error) => {
    if (error instanceof NotSubmitted) attempt.phase = 'pasted'
    throw error
  }
}

async function refuseDraft(input: Input, text: string, agent: string): Promise<void> {
  if (withoutLast(await input.content(), text) === '') return
  throw new NotSubmitted(
    'draft-present',
    `There is a draft in the input of ${agent}: send it or take it out.`,
  )
}

async function open(job: Job, deps: DeliverDeps, attempt: Attempt) {
  const { desktop, clock, profileOf, finder } = deps
  const { agent, turn } = job
  const target = there(await finder.recall(agent))
  attempt.target = target
  await deps.belongings.keep()
  const profile = profileOf(agent.profile, target.window.app)
  const input = new Input(target, {
    desktop,
    clock,
    profile,
    turn,
    // Past the submit key there is nothing left to stop: the delivery looks whether it worked. So does one that cleans up.
    stopped: () => job.signal.aborted && attempt.phase !== 'submitted' && attempt.phase !== 'undoing',
    agent: agent.name,
    looks: deps.obstacles.looks(agent),
    leftovers: deps.leftovers,
    find: async () => there(await finder.look(agent)),
    clickPoint(at, window) {
      const point = deps.clickPoint(at, window)
      deps.belongings.used(target.window.id, point)
      return point
    },
  })
  return { input, target, profile }
}

function there(found: Target | Failure): Target {
  if (isFailure(found)) throw new NotSubmitted(found.code, found.message)
  return found
}
