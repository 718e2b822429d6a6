import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'

/** The official client, with `waggle mcp` as its server. */
export interface McpClient {
  readonly client: Client
  readonly pid: number
  /** What a tool answers; throws its sentence where it says that it failed. */
  call(
    name: string,
    args?: Record<string, unknown>,
    options?: Parameters<Client['callTool']>[2],
  ): Promise<Record<string, unknown>>
  /** What a tool says where it fails. */
  refused(name: string, args?: Record<string, unknown>): Promise<string>
  close(): Promise<void>
}

/** Starts `waggle mcp` (the script at `cli`) for this agent, as an agent's program does. */
export async function openMcp(
  cli: string,
  home: string,
  agent?: string,
  env: Record<string, string> = {},
): Promise<McpClient> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [cli, 'mcp', ...(agent === undefined ? [] : ['--agent', agent])],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', WAGGLE_HOME: home, ...env },
    stderr: 'inherit',
  })
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  const run: McpClient['call'] = async (name, args = {}, options) => {
    const result = await client.callTool({ name, arguments: args }, CallToolResultSchema, options)
    const [content] = result.content as { type: string; text: string }[]
    if (result.isError) throw new Error(content?.text)
    return JSON.parse(content?.text ?? '') as Record<string, unknown>
  }
  return {
    client,
    pid: transport.pid ?? 0,
    call: run,
    refused: async (name, args) =>
      run(name, args).then(
        (result) => {
          throw new Error(`${name} was not refused: ${JSON.stringify(result)}`)
        },
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
    close: async () => client.close(),
  }
}
