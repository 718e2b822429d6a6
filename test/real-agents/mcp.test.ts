import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { openWire, readEndpoint, waggle } from '../process/programs'
import { serverForThisFile } from '../process/server-for-this-file'
import { until } from '../process/terminals'
import { realAgents } from './agents'
import { attempt, endProcessesOf } from './end-processes'
import { startModelServer } from './model-server'

// The real agents' own programs, set up by `waggle mcp --install` alone: they find the server, and its tools answer.

const server = serverForThisFile()
beforeAll(async () => {
  const wire = await openWire(readEndpoint(server.home).path)
  await wire.ask('agent.set', { name: 'Real', way: 'inbox' })
  wire.socket.destroy()
})

test.each(realAgents)(
  '$name finds the server that was installed for it, and gets answers from its tools',
  async (real) => {
    const folder = mkdtempSync(join(tmpdir(), 'waggle-real-mcp-'))
    const [home, project] = [join(folder, 'home'), join(folder, 'project')]
    for (const one of [home, project]) mkdirSync(one)
    const model = await startModelServer('true', 'list_agents')
    onTestFinished(async () => {
      await model.close()
      endProcessesOf(folder)
      // An agent that ends writes to its home for a while.
      await until(() => attempt(() => rmSync(folder, { recursive: true, force: true })))
    })
    const { command, env } = real.prepare(home, project, model.url)
    const installed = await waggle(server.home, ['mcp', '--install', real.client, '--agent', 'Real'], { env })
    expect(installed).toMatchObject({ code: 0 })
    const [program = '', ...before] = command
    const options = { cwd: project, env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env } }
    const listed = await promisify(execFile)(program, [...before, 'mcp', 'list'], options)
    expect(listed.stdout + listed.stderr).toMatch(/waggle.*(?:Connected|enabled)/)
    // Files, not pipes: Codex leaves behind what would keep a pipe open.
    const out = openSync(join(folder, 'out'), 'w')
    const asked = spawn(program, [...before, ...real.once, 'Who is there?'], {
      ...options,
      stdio: ['ignore', out, out],
    })
    const [status] = (await once(asked, 'exit')) as [number | null]
    expect({ status, out: readFileSync(join(folder, 'out'), 'utf8') }).toMatchObject({ status: 0 })
    expect(model.results().join('\n')).toContain('Real')
  },
  120_000,
)
