import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { Link } from './link'
import { addResources } from './resources'
import { addTools } from './tools'
import { addWaitingTools } from './waiting-tools'

interface McpDeps {
  readonly link: Link
  /** Who the agent is that uses this server. */
  readonly agent: string | undefined
  readonly version: string
}

const NO_NAME =
  'This Waggle server does not know who you are, so it sends nothing and takes nothing. Whoever set it up gives it your name: waggle mcp --agent NAME, or the variable WAGGLE_AGENT.'

/** Waggle's door for agents: it serves one agent, and sends and takes as that one alone. */
export function createMcpServer({ link, agent, version }: McpDeps): McpServer {
  const server = new McpServer(
    { name: 'waggle', title: 'Waggle', version },
    { instructions: howToWork(agent) },
  )
  const me = () => {
    if (agent === undefined) throw new Error(NO_NAME)
    return agent
  }
  const deps = { server, link, me }
  addTools(deps)
  addWaitingTools(deps)
  addResources(deps)
  server.registerPrompt(
    'work-with-others',
    { title: 'Work with the other agents', description: 'How to work with the other agents by Waggle' },
    () => ({ messages: [{ role: 'user', content: { type: 'text', text: howToWork(agent) } }] }),
  )
  return server
}

function howToWork(agent: string | undefined): string {
  return [
    `You are one of several agents who write to each other by Waggle${agent === undefined ? '' : `; your name is ${agent}`}.`,
    'list_agents says who is there and what each is for. send_message tells something, ask sends a question and waits for the answers, reply answers a message.',
    'A message that comes to you names its sender, and often an id: answer with reply and that id when an answer is asked for, once, short and to the point.',
    'If you have no window of your own, take_messages gets what is new; call it when you begin, and between the steps of your work.',
    'Do not answer thanks or greetings, and do not pass messages round in a circle: each of them interrupts somebody.',
  ].join('\n')
}
