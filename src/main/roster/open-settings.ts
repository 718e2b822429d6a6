import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { agentSchema, type Agent } from '../../contract/agent'
import type { Log } from '../log'
import { given } from '../given'
import { settingsSchema, type Settings } from '../settings'
import { newAgent } from './new-agent'
import type { RawSettings, SettingsFile } from './settings-file'

export interface OpenSettingsDeps {
  readonly file: SettingsFile
  readonly log: Log
  /** Milliseconds since 1970. */
  now(): number
}

/**
 * The settings of a home, defaults filled in. What is broken never stops the start and is never lost: the file is kept
 * aside as `settings.json.broken-<date>`, the log says what was wrong, and whatever could be read goes on.
 */
export function openSettings(home: string, deps: OpenSettingsDeps): Settings {
  const path = join(home, 'settings.json')
  if (!isJsonObject(path)) {
    const aside = `${path}.broken-${stamp(deps.now())}`
    renameSync(path, aside)
    deps.log.error(
      `settings.json is not a JSON object; it is kept as ${aside}, and Waggle starts with defaults`,
    )
  }
  const raw = deps.file.read()
  const { settings, kept, problems } = readSettings(raw)
  if (problems.length === 0) return settings
  const aside = `${path}.broken-${stamp(deps.now())}`
  copyFileSync(path, aside)
  for (const problem of problems) deps.log.error(`settings.json: ${problem}`)
  deps.log.error(`settings.json as it was is kept as ${aside}`)
  deps.file.write(kept)
  return settings
}

function isJsonObject(path: string): boolean {
  if (!existsSync(path)) return true
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isRecord(content)
  } catch (error) {
    // Not JSON is a broken file; not readable at all is for the caller to hear of.
    if (error instanceof SyntaxError) return false
    throw error
  }
}

interface Reading {
  readonly settings: Settings
  /** The content without what was broken, fields of other versions included. */
  readonly kept: RawSettings
  readonly problems: readonly string[]
}

/** Reads field by field, so that a slip in one loses no other. */
function readSettings(raw: RawSettings): Reading {
  const kept: Record<string, unknown> = { ...raw }
  const problems: string[] = []
  for (const [field, schema] of Object.entries(settingsSchema.shape)) {
    if (field === 'agents' || raw[field] === undefined) continue
    const checked = schema.safeParse(raw[field])
    if (checked.success) continue
    const [issue] = checked.error.issues
    problems.push(`${[field, ...(issue?.path ?? [])].join('.')}: ${issue?.message}; the default is used`)
    delete kept[field]
  }
  const agents = readAgents(raw['agents'], problems)
  if (raw['agents'] !== undefined) kept['agents'] = agents
  return { settings: settingsSchema.parse({ ...kept, agents }), kept, problems }
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A time for a file's name: no colons, which Windows refuses. */
function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(':', '-')
}
