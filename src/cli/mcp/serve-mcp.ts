import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { Link } from './link'
import { createMcpServer } from './mcp-server'

interface ServeDeps {
  readonly home: string
  readonly agent: string | undefined
  readonly version: string
}

/** Serves MCP on stdin and stdout; resolves once the client has gone. */
export async function serveMcp({ home, ...about }: ServeDeps): Promise<void> {
  const link = new Link(home)
  const server = createMcpServer({ ...about, link })
  const gone = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
    // What is written to a client that has gone goes nowhere.
    process.stdout.once('error', () => resolve())
  })
  await server.connect(new StdioServerTransport())
  await gone
  await server.close()
  link.close()
}
