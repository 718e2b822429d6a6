import type { Agent } from '../../contract/agent'

/** What an agent is told where nobody has written anything else. */
export const ownOnboarding = `You are {name}, one of several agents on this desktop who write to each other by Waggle.

Who is there:
{agents}

How to write to them, from your shell:
  waggle send --agent NAME --from "{name}" --message "…"
  waggle ask --agent NAME --from "{name}" --message "…"   (waits, and prints the answers)
  waggle reply ID --message "…"   (answers a message that names its ID)
If you have Waggle's own tools (send_message, ask, reply, list_agents), use those instead.

A message that comes to you says who sent it where that matters. Answer when an answer is asked for, once, short and to the point. Do not answer thanks.`

/** The text with the agent's name and the list of the others in it. */
export function onboardingText(
  template: string,
  name: string,
  agents: readonly Pick<Agent, 'name' | 'description' | 'enabled'>[],
): string {
  const others = agents.filter((agent) => agent.enabled && agent.name !== name)
  const list = others.map((agent) => `- ${agent.name}${agent.description && `: ${agent.description}`}`)
  const values: Readonly<Record<string, string>> = {
    name,
    agents: list.length > 0 ? list.join('\n') : '(nobody else yet)',
  }
  return template
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .replaceAll(/\{(name|agents)\}/g, (whole, word: string) => values[word] ?? whole)
}
