import { AgentPrompt } from '../../../src/main/ways/terminal/agent-prompt'
import type { Errand } from '../../../src/main/ways/terminal/hand-over'
import type { FakeTerminal } from './fake-terminal'

/** Once its prompt has been learnt. */
export async function known(terminal: FakeTerminal): Promise<AgentPrompt> {
  const made = new AgentPrompt({ name: () => 'Agent-1', terminal, clock: terminal.clock })
  while ((await made.standing()).state === 'starting') await terminal.changed(50)
  return made
}

export type Hand = (text: string, more?: Partial<Errand>) => ReturnType<AgentPrompt['handOver']>

/** Hands over a text, which is its message's id, too; what is asked for on the way stands among the terminal's acts. */
export function handTo(terminal: FakeTerminal, prompt: AgentPrompt): Hand {
  return async (text, more = {}) =>
    prompt.handOver({
      id: text,
      text,
      submit: true,
      earlier: undefined,
      signal: new AbortController().signal,
      beforePaste: () => Promise.resolve(terminal.acts.push('asked for the paste') > 0),
      beforeSubmit: () => Promise.resolve(terminal.acts.push('asked for Enter') > 0),
      onStep: () => undefined,
      ...more,
    })
}

/** What the records know of a text that was pasted. */
export const earlier = (text: string): NonNullable<Errand['earlier']> => ({
  messageId: text,
  text,
  at: new Date(0).toISOString(),
})
