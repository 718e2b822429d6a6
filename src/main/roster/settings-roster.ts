import { z } from 'zod'
import { agentSchema, type Agent } from '../../contract/agent'
import { OperationError } from '../../contract/failure'
import { given } from '../given'
import type { Log } from '../log'
import { BEFORE_IMPORT } from './read-settings'
import type { Roster } from './roster'
import type { RawSettings, SettingsFile } from './settings-file'

export interface SettingsRosterDeps {
  readonly file: SettingsFile
  /** The agents that {@link openSettings} read. */
  readonly agents: Readonly<Record<string, Agent>>
  readonly log: Log
}

const beforeSchema = z.record(z.string(), agentSchema.nullable())

/** The roster in `settings.json`: a change is on disk when the call returns, and a failed write changes nothing. */
export class SettingsRoster implements Roster {
  #agents: ReadonlyMap<string, Agent>
  readonly #listeners = new Set<(agents: readonly Agent[]) => void>()
  readonly #deps: SettingsRosterDeps

  constructor(deps: SettingsRosterDeps) {
    this.#deps = deps
    this.#agents = new Map(Object.entries(deps.agents))
  }

  list(): readonly Agent[] {
    return [...this.#agents.values()]
  }

  get(name: string): Agent | undefined {
    return this.#agents.get(name)
  }

  put(...agents: readonly Agent[]): void {
    this.#change(this.#with(agents))
  }

  import(agents: readonly Agent[]): void {
    const before = Object.fromEntries(agents.map(({ name }) => [name, this.#agents.get(name) ?? null]))
    this.#change(this.#with(agents), { [BEFORE_IMPORT]: before })
  }

  beforeImport(): ReadonlyMap<string, Agent | undefined> | undefined {
    const { success, data } = beforeSchema.safeParse(this.#others()[BEFORE_IMPORT])
    if (!success) return undefined
    return new Map(Object.entries(data).map(([name, agent]) => [name, agent ? given(agent) : undefined]))
  }

  undoImport(): void {
    const before = this.beforeImport() ?? new Map<string, Agent | undefined>()
    const all = [...new Map([...this.#agents, ...before])]
    const agents = all.flatMap(([name, agent]) => (agent ? [[name, agent] as const] : []))
    this.#change(new Map(agents), { [BEFORE_IMPORT]: undefined })
  }

  remove(name: string): void {
    if (!this.#agents.has(name)) throw new OperationError('unknownAgent', `There is no agent "${name}".`)
    this.#change(new Map([...this.#agents].filter(([other]) => other !== name)))
  }

  rename(name: string, to: string): void {
    if (!this.#agents.has(name)) throw new OperationError('unknownAgent', `There is no agent "${name}".`)
    const renamed = [...this.#agents].map(
      ([other, agent]) =>
        [other === name ? to : other, other === name ? { ...agent, name: to } : agent] as const,
    )
    this.#change(new Map(renamed))
  }

  onChange(listener: (agents: readonly Agent[]) => void): () => void {
    // Wrapped, so that one function registered twice is two listeners.
    const own = (agents: readonly Agent[]) => listener(agents)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  #with(agents: readonly Agent[]): ReadonlyMap<string, Agent> {
    return new Map([...this.#agents, ...agents.map((agent) => [agent.name, agent] as const)])
  }

  #change(agents: ReadonlyMap<string, Agent>, more: RawSettings = {}): void {
    this.#deps.file.write(given({ ...this.#others(), ...more, agents: Object.fromEntries(agents) }))
    this.#agents = agents
    const list = this.list()
    for (const listener of this.#listeners) listener(list)
  }

  /** The file's other fields as they are now: a person may have edited them meanwhile. */
  #others(): RawSettings {
    try {
      return this.#deps.file.read()
    } catch (error) {
      // Writing over it would lose what that person was doing; the sentence tells them.
      const why = error instanceof Error ? error.message : String(error)
      this.#deps.log.error(`settings.json cannot be read: ${why}`)
      throw new OperationError(
        'internal',
        `The agent was not saved: settings.json cannot be read (${why}). Mend it and try again.`,
      )
    }
  }
}
