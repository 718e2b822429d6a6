import type { Failure } from '../../../contract/failure'
import type { TextLook } from '../../looking/look'
import { excerpt, hasPartOf, isSame } from '../../looking/spelling'
import type { Paste } from '../../queue/pastes'
import { putOnClipboard, takeOutStanding } from './aftermath'
import { isSameWindow } from './locate'
import { NotSubmitted, textOf, tooBusy } from './not-submitted'
import { seesBlankTwice } from './see-gone'
import type { DeliverDeps, Typing } from './attempt'

/** What is to be done with the input as it was found. */
export type Before = 'to-paste' | 'standing' | 'delivered'

/** A person's hand counts as having been away for a little less long than it was: both are measured. */
const HAND_MS = 100

/**
 * Looks into the input before anything is typed. It is empty, or holds a draft (then kept in the attempt, to be put back),
 * or this very message, from an earlier try; `delivered` where that has gone by our submit key alone. Anything else is
 * left alone: rejects with {@link NotSubmitted}, also for a draft that would not be put back.
 */
export async function lookBefore(typing: Typing, putsBack: boolean): Promise<Before> {
  const { deps, job, known } = typing
  // Another message found its text gone.
  if (deps.pastes.of(job.messageId)) return wentBetween(typing)
  const look = await exactly(typing, textOf(await typing.eye.look(), job.agent.name))
  const earlier = deps.pastes.of(job.agent.name)
  const isEmpty = known.isBlank(look)
  if (earlier) return afterEarlier(typing, earlier, isEmpty ? undefined : look, putsBack)
  if (!isEmpty && isThereStill(typing, look)) return 'standing'
  typing.attempt.blank = isEmpty ? look.blank : undefined
  if (!isEmpty) keepDraft(typing, look, putsBack)
  return 'to-paste'
}

/**
 * A person has asked once more for a message whose submit key did not send it, and it stands there still: it needs no
 * paste, only the key, which may be another one by now.
 */
function isThereStill({ deps, job, text, known }: Typing, look: TextLook): boolean {
  if (look.isRich || !isSame(look.text, text, known.breaks) || !deps.pressed.delete(job.messageId))
    return false
  deps.pastes.write(job.agent.name, { messageId: job.messageId, text, draft: '' })
  return true
}

/**
 * What seems to stand in an input is copied, too, before it counts as a person's: the tree may show a part of it alone, and
 * letters that cannot be edited may be words of advice or a chip.
 */
async function exactly({ eye, known }: Typing, look: TextLook): Promise<TextLook> {
  if (look.means === 'copy' || known.isBlank(look)) return look
  const copied = await eye.copyLook()
  if (copied.kind !== 'text') return look.sure === 'partial' ? { ...look, isRich: true } : look
  // That nothing was copied says nothing against a text that is seen; it is left alone then.
  if (copied.sure === 'weak' && !look.blank) return { ...look, isRich: true }
  if (copied.blank) {
    const shown = look.blank?.means === 'tree' ? look.blank.shown : look.text
    known.wasBlank({ means: 'tree', shown })
    return look
  }
  const isRich = copied.isRich || look.isRich
  return isSame(copied.text, look.text) ? { ...look, isRich } : { ...copied, isRich }
}

function keepDraft({ job, deps, attempt }: Typing, look: TextLook, putsBack: boolean): void {
  const { name } = job.agent
  const refuse = (what: string) => {
    throw new NotSubmitted(
      'draft-present',
      `There is a draft in the input of ${name}${what}: send it or take it out.`,
    )
  }
  if (deps.drafts() === 'hold') refuse('')
  // An empty text whose look is not the empty input's: a chip alone, or something that cannot be told.
  if (look.isRich || look.text === '') refuse(', with more than text in it')
  if (!putsBack) refuse(', and this message is to be left there unsent')
  attempt.draft = look.text
  attempt.isDraftThere = true
}

