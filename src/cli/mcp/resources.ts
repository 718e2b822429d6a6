import { ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js'
import { shown } from './answers'
import type { ToolDeps } from './tools'

const json = (uri: URL, value: unknown) => ({
  contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify(value, undefined, 2) }],
})

/** What a client can show or attach: the agents, the queue, an exchange. */
export function addResources({ server, link }: Pick<ToolDeps, 'server' | 'link'>): void {
  server.registerResource(
    'agents',
    'waggle://agents',
    { title: 'Agents', description: 'All agents and how they stand', mimeType: 'application/json' },
    async (uri) => json(uri, await link.call('agent.list', {})),
  )
  server.registerResource(
    'queue',
    'waggle://queue',
    {
      title: 'Queue',
      description: 'What is being delivered, and how many wait',
      mimeType: 'application/json',
    },
    async (uri) => json(uri, await link.call('queue.status', {})),
  )
  server.registerResource(
    'thread',
    new ResourceTemplate('waggle://thread/{id}', { list: undefined }),
    {
      title: 'Exchange',
      description: 'The whole exchange that a message belongs to, by the id of any message in it',
      mimeType: 'application/json',
    },
    async (uri, { id }) => {
      const { messages } = await link.call('message.thread', { id: String(id) })
      return json(uri, { messages: messages.map(shown) })
    },
  )
}
