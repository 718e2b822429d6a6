import { z } from 'zod'
import { isDeepStrictEqual } from 'node:util'
import { agentSchema, type Agent } from '../../contract/agent'
import type { AgentChange } from '../../contract/agent-import'
import { OperationError } from '../../contract/failure'
import { given } from '../given'
import { entriesOf, formOf, type Entry } from './coordinate-formats'

export interface ImportDeps {
  /** The agent of that name as it is now: an older file's entry changes only what that file knows of. */
  existing(name: string): Agent | undefined
  /** The names of the profiles there are. */
  readonly profiles: readonly string[]
}

/** An agent that was not known; what a file left out of one gets its default. */
const wholeEntry = agentSchema.extend({
  profile: z.string().default('chat'),
  enabled: z.boolean().default(true),
  description: z.string().max(500).default(''),
})

interface Problem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * What a coordinates file (our own export, our settings, or one of the older swarm's) would do to each of its agents.
 * Throws `OperationError` invalidParams when it is none. Points outside the present screens are kept, since such a file
 * often comes from another layout.
 */
export function compareAgents(content: string, deps: ImportDeps): AgentChange[] {
  return read(content, deps).map((found) => asChange(found, deps))
}

/**
 * The agents of a coordinates file, each with what it is now wherever the file says nothing. All or nothing, unless
 * broken ones are to be left out: throws `OperationError` invalidParams, whose `data.issues` name every agent and field
 * that is wrong.
 */
export function importAgents(content: string, deps: ImportDeps, leaveOutBroken = false): Agent[] {
  const found = read(content, deps)
  const wrong = found.flatMap((agent) => ('wrong' in agent ? agent.wrong : []))
  const agents = found.flatMap((agent) => ('wrong' in agent ? [] : [agent.agent]))
  if (wrong.length > 0 && (!leaveOutBroken || agents.length === 0)) throw refused(wrong)
  return agents
}

/** Which form of file it was taken for, in words. Throws as `compareAgents` does where it is no JSON. */
export function coordinateForm(content: string): string {
  return formOf(parseJson(content))
}

type Found = Pick<Entry, 'name' | 'unknown'> &
  ({ readonly agent: Agent } | { readonly wrong: readonly Problem[] })

function read(content: string, deps: ImportDeps): Found[] {
  const all = entriesOf(parseJson(content))
  if (!all) throw refused([{ path: ['agents'], message: NO_AGENTS_SENTENCE }])
  if (all.length === 0) throw refused([{ path: ['agents'], message: 'the file has no agents' }])
  return all.map((entry) => {
    const { name, unknown, isTwice } = entry
    if (isTwice) return { name, unknown, wrong: [{ path: [name], message: 'is in the file twice' }] }
    return { name, unknown, ...readAgent(entry, deps) }
  })
}

const NO_AGENTS_SENTENCE =
  'expected a list of agents, or an object with one agent per name, each with its point as [x, y] or {x, y}'

function asChange(found: Found, { existing }: ImportDeps): AgentChange {
  const { name, unknown } = found
  const now = existing(name)
  const common = { name, ...(now && { before: now }), ...(unknown.length > 0 && { ignored: [...unknown] }) }
  if ('wrong' in found) {
    const said = found.wrong.map(({ path, message }) =>
      [path.slice(1).join('.'), message].filter(Boolean).join(': '),
    )
    return { ...common, change: 'broken', problems: said }
  }
  const change = now ? (isDeepStrictEqual(now, found.agent) ? 'same' : 'changed') : 'new'
  return { ...common, change, after: found.agent }
}

function readAgent(
  { name, fields, called }: Entry,
  deps: ImportDeps,
): { agent: Agent } | { wrong: Problem[] } {
  const { calibration, ...now } = deps.existing(name) ?? { name }
  // What was seen of the window at the old point says nothing about a new one.
  const isMoved = 'at' in fields && !('at' in now && isDeepStrictEqual(fields['at'], now.at))
  const kept = { ...now, ...(calibration && !isMoved && { calibration }) }
  const checked = wholeEntry.safeParse({ ...kept, ...fields, name })
  if (!checked.success) {
    const wrong = problems(checked.error.issues, [name])
    return { wrong: wrong.map((problem) => ({ ...problem, path: asTheFileHasIt(problem.path, called) })) }
  }
  const agent: Agent = given(checked.data)
  if (deps.profiles.includes(agent.profile)) return { agent }
  const message = `there is no profile "${agent.profile}"; known are ${deps.profiles.join(', ')}`
  return { wrong: [{ path: [name, 'profile'], message }] }
}

function asTheFileHasIt(path: Problem['path'], called: Entry['called']): Problem['path'] {
  const [name = '', field = '', ...rest] = path
  return path.length < 2 ? path : [name, called[field] ?? field, ...rest]
}

function parseJson(content: string): unknown {
  try {
    // Windows programs put a byte order mark before it.
    return JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw refused([{ path: ['content'], message: `the file is not JSON: ${why}` }])
  }
}

function problems(issues: readonly z.core.$ZodIssue[], under: readonly string[]): Problem[] {
  return issues.map((issue) => ({
    path: [...under, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))],
    message: issue.message.replace(/^Invalid input: /, ''),
  }))
}

function refused(issues: readonly Problem[]): OperationError {
  const [first] = issues
  const at = first && first.path.length > 0 ? `${first.path.join(', ')}: ` : ''
  const where = first ? `${at}${first.message}` : 'nothing in it'
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more, see data.issues)` : ''
  const sentence = `No agent was imported. ${where}${more}. Mend the file and import it again.`
  return new OperationError('invalidParams', sentence, { issues })
}
