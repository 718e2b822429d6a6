import type { Agent } from '../../src/contract/agent'
import { OperationError } from '../../src/contract/failure'
import { newAgent } from '../../src/main/roster/new-agent'
import type { Roster } from '../../src/main/roster/roster'

/** A roster in memory, kept to the same contract suite as the real one. */
export class FakeRoster implements Roster {
  #agents: ReadonlyMap<string, Agent>
  #before: ReadonlyMap<string, Agent | undefined> | undefined
  readonly #listeners = new Set<(agents: readonly Agent[]) => void>()

  constructor(...names: string[]) {
    this.#agents = new Map(names.map((name) => [name, newAgent(name)]))
  }

  list(): readonly Agent[] {
    return [...this.#agents.values()]
  }

  get(name: string): Agent | undefined {
    return this.#agents.get(name)
  }

  put(...agents: readonly Agent[]): void {
    this.#change(new Map([...this.#agents, ...agents.map((agent) => [agent.name, agent] as const)]))
  }

  import(agents: readonly Agent[]): void {
    this.#before = new Map(agents.map(({ name }) => [name, this.#agents.get(name)]))
    this.put(...agents)
  }

  beforeImport(): ReadonlyMap<string, Agent | undefined> | undefined {
    return this.#before
  }

  undoImport(): void {
    const all = [...new Map([...this.#agents, ...(this.#before ?? [])])]
    this.#before = undefined
    this.#change(new Map(all.flatMap(([name, agent]) => (agent ? [[name, agent] as const] : []))))
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
    const own = (agents: readonly Agent[]) => listener(agents)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  #change(agents: ReadonlyMap<string, Agent>): void {
    this.#agents = agents
    for (const listener of this.#listeners) listener(this.list())
  }
}
