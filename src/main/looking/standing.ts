import { assertNever } from '../../contract/errors'
import type { Failure } from '../../contract/failure'
import type { Standing } from '../../contract/wrap-operations'
import { content, isEmpty, type Mark } from './prompt'
import { textOf, type Screen } from './screen'

/** The program that reads a terminal now: the group of processes in its foreground. */
export interface Reader {
  /** Names the same program until it ends. */
  readonly id: string
  readonly name: string
  readonly isStopped: boolean
  /** `other`: surely not the agent, such as a shell; `relay`: it shows what runs in a terminal elsewhere. */
  readonly kind: 'program' | 'other' | 'relay'
}

/** What is known of the agent: its prompt's mark and the program that showed it. */
export interface Learnt {
  readonly mark: Mark
  readonly readerId: string
}

/**
 * How the agent stands by what its terminal shows. What is not the learnt prompt, empty and read by the same program, is
 * never `ready`, whatever it is; the other states only name the reason.
 */
export function standingOf(screen: Screen, reader: Reader | undefined, learnt: Learnt | undefined): Standing {
  if (!reader) return { state: 'ended' }
  const { name: program } = reader
  if (reader.isStopped) return { state: 'stopped', program }
  if (reader.kind === 'relay') return { state: 'unreadable', program }
  if (reader.kind === 'other') return { state: 'another program', program }
  if (!learnt) return { state: asks(screen) ? 'asking' : 'starting' }
  if (reader.id !== learnt.readerId) return { state: 'another program', program }
  if (screen.bracketedPaste !== false && isEmpty(screen, learnt.mark)) return { state: 'ready' }
  if (asks(screen)) return { state: 'asking' }
  const text = content(screen, learnt.mark)
  return { state: text === undefined || text.trim() === '' ? 'busy' : 'draft' }
}

/** Words by which a question is known to be one. Nothing depends on them but the reason that is shown. */
const QUESTION =
  /do you want|would you like|allow |approve|trust |\(y\/n\)|\[y\/n\]|esc to (?:cancel|reject)|enter to (?:confirm|select|continue)|^[\s│]*[❯›>●▶]\s*\d+[.)]\s/imu
/** How many rows from the bottom a question may stand in. */
const QUESTION_ROWS = 24

function asks({ rows }: Screen): boolean {
  const drawn = rows.map(textOf)
  const last = drawn.findLastIndex((row) => row.trim() !== '')
  return drawn.slice(Math.max(0, last + 1 - QUESTION_ROWS), last + 1).some((row) => QUESTION.test(row))
}

/** Why a message waits for an agent that stands so; undefined when it may go. */
export function troubleOf(standing: Standing, name: string): Failure | undefined {
  switch (standing.state) {
    case 'ready':
      return undefined
    case 'starting':
      return {
        code: 'agent-starting',
        message: `${name} has not shown its prompt yet. Its messages go once it does.`,
      }
    case 'busy':
      return {
        code: 'agent-busy',
        message: `The terminal of ${name} shows something else than its prompt, or that in another mode. Its messages go once the prompt is back.`,
      }
    case 'asking':
      return {
        code: 'agent-asks',
        message: `${name} asks its person something. Answer it in its terminal, and its messages go.`,
      }
    case 'draft':
      return {
        code: 'draft-present',
        message: `A draft stands in the prompt of ${name}. Send it or take it out, and its messages go.`,
      }
    case 'stopped':
      return {
        code: 'agent-busy',
        message: `${standing.program} is stopped. Let it go on (fg), and the messages of ${name} go.`,
      }
    case 'another program':
      return {
        code: 'agent-ended',
        message: `${standing.program} reads the terminal of ${name} now. Its messages go once the agent itself does again.`,
      }
    case 'unreadable':
      return {
        code: 'unreadable',
        message: `What ${name} shows comes from another terminal, by ${standing.program}. Run the agent in "waggle wrap" over there.`,
      }
    case 'ended':
      return {
        code: 'agent-ended',
        message: `The agent ${name} has ended. Start it again, and its messages go.`,
      }
    default:
      return assertNever(standing)
  }
}
