import type { Agent } from '../../../contract/agent'
import { agentProduct } from '../../../contract/agent-programs'
import type { Failure } from '../../../contract/failure'
import type { DeliveryStep } from '../../../contract/message'
import { HandsOff } from '../../hands-off'
import { troubleOf } from '../../looking/standing'
import type { Pastes } from '../../queue/pastes'
import { AgentPrompt } from '../terminal/agent-prompt'
import { runErrand } from '../terminal/errand'
import { heldText } from '../terminal/held-text'
import { sessionRecords } from '../terminal/records/session-records'
import { NotSeen } from '../terminal/typed-terminal'
import type { Delivery, DesktopOrder } from '../way'
import { failureOf } from './deliver'
import { isFailure } from './locate'
import type { Obstacles } from './obstacles'
import { TerminalInWindow, type TerminalInWindowDeps } from './terminal-in-window'

interface TerminalWindowsDeps extends TerminalInWindowDeps {
  readonly pastes: Pastes
  readonly obstacles: Pick<Obstacles, 'look' | 'passed'>
}

/** How long one look waits for a prompt that it sees for the first time. */
const LEARN_LIMIT_MS = 600
const LEARN_EVERY_MS = 50
/** Others wait for the desktop meanwhile; what is left there goes on at the next try. */
const PATIENCE = { seenMs: 5000, takenMs: 4000 }
/** Longer lines are asked about by konsole, in a dialog. */
const LONGEST_LINE = 4000

const BY_MARKING =
  'Its window shows no tree: its text is marked with the mouse to read it, and its prompt learnt, once a message is there. Nothing was typed or marked to find this out.'

/** Agents in plain windows of terminals: by the rule of docs/terminals.md, as far as their windows tell their text. */
export interface TerminalWindows {
  /** Why nothing can be delivered there now, if so. Looks only. */
  trouble(agent: Agent): Promise<Failure | undefined>
  /** The same for whoever only asks how it stands: a delivery under way is not disturbed. */
  standing(agent: Agent): Promise<Failure | undefined>
  says(agent: Agent): readonly string[]
  /** Why a text is held there, whatever its agent does. */
  held(agent: Agent, text: string): Failure | undefined
  deliver(order: DesktopOrder): Promise<Delivery>
}

interface Known {
  readonly terminal: TerminalInWindow
  readonly prompt: AgentPrompt
}

export function createTerminalWindows(deps: TerminalWindowsDeps): TerminalWindows {
  const of = terminalsOf(deps)
  const trouble = async (agent: Agent): Promise<Failure | undefined> => {
    const { terminal, prompt } = of(agent)
    try {
      await prompt.reconcile(deps.pastes.of(agent.name))
      if (await terminal.isUnseen()) return await troubleUnseen(terminal, prompt, agent.name)
      const trouble = await prompt.troubleOnceLearnt(LEARN_LIMIT_MS, LEARN_EVERY_MS)
      return advised(trouble, agent.name) ?? (await prompt.stuck())
    } catch (error) {
      return whyNot(error)
    }
  }
  return {
    trouble,
    standing: async (agent) => (of(agent).terminal.isInHand ? undefined : trouble(agent)),
    held,
    says: (agent) => sayings(of(agent)),
    async deliver(order) {
      const { agent, message } = order
      const failure = held(agent, message.text) ?? (await trouble(agent))
      if (failure) return notSubmitted(failure)
      const { terminal, prompt } = of(agent)
      const startedAt = deps.clock.monotonic()
      const isUnseen = terminal.isMarked
      const letGo = () => {
        terminal.letGo()
        order.desktopFree()
      }
      // Where a look takes the desktop it is kept to the end, unless a person has taken it.
      const onLeft = () => {
        if (!terminal.isMarked || !terminal.isInHand) letGo()
      }
      const hands = handsOf(order, letGo, () => terminal.letGo())
      try {
        const late = (await forward(terminal, order)) ?? (isUnseen ? await trouble(agent) : undefined)
        const delivery = late
          ? notSubmitted(late)
          : await runErrand(hands.order, { ...deps, way: 'window' }, (errand) =>
              prompt.handOver({ ...errand, onLeft }),
            )
        if (isUnseen) await noteObstacle(agent, delivery, deps.clock.monotonic() - startedAt, deps)
        return delivery
      } finally {
        hands.release()
        terminal.letGo()
      }
    },
  }
}

function sayings({ terminal, prompt }: Known): readonly string[] {
  return terminal.isMarked && !prompt.learnt ? [BY_MARKING] : prompt.says()
}

function notSubmitted(failure: Failure): Delivery {
  return { state: 'not-submitted', failure, timings: { steps: [] } }
}

