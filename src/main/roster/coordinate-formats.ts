import { isDeepStrictEqual } from 'node:util'
import { agentSchema } from '../../contract/agent'
import { isRecord } from './read-settings'

/** An agent as a file has it, in our words. */
export interface Entry {
  readonly name: string
  /** The fields it mentions, by our names. */
  readonly fields: Readonly<Record<string, unknown>>
  /** What the file calls a field of ours that it has by another name. */
  readonly called: Readonly<Record<string, string>>
  /** What it has that nothing here knows. */
  readonly unknown: readonly string[]
  /** Several entries of this name that say different things. */
  readonly isTwice: boolean
}

/** What files call the point of an agent's input, the usual one first: our own and the older swarm's, of all its years. */
const POINT_NAMES = [
  'at',
  'chat_input_coordinates',
  'chat_input_coords',
  'chat_input',
  'input_box',
  'input_coordinates',
  'coordinates',
  'coords',
]

/**
 * The agents of a file in any of these forms: `{agents: {name: …}}` or `{agents: [{name, …}]}`, by layouts
 * (`{"8-agent": {name: …}}`), or the names at the top (`{name: …}`); each with its point as `[x, y]`, as `{x, y}`, under one
 * of several names or by itself. Undefined for any other content.
 */
export function entriesOf(content: unknown): Entry[] | undefined {
  const all = pairsOf(content)
  if (!all) return undefined
  const byName = new Map<string, Entry>()
  for (const [name, value] of all) {
    const entry = readEntry(name, value)
    const before = byName.get(name)
    const isTwice =
      before !== undefined && (before.isTwice || Array.isArray(agentsOf(content)) || !isSame(before, entry))
    byName.set(name, { ...(before ?? entry), isTwice })
  }
  return [...byName.values()]
}

/** Which of these forms the content has, what it calls the points, and what stands beside its agents, in words. */
export function formOf(content: unknown): string {
  const called = (entriesOf(content) ?? []).flatMap(({ fields, called }) =>
    'at' in fields ? [called['at'] === 'x' ? 'x and y' : (called['at'] ?? 'at')] : [],
  )
  const points = called.length === 0 ? 'without points' : `points as ${[...new Set(called)].join(', ')}`
  const beside = besideAgents(content)
  const left = beside.length === 0 ? '' : `; left out beside the agents: ${beside.join(', ')}`
  return `${outerForm(content)}, ${points}${left}`
}

function besideAgents(content: unknown): string[] {
  if (!isRecord(content)) return []
  const layouts = layoutsOf(content)
  const holders = layouts.length > 0 ? layouts : (pairsOf(content) ?? [])
  const held = new Set(agentsOf(content) === undefined ? holders.map(([name]) => name) : ['agents'])
  return Object.keys(content).filter((key) => !held.has(key))
}

function outerForm(content: unknown): string {
  const agents = agentsOf(content)
  if (Array.isArray(agents)) return 'a list of agents'
  if (agents !== undefined) return 'agents by name'
  const layouts = layoutsOf(content).map(([name]) => name)
  return layouts.length > 0 ? `agents by layout (${layouts.join(', ')})` : 'agents by name, at the top'
}

type Pair = readonly [name: string, value: unknown]

function agentsOf(content: unknown): unknown {
  return isRecord(content) ? content['agents'] : undefined
}

function pairsOf(content: unknown): Pair[] | undefined {
  if (!isRecord(content)) return undefined
  const { agents } = content
  if (Array.isArray(agents)) return listed(agents)
  if (isRecord(agents)) return Object.values(agents).every(isEntry) ? Object.entries(agents) : undefined
  if (agents !== undefined) return undefined
  const layouts = layoutsOf(content)
  if (layouts.length > 0)
    return layouts.flatMap(([, layout]) => (isRecord(layout) ? Object.entries(layout) : []))
  const atTop = Object.entries(content).filter(([, value]) => isEntry(value))
  return atTop.length === 0 || atTop.some(([name, value]) => 'at' in readEntry(name, value).fields)
    ? atTop
    : undefined
}

function layoutsOf(content: unknown): Pair[] {
  return isRecord(content) ? Object.entries(content).filter(([name]) => /^\d+[-_ ]agents?$/i.test(name)) : []
}

function listed(agents: readonly unknown[]): Pair[] | undefined {
  const pairs = agents.flatMap((agent): Pair[] =>
    isRecord(agent) && typeof agent['name'] === 'string' ? [[agent['name'], agent]] : [],
  )
  return pairs.length === agents.length ? pairs : undefined
}

function isEntry(value: unknown): boolean {
  return isRecord(value) || Array.isArray(value)
}

function isSame(one: Entry, other: Entry): boolean {
  return isDeepStrictEqual(one.fields, other.fields)
}

function readEntry(name: string, value: unknown): Entry {
  const given = isRecord(value) ? value : { at: value }
  const fields: Record<string, unknown> = {}
  const called: Record<string, string> = {}
  const used = new Set(['name'])
  const use = (field: string, by: string, content: unknown) => {
    fields[field] = content
    used.add(by)
    if (field !== by) called[field] = by
  }
  for (const field of Object.keys(agentSchema.shape)) {
    if (field !== 'name' && field in given) use(field, field, given[field])
  }
  const point = POINT_NAMES.find((one) => one in given)
  if (point !== undefined) use('at', point, asPoint(given[point]))
  else if ('x' in given && 'y' in given) {
    use('at', 'x', asPoint(given))
    used.add('y')
  }
  if ('active' in given && !('enabled' in given)) use('enabled', 'active', given['active'])
  return { name, fields, called, unknown: Object.keys(given).filter((key) => !used.has(key)), isTwice: false }
}

function asPoint(value: unknown): unknown {
  return isRecord(value) && 'x' in value && 'y' in value ? [value['x'], value['y']] : value
}
