import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPrograms, cleanUp, openWire, startServer, waggle, type Server } from './programs'

// The command line as shells, cron and other programs start it: full disks behind stdout, broken bytes, odd environments.

let server: Server
beforeAll(async () => {
  await buildPrograms()
  server = await startServer()
})
afterAll(cleanUp)

const cli = join(process.cwd(), '.cache/test-process/cli/waggle.js')
const send = ['send', '--agent', 'Agent-1', '--message'] as const

/** Runs a line of shell in which $WAGGLE is the command line. */
function shell(line: string, env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    encoding: 'utf8',
    env: { ...env, WAGGLE_HOME: server.home, WAGGLE: `${process.execPath} ${cli}` },
  })
  return { code: status, out: stdout, err: stderr }
}

async function queued(): Promise<string[]> {
  const { ask, socket } = await openWire(server.endpoint.path)
  const { result } = await ask('message.list', { states: ['queued'], limit: 1000 })
  socket.destroy()
  return (result as { messages: { text: string }[] }).messages.map(({ text }) => text)
}

describe('what was queued and cannot be told of is no failure to a script', () => {
  test.each([
    ['a full disk', '$WAGGLE send --agent Agent-1 --message full > /dev/full', 'full'],
    [
      'a reader that has gone',
      '{ $WAGGLE send --agent Agent-1 --message gone || echo failed >&2; } | :',
      'gone',
    ],
    ['a closed stdout', '$WAGGLE send --agent Agent-1 --message closed >&-', 'closed'],
  ])('%s', async (_what, line, text) => {
    const { code, err } = shell(line)
    expect(code).toBe(0)
    expect(err).not.toContain('failed')
    expect(await queued()).toContain(text)
  })

  test('and the complaint says so', () => {
    expect(shell('$WAGGLE send --agent Agent-1 --message said > /dev/full').err).toMatch(
      /done, but stdout cannot be written \(ENOSPC.*Do not run this again/,
    )
  })

  test('while a question whose answer is lost did fail', () => {
    expect(shell('$WAGGLE status > /dev/full').code).toBe(1)
  })
})

test('of two values for one option none is dropped without a word', async () => {
  for (const twice of [
    ['--message', 'one', '--message', 'two'],
    ['--message', 'one', '--from', 'a', '--from', 'b'],
  ]) {
    const { code, err } = await waggle(server.home, ['send', '--agent', 'Agent-1', ...twice])
    expect([code, err]).toEqual([2, expect.stringContaining('given twice')])
  }
  expect(await queued()).not.toContain('two')
})

test('an argument that is no UTF-8 is refused, and a true U+FFFD is not', async () => {
  const { code, err } = shell(String.raw`$WAGGLE send --agent Agent-1 --message "$(printf 'caf\351')"`)
  expect([code, err]).toEqual([2, expect.stringContaining('not UTF-8')])
  expect((await waggle(server.home, [...send, 'odd \uFFFD'])).code).toBe(0)
  expect(await queued()).toContain('odd \uFFFD')
})

describe('it works where it is started', () => {
  test.each([
    [
      'from an extension’s terminal',
      { ...process.env, ELECTRON_RUN_AS_NODE: '1', VSCODE_PID: '1', VSCODE_IPC_HOOK: '/x' },
    ],
    [
      'with options for Node',
      { ...process.env, NODE_OPTIONS: '--no-warnings', NODE_EXTRA_CA_CERTS: '/none' },
    ],
    [
      'behind a proxy',
      {
        ...process.env,
        http_proxy: 'http://127.0.0.1:9',
        https_proxy: 'http://127.0.0.1:9',
        all_proxy: 'socks5://127.0.0.1:9',
      },
    ],
    ['by cron or ssh: nothing but a path', { PATH: process.env['PATH'] }],
  ])('%s', (_where, env) => {
    const { code, out } = shell('$WAGGLE status', env)
    expect([code, out]).toEqual([0, expect.stringMatching(/\w/)])
  })
})
