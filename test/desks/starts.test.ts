import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startVirtualDesktop } from '../../scripts/desktop.mjs'
import { resolveElectron } from '../../scripts/electron.mjs'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import type { Endpoint } from '../../src/contract/endpoint'
import { autostartFile, setStartAtLogin } from '../../src/main/shell/login-item'
import { startAgents, type Agents } from '../harness/agents'
import { temporaryHome } from '../harness/home'
import { openPipeClient } from '../harness/pipe-client'
import { until } from './desk'

// The app, begun from where people begin things: it delivers, and its doctor says where it was started and what it lacks.

const person = temporaryHome()
let desktop: Awaited<ReturnType<typeof startVirtualDesktop>>
let agents: Agents
let electron: string

beforeAll(async () => {
  desktop = await startVirtualDesktop()
  agents = await startAgents({ agents: [{ name: 'Agent-1' }], env: { ...process.env, ...desktop.env } })
  electron = (await resolveElectron()).executable
  setStartAtLogin(true, {
    platform: 'linux',
    env: { XDG_CONFIG_HOME: person.path },
    command: [electron, projectRoot],
    setLoginItem: () => undefined,
  })
})
afterAll(async () => {
  await agents.stop()
  await desktop.stop()
  person.remove()
})

interface Place {
  readonly name: string
  readonly command: () => readonly [string, ...string[]]
  /** What a program started there finds in its environment, besides what it needs to be tested. */
  readonly env: () => NodeJS.ProcessEnv
  readonly says: RegExp
}

const usual = () => ({ ...process.env, ...desktop.env, XDG_CONFIG_HOME: person.path })
const bare = () => ({ HOME: person.path, PATH: '/usr/bin:/bin', DISPLAY: desktop.env.DISPLAY })
const atLogin = () => ({
  ...bare(),
  XDG_CONFIG_HOME: person.path,
  DBUS_SESSION_BUS_ADDRESS: desktop.env.DBUS_SESSION_BUS_ADDRESS,
})
const electronItself = () => [electron, projectRoot, '--hidden'] as const

const places: readonly Place[] = [
  {
    name: 'a desktop entry',
    command: () => ['gio', 'launch', autostartFile({ XDG_CONFIG_HOME: person.path })],
    env: atLogin,
    says: /was started by a desktop entry/,
  },
  {
    name: 'autostart at login',
    command: () => ['dex', '--autostart', '--search-paths', join(person.path, 'autostart')],
    env: atLogin,
    says: /was started by another program/,
  },
  {
    name: 'an extension’s terminal, behind a proxy',
    command: () => [process.execPath, join(projectRoot, 'scripts', 'start.mjs'), '--hidden'],
    env: () => ({
      ...usual(),
      ELECTRON_RUN_AS_NODE: '1',
      ELECTRON_NO_ASAR: '1',
      NODE_OPTIONS: '--no-warnings',
      VSCODE_PID: '1',
      VSCODE_IPC_HOOK: '/none',
      http_proxy: 'http://127.0.0.1:9',
      https_proxy: 'http://127.0.0.1:9',
    }),
    says: /was started .*; a proxy is set/,
  },
  {
    name: 'a unit of systemd',
    command: electronItself,
    env: () => ({
      ...atLogin(),
      INVOCATION_ID: '0123456789abcdef',
      JOURNAL_STREAM: '8:1',
    }),
    says: /by systemd/,
  },
  { name: 'cron', command: electronItself, env: bare, says: /without the session bus/ },
  {
    name: 'ssh, to the display of the desk',
    command: electronItself,
    env: () => ({
      ...bare(),
      SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22',
      SSH_TTY: '/dev/pts/9',
      TERM: 'xterm',
    }),
    says: /without the session bus/,
  },
]

test.for(places.map((place) => [place.name, place] as const))('%s', async ([, place], { task }) => {
  const { command, env, says } = place

  const home = temporaryHome()
  onTestFinished(() => home.remove())
  const [program, ...args] = command()
  const own = {
    WAGGLE_HOME: home.path,
    WAGGLE_LOCK: join(home.path, 'desktop'),
    ELECTRON_DISABLE_SANDBOX: '1',
  }
  const launcher = spawn(program, args, { env: { ...env(), ...own }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.on('data', (chunk) => (said += String(chunk)))
  onTestFinished(() => void launcher.kill())
  const endpoint = await endpointIn(home.path, () => said)
  onTestFinished(async () => {
    process.kill(endpoint.pid)
    await until(
      async () => !existsSync(`/proc/${endpoint.pid}`),
      () => 'it does not end',
    )
  })
  const pipe = await openPipeClient(endpoint)
  onTestFinished(() => pipe.close())
  const before = agents.submissions().length
  await pipe.call('agent.set', { name: 'Agent-1', at: (await agents.window('Agent-1')).input })
  const { messages } = await pipe.call('message.send', { to: 'Agent-1', text: 'from there' })
  const ended = await pipe.call('message.wait', { id: messages[0]?.id ?? '', timeoutMs: 15_000 })
  expect(ended).toMatchObject({ state: 'delivered' })
  expect(agents.submissions().slice(before)).toMatchObject([{ text: 'from there' }])
  const { checks } = await pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'Start')?.found).toMatch(says)
  task.meta.cell = 'ok'
})

async function endpointIn(home: string, said: () => string): Promise<Endpoint> {
  const path = join(home, 'endpoint.json')
  await until(
    async () => existsSync(path),
    () => `it does not start: ${said()}`,
  )
  // Whole from the first: it is written aside and renamed.
  return JSON.parse(readFileSync(path, 'utf8')) as Endpoint
}

test('ssh or cron without a display: it says so, and what runs there', async ({ task }) => {
  const { DISPLAY: _, ...env } = bare()
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', 'start.mjs')], { env })
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect([code, said]).toEqual([1, expect.stringMatching(/needs a desktop.*--headless/s)])
  task.meta.cell = 'ok'
})
