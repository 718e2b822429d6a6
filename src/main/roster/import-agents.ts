import { z } from 'zod'
import { isDeepStrictEqual } from 'node:util'
import { agentSchema, pointSchema, type Agent } from '../../contract/agent'
import type { AgentChange } from '../../contract/agent-import'
import { OperationError } from '../../contract/failure'
import { partyName } from '../../contract/text'
import { given } from '../given'

export interface ImportDeps {
  /** The agent of that name as it is now: an older file's entry changes only what that file knows of. */
  existing(name: string): Agent | undefined
  /** The names of the profiles there are. */
  readonly profiles: readonly string[]
}

/** An agent of our own files; what a person left out of one gets its default. */
const ownEntry = agentSchema.extend({
  profile: z.string().default('chat'),
  enabled: z.boolean().default(true),
  description: z.string().max(500).default(''),
})

/** An agent of the older swarm's `cursor_agent_coords.json`. */
const olderEntry = z.object({
  chat_input_coordinates: pointSchema,
  description: z.string().max(500).optional(),
  active: z.boolean().optional(),
})

const file = z.object({
  agents: z.union([z.array(z.looseObject({ name: partyName })), z.record(z.string(), z.looseObject({}))], {
    error: 'expected a list of agents, or an object with one agent per name',
  }),
})

interface Problem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * What a coordinates file (our own export, our settings, or the older swarm's) would do to each of its agents. Throws
 * `OperationError` invalidParams when it is none. Points outside the present screens are kept, since such a file often
 * comes from another layout.
 */
export function compareAgents(content: string, deps: ImportDeps): AgentChange[] {
  return read(content, deps).map((found) => asChange(found, deps))
}

/**
 * The agents of a coordinates file. All or nothing, unless broken ones are to be left out: throws `OperationError`
 * invalidParams, whose `data.issues` name every agent and field that is wrong.
 */
export function importAgents(content: string, deps: ImportDeps, leaveOutBroken = false): Agent[] {
  const found = read(content, deps)
  const wrong = found.flatMap((agent) => ('wrong' in agent ? agent.wrong : []))
  const agents = found.flatMap((agent) => ('wrong' in agent ? [] : [agent.agent]))
  if (wrong.length > 0 && (!leaveOutBroken || agents.length === 0)) throw refused(wrong)
  return agents
}

type Found = { readonly name: string } & ({ readonly agent: Agent } | { readonly wrong: readonly Problem[] })

function read(content: string, deps: ImportDeps): Found[] {
  const checked = file.safeParse(parseJson(content))
  if (!checked.success) throw refused(problems(checked.error.issues, []))
  const all = entries(checked.data.agents)
  if (all.length === 0) throw refused([{ path: ['agents'], message: 'the file has no agents' }])
  const names = all.map(([name]) => name)
  return all.flatMap(([name, entry], index): Found[] => {
    if (names.indexOf(name) !== index) return []
    if (names.lastIndexOf(name) === index) return [{ name, ...readAgent(name, entry, deps) }]
    return [{ name, wrong: [{ path: [name], message: 'is in the file twice' }] }]
  })
}

function asChange(found: Found, { existing }: ImportDeps): AgentChange {
  const { name } = found
  const now = existing(name)
  const before = now && { before: now }
  if ('wrong' in found) {
    const said = found.wrong.map(({ path, message }) =>
      [path.slice(1).join('.'), message].filter(Boolean).join(': '),
    )
    return { name, change: 'broken', ...before, problems: said }
  }
  const change = now ? (isDeepStrictEqual(now, found.agent) ? 'same' : 'changed') : 'new'
  return { name, change, ...before, after: found.agent }
}

type Entry = readonly [name: string, entry: Record<string, unknown>]

function entries(agents: z.infer<typeof file>['agents']): Entry[] {
  if (!Array.isArray(agents)) return Object.entries(agents)
  return agents.map((agent) => [agent.name, agent])
}

function readAgent(
  name: string,
  entry: Record<string, unknown>,
  deps: ImportDeps,
): { agent: Agent } | { wrong: Problem[] } {
  const read =
    'chat_input_coordinates' in entry ? readOlder(name, entry, deps) : ownEntry.safeParse({ ...entry, name })
  if (!read.success) return { wrong: problems(read.error.issues, [name]) }
  const agent: Agent = given(read.data)
  if (deps.profiles.includes(agent.profile)) return { agent }
  const message = `there is no profile "${agent.profile}"; known are ${deps.profiles.join(', ')}`
  return { wrong: [{ path: [name, 'profile'], message }] }
}

function readOlder(name: string, entry: Record<string, unknown>, deps: ImportDeps) {
  const read = olderEntry.safeParse(entry)
  if (!read.success) return read
  const { chat_input_coordinates: at, description, active } = read.data
  // The old window's calibration says nothing about the new point.
  const { calibration: _, ...now } = deps.existing(name) ?? {}
  return ownEntry.safeParse({
    ...now,
    name,
    at,
    ...(description !== undefined && { description }),
    ...(active !== undefined && { enabled: active }),
  })
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