/** A text of ours was pasted there before and not seen gone. */
async function afterEarlier(
  typing: Typing,
  earlier: Paste,
  look: TextLook | undefined,
  putsBack: boolean,
): Promise<Before> {
  const { deps, job, attempt, known } = typing
  const { name } = job.agent
  const isMine = earlier.messageId === job.messageId
  attempt.draft = earlier.draft
  if (!look) {
    if (isMine) return wentFrom(typing)
    await noteGone(typing, earlier)
    return 'to-paste'
  }
  if (isSame(look.text, earlier.text, known.breaks)) {
    if (isMine) return 'standing'
    // Whoever decides whether it was sent wants to see it.
    if (deps.endOf(earlier.messageId)?.state === 'in-doubt') throw earlierPaste(name, look.text)
    await takeOutStanding(typing, look.text)
    return 'to-paste'
  }
  if (look.text === '' || hasPartOf(look.text, earlier.text)) throw earlierPaste(name, look.text)
  // Nothing of it is left: what stands there now is a person's.
  if (isMine && deps.pressed.has(job.messageId)) throw earlierPaste(name, look.text)
  await noteGone(typing, earlier)
  if (earlier.draft !== '') await putOnClipboard(earlier.draft, deps)
  deps.pastes.erase(name)
  attempt.draft = ''
  keepDraft(typing, look, putsBack)
  return 'to-paste'
}

export function earlierPaste(agent: string, shown: string): NotSubmitted {
  const what = shown === '' ? '' : ` (“${excerpt(shown)}”)`
  return new NotSubmitted(
    'earlier-paste',
    `A text of an earlier message may still stand in the input of ${agent}${what}: send it or take it out, and settle that message.`,
  )
}

/**
 * A text that another message finds gone: its own message, if it waits to be tried again, must not be pasted once more. It
 * is kept under that message's id, beside the agents' names.
 */
async function noteGone(typing: Typing, earlier: Paste): Promise<void> {
  const { deps } = typing
  const { messageId } = earlier
  if (deps.endOf(messageId)?.state !== 'queued') return
  if (await tookOurKey(typing, messageId)) deps.went.add(messageId)
  deps.pastes.write(messageId, earlier)
}

/** The submit key was pressed for it in vain, and nobody has touched mouse or keyboard since: the program took it late. */
async function tookOurKey({ deps, eye, target }: Typing, messageId: string): Promise<boolean> {
  const pressed = deps.pressed.get(messageId)
  // A copy does not tell where it was made; a program that was started again has lost the text with all else.
  if (pressed === undefined || eye.means !== 'tree' || !isSameWindow(pressed.window, target.window))
    return false
  return (await deps.desktop.personIdleMs()) > deps.clock.monotonic() - pressed.at - HAND_MS
}

/** A program that was too busy to tell seems to hold nothing, too. */
async function wentFrom(typing: Typing): Promise<Before> {
  if (await seesBlankTwice(typing)) return wentBetween(typing)
  throw tooBusy(typing.job.agent.name)
}

/**
 * This message stood in the input, with the submit key pressed in vain, and is gone now. Where nobody has touched mouse or
 * keyboard since, the program took that key late; else a person may have sent it, or taken it out.
 */
async function wentBetween(typing: Typing): Promise<Before> {
  const { deps, job } = typing
  const { messageId, agent } = job
  const isOurs =
    deps.went.delete(messageId) || ((await tookOurKey(typing, messageId)) && (await seesBlankTwice(typing)))
  if (isOurs) {
    deps.pressed.delete(messageId)
    if (deps.pastes.of(agent.name)?.messageId === messageId) deps.pastes.erase(agent.name)
    deps.pastes.erase(messageId)
    return 'delivered'
  }
  typing.attempt.phase = 'submitted'
  throw new NotSubmitted(
    'submit-unconfirmed',
    `The message stood unsent in the input of ${agent.name} and is gone from there: sent by hand, or taken out.`,
  )
}

/** Why nothing may go to this agent: a text of ours became something in its input that nobody can see gone. */
export function heldBy(
  agent: string,
  { pastes, endOf }: Pick<DeliverDeps, 'endOf'> & { readonly pastes: Pick<DeliverDeps['pastes'], 'of'> },
): Failure | undefined {
  const earlier = pastes.of(agent)
  const end = earlier && endOf(earlier.messageId)
  if (end?.state !== 'in-doubt' || end.failure?.code !== 'not-accepted') return undefined
  const { code, message } = earlierPaste(agent, earlier?.text ?? '')
  return { code, message }
}
