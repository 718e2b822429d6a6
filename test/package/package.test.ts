import { spawn as spawnChild, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { spawn } from '@lydell/node-pty'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import { startAgents, type Agents } from '../harness/agents'
import { startApp, type RunningApp } from '../harness/app'

const unpacked = join(projectRoot, 'dist', 'linux-unpacked')
const home = mkdtempSync(join(tmpdir(), 'waggle-package-'))
const waggle = join(unpacked, 'resources', 'bin', 'waggle')

/** Runs the package's command line as a user would; a link to it stands in for one in PATH. */
function runWaggle(
  command: string,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, WAGGLE_HOME: home }
  return spawnSync(command, args, { env, encoding: 'utf8', timeout: 20_000 })
}

describe('the packaged app', () => {
  let app: RunningApp
  let agents: Agents

  beforeAll(async () => {
    agents = await startAgents({ agents: [{ name: 'Agent-1' }] })
    app = await startApp({ home, executable: join(unpacked, 'waggle') })
  })

  afterAll(async () => {
    await app.kill()
    await agents.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it('answers hello on its pipe, as the version that package.json names', async () => {
    const answer = await ask(app.endpoint.path, { jsonrpc: '2.0', id: 1, method: 'hello', params: {} })
    expect(answer).toMatchObject({
      id: 1,
      result: {
        name: expect.stringMatching(/waggle/i) as string,
        version: app.endpoint.version,
        pid: app.process.pid,
        home,
      },
    })
  })

  it('brings a command line that finds the app, also through a link', () => {
    const direct = runWaggle(waggle, 'status', '--json')
    expect(direct.stderr).toBe('')
    expect(JSON.parse(direct.stdout)).toMatchObject({ paused: false, depth: 0 })
    const linked = runWaggle(
      'sh',
      '-c',
      `ln -s '${waggle}' "$WAGGLE_HOME/w" && "$WAGGLE_HOME/w" status --json`,
    )
    expect(linked.stdout).toBe(direct.stdout)
  })

  it('runs without a desktop from that command line', async () => {
    const { DISPLAY: _, ...env } = process.env
    const own = join(home, 'headless')
    const child = spawnChild(waggle, ['start', '--headless'], { env: { ...env, WAGGLE_HOME: own } })
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    expect(said.toString()).toContain('runs without a desktop')
    const ask = { env: { ...env, WAGGLE_HOME: own }, encoding: 'utf8' } as const
    expect(spawnSync(waggle, ['status'], ask).status).toBe(0)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  it('delivers from that command line into a real window, so all its native parts work', async () => {
    const { input } = await agents.window('Agent-1')
    expect(runWaggle(waggle, 'agents', 'set', 'Agent-1', '--at', input.join(',')).status).toBe(0)
    const sent = runWaggle(
      waggle,
      'send',
      '--agent',
      'Agent-1',
      '--message',
      'from a package 🐝',
      '--wait=30',
    )
    expect(sent).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^delivered .* read-back$/m) as string,
    })
    expect(agents.submissions()).toMatchObject([{ agent: 'Agent-1', text: 'from a package 🐝' }])
  })

  it('wraps an agent in a terminal of its own, so its native part for that works, and runs it as no part of itself', async () => {
    const script = 'echo "$WAGGLE_AGENT [$ELECTRON_RUN_AS_NODE]"; stty size; exit 4'
    const env = { ...process.env, WAGGLE_HOME: home }
    const terminal = spawn(waggle, ['wrap', 'Agent-2', '--', 'sh', '-c', script], { cols: 80, rows: 24, env })
    let shown = ''
    terminal.onData((text) => (shown += text))
    const { exitCode } = await new Promise<{ exitCode: number }>((done) => terminal.onExit(done))
    expect({ exitCode, shown }).toEqual({ exitCode: 4, shown: 'Agent-2 []\r\n24 80\r\n' })
  })

  it('brings the notices of all it is made of', () => {
    const notices = readFileSync(join(unpacked, 'resources', 'app.asar'), 'latin1')
    for (const name of ['react-dom@', 'commander@', '@photostructure/sqlite@'])
      expect(notices).toContain(name)
  })

  it('passes the exit code of its command line on', () => {
    const refused = runWaggle(waggle, 'send', '--agent', 'Nobody', '--message', 'x')
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('Nobody') as string })
  })

  it('leaves no endpoint behind when the system ends it', async () => {
    await app.stop()
    expect(app.process.signalCode).toBeNull()
    expect(existsSync(join(home, 'endpoint.json'))).toBe(false)
    expect(runWaggle(waggle, 'status').status).toBe(69)
  })
})

/** Sends one line to the pipe and resolves with the line that answers. */
async function ask(path: string, request: object): Promise<unknown> {
  const socket = connect(path)
  try {
    socket.write(`${JSON.stringify(request)}\n`)
    for await (const line of createInterface({ input: socket })) return JSON.parse(line)
    throw new Error('the pipe closed without an answer')
  } finally {
    socket.destroy()
  }
}
