import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Start {
  readonly command: string
  readonly args: string[]
  readonly env: Record<string, string>
}

/** Hands each message on to an MCP server on stdio and back, unchanged, for tools that know servers by HTTP only. */
export async function openMcpBridge(start: Start): Promise<{ url: string; close(): Promise<void> }> {
  const sessions = new Map<string, StreamableHTTPServerTransport>()
  const pipes: StdioClientTransport[] = []
  const open = async () => {
    const web = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, web),
    })
    const pipe = new StdioClientTransport(start)
    pipes.push(pipe)
    /* oxlint-disable unicorn/prefer-add-event-listener -- MCP's transports have but these */
    web.onmessage = (message) => void pipe.send(message)
    pipe.onmessage = (message) => void web.send(message)
    /* oxlint-enable unicorn/prefer-add-event-listener */
    await Promise.all([web.start(), pipe.start()])
    return web
  }
  const server = createServer((request, response) => {
    const id = String(request.headers['mcp-session-id'])
    void (async () => (sessions.get(id) ?? (await open())).handleRequest(request, response))()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await Promise.all(pipes.map(async (pipe) => pipe.close()))
    },
  }
}
