import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cleanUp, cliScript, openWire, startServer, type Server } from '../process/programs'
import { openMcpBridge } from './mcp-bridge'

// What MCP's own authors look at a server with, on `waggle mcp`; docs/mcp.md says what of it applies.

const installed = resolve('.cache/real-agents/node_modules')
const node = resolve(installed, 'node/bin/node')
const conformance = resolve(installed, '@modelcontextprotocol/conformance/dist/index.js')
const inspector = resolve(installed, '@modelcontextprotocol/inspector/clients/launcher/build/index.js')

let server: Server
beforeAll(async () => {
  server = await startServer()
  const wire = await openWire(server.endpoint.path)
  await wire.ask('agent.set', { name: 'Agent-2', way: 'inbox' })
  wire.socket.destroy()
})
afterAll(cleanUp)

const mcp = () => [cliScript, 'mcp', '--agent', 'Agent-1']
const env = () => ({ PATH: process.env['PATH'] ?? '', HOME: server.home, WAGGLE_HOME: server.home })

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  return new Promise((done) => {
    execFile(node, args, { env: env(), cwd: server.home }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out: stdout + stderr })
    })
  })
}

function inspect(method: string, ...args: string[]) {
  // It hands no variable on but those that it is told to.
  const given = Object.entries(env()).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  return run(inspector, '--cli', ...given, process.execPath, ...mcp(), '--method', method, ...args)
}

describe('conformance', () => {
  const scenarios = [
    'server-initialize',
    'ping',
    'tools-list',
    'tools-call-error',
    'resources-list',
    'prompts-list',
  ]
  test.each(scenarios)('%s passes', async (scenario) => {
    const bridge = await openMcpBridge({ command: process.execPath, args: mcp(), env: env() })
    try {
      const { code, out } = await run(conformance, 'server', '--url', bridge.url, '--scenario', scenario)
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Passed: 1/1') as unknown })
    } finally {
      await bridge.close()
    }
  })
})

describe('inspector', () => {
  test.each([
    [['tools/list', '--strict'], 'take_messages'],
    [['resources/list'], 'waggle://queue'],
    [['resources/templates/list'], 'waggle://thread/{id}'],
    [['resources/read', '--uri', 'waggle://agents'], 'Agent-2'],
    [['resources/read', '--uri', 'waggle://queue'], 'depth'],
    [['prompts/list'], 'work-with-others'],
    [['prompts/get', '--prompt-name', 'work-with-others'], 'your name is Agent-1'],
    [['tools/call', '--tool-name', 'list_agents'], 'structuredContent'],
    [['tools/call', '--tool-name', 'send_message', '--tool-arg', 'to=Agent-2', 'text=hello'], 'in the inbox'],
  ] as const)('%j answers', async ([method, ...args], word) => {
    const { code, out } = await inspect(method, ...args)
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(word) as unknown })
  })

  test('a tool that refuses says why', async () => {
    const call = ['--tool-name', 'message_status', '--tool-arg', 'message_id=seven']
    const { code, out } = await inspect('tools/call', ...call)
    expect({ code, out }).toMatchObject({
      code: 5,
      out: expect.stringContaining('take it from the message') as unknown,
    })
  })
})
