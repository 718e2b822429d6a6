import type { z } from 'zod'
import { agentSchema, type Agent } from '../../contract/agent'
import { settingsSchema, type Settings } from '../../contract/settings'
import { given } from '../given'
import { newAgent } from './new-agent'
import type { RawSettings } from './settings-file'

export interface Reading {
  /** Defaults filled in. */
  readonly settings: Settings
  readonly agents: Readonly<Record<string, Agent>>
  /** The content without what was broken, fields of other versions included. */
  readonly kept: RawSettings
  /** What was broken, a sentence each. */
  readonly problems: readonly string[]
  /** What it has that nothing here knows: `theem`, `agents.Agent-1.coords`. */
  readonly unknown: readonly string[]
}

/** Where the agents of the last import are kept as they were before it; null: not there. */
export const BEFORE_IMPORT = 'beforeImport'

/** Reads field by field, so that a slip in one loses no other. */
export function readSettings(raw: RawSettings): Reading {
  const kept: Record<string, unknown> = { ...raw }
  const problems: string[] = []
  for (const [field, schema] of Object.entries(settingsSchema.shape)) {
    if (raw[field] === undefined) continue
    const sound = soundPart(field, schema, raw[field], problems)
    if (sound === undefined) delete kept[field]
    else kept[field] = sound
  }
  const agents = readAgents(raw['agents'], problems)
  if (raw['agents'] !== undefined) kept['agents'] = agents
  const settings = settingsSchema.parse(kept)
  const known = {
    ...settings,
    [BEFORE_IMPORT]: undefined,
    agents: raw['agents'] === undefined ? {} : agents,
  }
  return { settings, agents, kept, problems, unknown: unknownIn({ ...kept, agents: raw['agents'] }, known) }
}

/** The places that a schema has left out. What electron-store keeps for itself begins with underscores. */
function unknownIn(raw: RawSettings, known: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(raw).flatMap(([name, value]) => {
    if (value === undefined || name.startsWith('__')) return []
    const read = known[name]
    if (!(name in known)) return [name]
    return isRecord(value) && isRecord(read) ? unknownIn(value, read).map((place) => `${name}.${place}`) : []
  })
}

/** The value without what its schema refuses: of a group one field, of the profiles one profile. Undefined: all of it. */
function soundPart(field: string, schema: z.ZodType, value: unknown, problems: string[]): unknown {
  const issues = schema.safeParse(value).error?.issues ?? []
  for (const { path, message } of issues) {
    problems.push(`${[field, ...path].join('.')}: ${message}; the default is used`)
  }
  const wrong = new Set(issues.map(({ path }) => path[0]))
  if (wrong.size === 0) return value
  if (!isRecord(value) || wrong.has(undefined)) return undefined
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !wrong.has(name)))
  // Once more: some of its rules are looked at only when the others are kept.
  return soundPart(field, schema, rest, problems)
}

function readAgents(raw: unknown, problems: string[]): Record<string, Agent> {
  if (raw === undefined) return {}
  if (!isRecord(raw)) {
    problems.push('agents: expected one entry per name; there are no agents now')
    return {}
  }
  const agents: [string, Agent][] = []
  for (const [name, entry] of Object.entries(raw)) {
    const checked = agentSchema.safeParse({
      ...newAgent(name),
      ...(isRecord(entry) ? entry : { at: entry }),
      name,
    })
    const issue = checked.error?.issues[0]
    if (checked.success) agents.push([name, given(checked.data)])
    else problems.push(`agent "${name}", ${issue?.path.join('.')}: ${issue?.message}; it is left out`)
  }
  return Object.fromEntries(agents)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
