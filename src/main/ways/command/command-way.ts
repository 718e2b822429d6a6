import { basename } from 'node:path'
import type { Agent } from '../../../contract/agent'
import { TEXT_PLACE } from '../../../contract/command'
import type { Failure } from '../../../contract/failure'
import type { Clock } from '../../clock'
import type { Delivery, Order, OtherWay } from '../way'
import { optionLike } from './option-like'
import { runProgram, type ProgramEnd } from './run-program'
import { startable } from './startable'

interface CommandWayDeps {
  readonly clock: Pick<Clock, 'monotonic' | 'setTimer'>
  /** The person's own. */
  readonly env: NodeJS.ProcessEnv
  /** What the person's programs let others do with their files; undefined where there is no such thing. */
  readonly umask: number | undefined
  /** Where commands run: the person's home. */
  readonly folder: string
  readonly limitMs?: number
}

type Known = Pick<Delivery, 'output'> &
  (
    | { readonly state: 'delivered' }
    | { readonly state: 'not-submitted' | 'in-doubt'; readonly failure: Failure }
  )

/** A command that takes longer is ended, and nobody knows what it has done. */
const LIMIT_MS = 60_000
/** So much of its output stands in the reason why it failed; all that is kept stands with the attempt. */
const LONGEST_REASON = 300

/** Agents with a command of their own that takes a message and says by its exit code that it did. */
export function createCommandWay(deps: CommandWayDeps): OtherWay {
  return {
    name: 'command',
    usesDesktop: false,
    ready: async (agent) => commandTrouble(agent, deps),
    says: ({ command = [] }) => [`${command[0] ?? ''} is there and can be run. It was not run.`],
    held: (agent, text) => optionLike(agent, text),
    async deliver(order) {
      const { agent, message } = order
      const trouble = commandTrouble(agent, deps) ?? unfit(order) ?? optionLike(agent, message.text)
      if (trouble) return { state: 'not-submitted', failure: trouble, timings: { steps: [] } }
      // From here on it may have arrived, whatever happens: a crash leaves it in doubt.
      order.beforeSubmit()
      order.onStep('submit')
      const begun = deps.clock.monotonic()
      const known = await run(order, deps)
      const timings = { steps: [{ step: 'submit' as const, ms: deps.clock.monotonic() - begun }] }
      return known.state === 'delivered' ? { ...known, proof: 'accepted', timings } : { ...known, timings }
    },
  }
}

/** Why its command cannot be run now. */
function commandTrouble({ name, command }: Agent, { env }: CommandWayDeps): Failure | undefined {
  if (command === undefined)
    return notCalibrated(
      `${name} has no command. Set one: waggle agents set ${name} --command 'PROGRAM … ${TEXT_PLACE}'`,
    )
  const start = startable(command, env)
  return typeof start === 'string'
    ? notCalibrated(`The command of ${name} cannot be run: ${start}`)
    : undefined
}

/** A command takes a message or does not: there is no leaving it unsent. */
function unfit({ agent, message }: Order): Failure | undefined {
  if (message.submit) return undefined
  return {
    code: 'not-accepted',
    message: `${agent.name} gets its messages by a command, which cannot leave one unsent. Send it without --no-submit.`,
  }
}

async function run(
  { agent, message, signal }: Order,
  { clock, env, umask, folder, limitMs = LIMIT_MS }: CommandWayDeps,
): Promise<Known> {
  const { command = [] } = agent
  const program = basename(command[0] ?? '')
  try {
    const start = startable(command, env)
    if (typeof start === 'string') return { state: 'not-submitted', failure: notCalibrated(start) }
    const end = await runProgram({
      ...start,
      // A function: in a plain replacement "$&" would have a meaning.
      args: start.args.map((arg) => arg.replaceAll(TEXT_PLACE, () => message.text)),
      input: command.some((arg) => arg.includes(TEXT_PLACE)) ? undefined : message.text,
      env: { ...env, WAGGLE_AGENT: agent.name },
      folder,
      umask,
      limitMs,
      signal,
      clock,
    })
    return judge(program, end, limitMs)
  } catch (error) {
    return { state: 'not-submitted', failure: cannotRun(program, error) }
  }
}

function judge(program: string, { code, endedBy, output }: ProgramEnd, limitMs: number): Known {
  const said = output === '' ? 'It said nothing.' : `It said: ${shortened(output)}`
  const known = output === '' ? {} : { output }
  // Told to end, many programs end with 0 whatever they have done.
  if (code === 0 && endedBy === 'itself') return { state: 'delivered', ...known }
  if (code !== null && endedBy === 'itself') {
    const message = `${program} did not take the message: exit code ${code}. ${said}`
    return { state: 'not-submitted', failure: { code: 'not-accepted', message }, ...known }
  }
  const why =
    endedBy === 'itself'
      ? 'crashed or was ended'
      : endedBy === 'a stop'
        ? 'was stopped while it ran'
        : `did not end within ${limitMs / 1000} s and was stopped`
  const message = `${program} ${why}: the message may or may not have arrived. ${said} Look whether it did, then resolve or retry it.`
  return { state: 'in-doubt', failure: { code: 'submit-unconfirmed', message }, ...known }
}

/** Nothing has run. */
function cannotRun(program: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'E2BIG' || code === 'ENAMETOOLONG')
    return {
      code: 'not-accepted',
      message: `The text is too long for an argument of ${program}. Set its command without ${TEXT_PLACE}, and the text comes on its stdin.`,
    }
  const why = `${program} could not be run: ${error instanceof Error ? error.message : String(error)}`
  return code === 'ENOENT' || code === 'EACCES'
    ? notCalibrated(`${why}. Set the command anew.`)
    : { code: 'internal', message: `${why}.` }
}

function shortened(output: string): string {
  const line = output.replaceAll(/\s+/g, ' ')
  return line.length <= LONGEST_REASON ? line : `… ${line.slice(-LONGEST_REASON)}`
}

function notCalibrated(message: string): Failure {
  return { code: 'not-calibrated', message }
}
