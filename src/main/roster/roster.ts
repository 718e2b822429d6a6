import type { Agent } from '../../contract/agent'

/** The agents: who can be written to, and where they live. */
export interface Roster {
  list(): readonly Agent[]
  get(name: string): Agent | undefined
  /** Adds or replaces by name; several at once are written together. */
  put(...agents: readonly Agent[]): void
  /** As `put`, and remembers, also over a restart, what these agents were before. */
  import(agents: readonly Agent[]): void
  /** What the agents of the last import were before it, undefined for one that was not there; undefined where there is none to undo. */
  beforeImport(): ReadonlyMap<string, Agent | undefined> | undefined
  /** Each of these agents as it was before the last import, all at once; it cannot be undone a second time. */
  undoImport(): void
  /** Throws `OperationError` unknownAgent. */
  remove(name: string): void
  /** The same agent, in its place, under another name. Throws `OperationError` unknownAgent. */
  rename(name: string, to: string): void
  /** Calls back after every change; returns the way to stop. */
  onChange(listener: (agents: readonly Agent[]) => void): () => void
}
