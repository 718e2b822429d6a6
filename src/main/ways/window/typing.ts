import type { Failure } from '../../../contract/failure'
import { putBack } from './aftermath'
import type { Attempt, DeliverDeps, Job, Run, Typing } from './attempt'
import { lookBefore, type Before } from './before'
import { isRichHtml } from '../../looking/rich-html'
import { HandsOff, unlessAborted } from '../../hands-off'
import { Eye, type Again } from './eye'
import { Input } from './input'
import { isFailure, type Target } from './locate'
import { blankText, NotSubmitted, notInFocus, halted, PastedItsOwn, tooBusy } from './not-submitted'
import { isTerminal, type Profile } from './profile'
import { watchGoing } from './see-gone'
import { seeText } from './see-text'

/** How often a program that copies late is looked at before its input is pasted into. */
const LOOKS = 3

/** A message that stands in the agent's input, seen there and not submitted. */
export interface Standing {
  readonly typing: Typing
  readonly submits: boolean
  /** What the program has made of its white space. */
  readonly note: string | undefined
}

/** Types the text into the agent's input and submits it, step by step; says what the program made of its white space. */
export async function type(
  job: Job,
  deps: DeliverDeps,
  attempt: Attempt,
  run: Run,
): Promise<string | undefined> {
  const standing = await typeIn(job, deps, attempt, run)
  if (standing === 'delivered') return undefined
  const { typing, submits, note } = standing
  deps.obstacles.reached(job.agent, attempt.look)
  if (submits) await submit(typing, run)
  deps.pastes.erase(job.agent.name)
  return note
}

/** Everything up to the submit key; `delivered` where the message stood there before and has gone by our key alone. */
export async function typeIn(
  job: Job,
  deps: DeliverDeps,
  attempt: Attempt,
  run: Run,
): Promise<Standing | 'delivered'> {
  const blank = blankText(job.agent.name, job.text)
  if (blank) throw blank
  const opened = await run('window', () => open(job, deps, attempt))
  const { input, profile } = opened
  await run('focus', () => input.focus())
  const submits = job.submit && profile.submit !== undefined
  const { typing, before } = await run('paste', async () => {
    const typing = await met(opened, job, deps, attempt)
    const putsBack = submits || job.isTest === true
    const before = await lookInTime(typing, putsBack)
    if (before === 'to-paste') await paste(typing)
    return { typing, before }
  })
  if (before === 'delivered') return before
  return { typing, submits, note: await run('read-back', async () => seeText(typing)) }
}

/** A busy program may tell later than it is waited for that the input is not as empty as it seemed. */
async function lookInTime(typing: Typing, putsBack: boolean): Promise<Before> {
  const { attempt, input, job } = typing
  for (let times = 1; ; times++) {
    const before = await lookBefore(typing, putsBack)
    attempt.look = await howItLooks(input)
    if (before !== 'to-paste' || !input.hasCopiedLate) return before
    if (times === LOOKS) throw tooBusy(job.agent.name)
  }
}

/** Finds what looks into the input, which has the focus now. */
async function met(opened: Opened, job: Job, deps: DeliverDeps, attempt: Attempt): Promise<Typing> {
  const { input, target, profile, again } = opened
  const { agent } = job
  const { pid = 0, title, rect, id } = target.window
  const known = deps.acquaintance(agent)
  const find = async () =>
    again?.input ?? unlessAborted(deps.tree.find({ pid, title, rect, point: target.point }), job.over)
  const eye = await Eye.open(input, { ...deps, known, mayCopy: profile.readBack, over: job.over }, find)
  if (!(eye instanceof Eye)) throw notInFocus(eye, agent.name)
  deps.seenInputs.keep(agent, id, eye.seen)
  const typing = { job, deps, attempt, input, eye, known, target, text: textFor(job.text, profile) }
  attempt.typing = typing
  return typing
}

async function paste(typing: Typing): Promise<void> {
  const { job, deps, attempt, input, text } = typing
  const { agent, messageId } = job
  const { pastes } = deps
  const { name } = agent
  const earlier = pastes.of(name)
  // Written before it is pasted: after a crash nobody pastes on top of what may stand there.
  pastes.write(name, { messageId, text, draft: attempt.draft })
  try {
    await input.paste(text, attempt.draft !== '' && attempt.isDraftThere, () => (attempt.phase = 'pasted'))
  } catch (error) {
    if (error instanceof PastedItsOwn) await noteOwn(typing, error.copied)
    throw error
  } finally {
    if (attempt.phase === 'untouched' && earlier) pastes.write(name, earlier)
    else if (attempt.phase === 'untouched') pastes.erase(name)
  }
}