/** Why it is not worth the desktop to look at what it shows: another program reads it, or it tells itself that it asks. */
async function troubleUnseen(
  terminal: TerminalInWindow,
  prompt: AgentPrompt,
  name: string,
): Promise<Failure | undefined> {
  const standing = await prompt.standing()
  const isUnknown = standing.state === 'starting' || standing.state === 'busy'
  if (!isUnknown) return troubleOf(standing, name)
  const { screen } = await terminal.look()
  return screen.bracketedPaste === false ? troubleOf({ state: 'starting' }, name) : undefined
}

/** What can be seen only with the desktop in hand is not looked at again and again. */
async function noteObstacle(
  agent: Agent,
  delivery: Delivery,
  spentMs: number,
  { obstacles, finder }: Pick<TerminalWindowsDeps, 'obstacles' | 'finder'>,
): Promise<void> {
  if (delivery.state !== 'not-submitted') return obstacles.passed(agent)
  const target = await finder.look(agent)
  if (isFailure(target)) return
  const note = await obstacles.look(target)
  note(agent, delivery.failure, { spentMs, isOver: false })
}

/** Stopped by a person, nothing more is typed; past its Enter only looking is left, which needs no desktop. */
function handsOf(order: DesktopOrder, letGoAll: () => void, letGo: () => void) {
  const { signal } = order
  let isPressed = false
  const stop = () => {
    if (!(signal.reason instanceof HandsOff)) return
    if (isPressed) letGoAll()
    else letGo()
  }
  signal.addEventListener('abort', stop)
  return {
    order: {
      ...order,
      onStep(step: DeliveryStep) {
        order.onStep(step)
        isPressed = step === 'seen-empty'
        if (isPressed) stop()
      },
    },
    release: () => signal.removeEventListener('abort', stop),
  }
}

function terminalsOf(deps: TerminalInWindowDeps): (agent: Agent) => Known {
  /** By the agent as it is set: one that is set anew is learnt anew. */
  const known = new WeakMap<Agent, Known>()
  return (agent) => {
    const before = known.get(agent)
    if (before) return before
    const { name, calibration } = agent
    const knows = (readerId: string): boolean => prompt.learnt?.readerId === readerId
    const terminal = new TerminalInWindow(agent, deps, knows)
    const prompt: AgentPrompt = new AgentPrompt({
      name: () => name,
      terminal,
      clock: deps.clock,
      program: calibration?.program,
      records: sessionRecords,
      patience: PATIENCE,
    })
    const now = { terminal, prompt }
    known.set(agent, now)
    return now
  }
}

function held(agent: Agent, text: string): Failure | undefined {
  return heldText(agent, text) ?? longText(agent, text)
}

async function forward(
  terminal: TerminalInWindow,
  { turn, signal }: DesktopOrder,
): Promise<Failure | undefined> {
  try {
    return await terminal.bringForward(turn, signal)
  } catch (error) {
    return whyNot(error)
  }
}

function whyNot(error: unknown): Failure {
  return error instanceof NotSeen ? error.failure : failureOf(error)
}

/** Some prompts are never seen to be one here: their words of advice look like a draft where there are no colours. */
function advised(failure: Failure | undefined, name: string): Failure | undefined {
  if (failure?.code !== 'agent-starting' && failure?.code !== 'draft-present') return failure
  const advice = `If its prompt stands there empty, this window does not tell it from a draft: run it by \`waggle wrap ${name} -- COMMAND\`, or in tmux.`
  return { ...failure, message: `${failure.message} ${advice}` }
}

/**
 * From outside nobody sees whether a program takes a paste as one, and each line break would else be an Enter. These are known
 * to, as long as their prompt stands there.
 */
const TAKE_LINES: ReadonlySet<string> = new Set(['Claude Code', 'Codex', 'Gemini CLI'])

function longText({ name, calibration }: Agent, text: string): Failure | undefined {
  const product = agentProduct(calibration?.program ?? '') ?? ''
  const isOneLine = !text.includes('\n')
  // Some terminals ask their person before they paste several lines.
  const asks = /^xfce4-terminal$/i.test(calibration?.app ?? '')
  const isWithin = text.length <= LONGEST_LINE
  if (isWithin && (isOneLine || (TAKE_LINES.has(product) && !asks))) return undefined
  const what = isOneLine ? 'so long a text' : 'several lines'
  return {
    code: 'text-held',
    message: `${what} cannot be pasted safely into the plain terminal window of ${name}. Run it by \`waggle wrap ${name} -- COMMAND\`, or in tmux, or cancel the message.`,
  }
}
