import type { WayName } from '../../contract/agent'

/** A text that was pasted into an agent's input and is not seen gone. */
export interface Paste {
  readonly messageId: string
  readonly text: string
  /** The person's draft that stood there before; empty: none. */
  readonly draft: string
  /** The way by which it was pasted; left out: into the agent's window. */
  readonly way?: WayName
  /** ISO 8601 UTC. */
  readonly at: string
}

/**
 * What may still stand in agents' inputs, at most one text for each: nobody pastes on top of it, also after a crash of
 * Waggle. What is written is in the file when the call returns; it need not outlive a power cut, since no input does.
 */
export interface Pastes {
  of(agent: string): Paste | undefined
  /** Takes the place of the one before. */
  write(agent: string, paste: Omit<Paste, 'at'>): void
  erase(agent: string): void
}