/** What stood there, unseen, is a draft that stands there twice; one that is more than text is left for its person. */
async function noteOwn({ deps, attempt }: Typing, copied: string): Promise<void> {
  if (copied === '' || isRichHtml(await deps.desktop.readHtml().catch(() => ''))) return
  attempt.draft = copied
  attempt.shownAs = copied + copied
}

async function submit(typing: Typing, run: Run): Promise<void> {
  const { job, deps, attempt, input, eye, known } = typing
  const pressed = () => {
    job.beforeSubmit()
    attempt.phase = 'submitted'
    deps.pressed.set(job.messageId, {
      at: deps.clock.monotonic(),
      window: typing.target.window,
      stood: attempt.stood,
    })
  }
  const gone = await watchGoing(typing)
  await run('submit', async () =>
    input.submit(pressed, async () => stillFocused(typing)).catch(notPressed(typing)),
  )
  // Where it is not known yet how the empty input looks, it may have to be copied from.
  const isFree = eye.means === 'tree' && attempt.draft === '' && known.knowsEmptyTree
  if (isFree) job.desktopFree()
  await run('seen-empty', async () => gone(isFree))
  deps.pressed.delete(job.messageId)
  // Where a click was needed to see that: emptied and with the focus it looks otherwise than before.
  if (eye.means === 'copy') deps.obstacles.reached(job.agent, await howItLooks(input))
  if (attempt.draft !== '') await run('draft-back', async () => putBack(typing, attempt.draft))
}

/** A message is delivered whatever becomes of this look, which only helps the next one. */
async function howItLooks(input: Input): Promise<string | undefined> {
  return input.look().catch(() => undefined)
}

/** Questions come at any moment, and the key would answer one: by the tree, the focus is looked at once more. */
async function stillFocused({ eye, job }: Typing): Promise<void> {
  const look = await eye.lookForFocus()
  if (job.signal.aborted) throw halted()
  if (look && look.kind !== 'text') throw notInFocus(look, job.agent.name)
}

/** Keys that were refused were not pressed; an earlier try may have pressed them. */
function notPressed({ attempt, deps, job }: Typing): (error: unknown) => never {
  const { pressed } = deps
  const before = pressed.get(job.messageId)
  return (error) => {
    // The last look was not waited for.
    if (error instanceof NotSubmitted || error instanceof HandsOff) {
      attempt.phase = 'pasted'
      if (before === undefined) pressed.delete(job.messageId)
      else pressed.set(job.messageId, before)
    }
    throw error
  }
}

function textFor(text: string, { newlines }: Profile): string {
  return newlines === 'keep' ? text : text.replaceAll(/\s*\n\s*/g, ' ')
}

interface Opened {
  readonly input: Input
  readonly target: Target
  readonly profile: Profile
  readonly again: Again | undefined
}

async function open(job: Job, deps: DeliverDeps, attempt: Attempt): Promise<Opened> {
  const { desktop, clock, profileOf, finder, obstacles, seenInputs } = deps
  const { agent, turn } = job
  const found = there(await finder.recall(agent))
  // Copying interrupts programs there; terminal-windows.ts is for these.
  if (isTerminal(found.window.app))
    throw new NotSubmitted('unreadable', `${agent.name} is in a terminal, whose window is not typed into so.`)
  attempt.target = found
  const [again] = await Promise.all([
    unlessAborted(seenInputs.again(agent, found), job.over),
    deps.belongings.keep(),
  ])
  const target = moved(found, again)
  const profile = profileOf(agent.profile, target.window.app)
  const known = deps.acquaintance(agent)
  const input = new Input(target, {
    desktop,
    clock,
    profile,
    turn,
    pace: () => known.pace(),
    // Past the submit key there is nothing left to stop: the delivery looks whether it worked. So does one that cleans up.
    stopped: () =>
      job.over.aborted ||
      (job.signal.aborted && attempt.phase !== 'submitted' && attempt.phase !== 'undoing'),
    over: job.over,
    leaveClipboard: () => deps.belongings.leaveClipboard(),
    agent: agent.name,
    looks: obstacles.looks(agent),
    find: async () => {
      const now = there(await finder.look(agent))
      return moved(now, await seenInputs.again(agent, now))
    },
    clickPoint(at, window) {
      const point = deps.clickPoint(at, window)
      deps.belongings.used(target.window.id, point)
      return point
    },
  })
  return { input, target, profile, again }
}

/** Where the input is by now, if it has moved within its window. */
function moved(target: Target, again: Again | undefined): Target {
  return again?.movedTo ? { ...target, point: again.movedTo } : target
}

function there(found: Target | Failure): Target {
  if (isFailure(found)) throw new NotSubmitted(found.code, found.message)
  return found
}
