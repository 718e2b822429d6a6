import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isRunning } from '../harness/processes'
import { cleanUp, newHome, waggle } from './programs'
import {
  AgentLog,
  agentCommand,
  buildWays,
  cli,
  endAll,
  ended,
  personTerminal,
  send,
  startWays,
  tmux,
  until,
  waitsFor,
} from './terminals'

// `waggle wrap` as a person sees it: a pseudo-terminal of the test's own around it, and another one within.

let folder: string
beforeAll(async () => {
  await buildWays()
  folder = mkdtempSync(join(tmpdir(), 'waggle-wrap-'))
})
afterEach(endAll)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await cleanUp()
})

interface Terminal {
  readonly pty: ReturnType<typeof personTerminal>
  /** All that came out. */
  bytes(): Buffer
  /** The same as text. */
  text(): string
  readonly exited: Promise<number>
}

function open(command: readonly string[], env: Record<string, string>): Terminal {
  const pty = personTerminal(command, env)
  const chunks: Buffer[] = []
  pty.onData((bytes: unknown) => void chunks.push(bytes as Buffer))
  const exited = new Promise<number>((done) =>
    pty.onExit(({ exitCode, signal }) => done(signal ? 128 + signal : exitCode)),
  )
  const bytes = () => Buffer.concat(chunks)
  return { pty, exited, bytes, text: () => bytes().toString('utf8') }
}

const wrapCommand = (...command: string[]) => [process.execPath, cli, 'wrap', 'Agent-1', '--', ...command]
const wrapped = (home: string, ...command: string[]) => open(wrapCommand(...command), { WAGGLE_HOME: home })

test('what the program writes reaches the person’s terminal byte for byte, all of it', async () => {
  // Every byte there is, escape sequences cut anywhere, and bare line feeds: 8 MB of them, twice what may wait to be drawn.
  const path = join(folder, 'bytes')
  const block = Buffer.alloc(65_521, 0)
  block.forEach((_, index) => (block[index] = (index * 31 + (index >> 8)) % 256))
  const colours = Buffer.from(
    '\u001b[38;2;1;2;3mcolour\u001b[0m\n\u001b]0;a title\u0007漢字🎉\u001b[?1049h\u001b[?1049l',
  )
  writeFileSync(path, Buffer.concat(Array.from({ length: 120 }, () => [block, colours]).flat()))
  const expected = createHash('sha256')
  expected.update(readFileSync(path))
  const pty = personTerminal(wrapCommand('python3', resolve('test/terminals/writer.py'), path), {
    WAGGLE_HOME: newHome(),
  })
  const seen = createHash('sha256')
  let length = 0
  pty.onData((bytes: unknown) => {
    seen.update(bytes as Buffer)
    length += (bytes as Buffer).length
  })
  const code = await new Promise((done) => pty.onExit(({ exitCode }) => done(exitCode)))
  expect({ length, code }).toEqual({ length: statSync(path).size, code: 0 })
  expect(seen.digest('hex')).toBe(expected.digest('hex'))
})

test('all that a terminal can draw and is asked arrives as it is, through a storm of new sizes, and only the terminal answers', async () => {
  const record = join(folder, 'screens')
  const { pty, text, bytes, exited } = wrapped(
    newHome(),
    'python3',
    resolve('test/terminals/screens.py'),
    record,
  )
  await until(() => text().includes('\u001b[18t') && text().includes('100x30'))
  const answers = ['\u001b[?65;1c', '\u001b[>41;380;0c', '\u001b[5;9R', '\u001b]11;rgb:ffff/0/0\u0007']
  pty.write(answers.join(''))
  for (let turn = 0; turn < 100; turn += 1) pty.resize(20 + ((turn * 37) % 90), 5 + ((turn * 13) % 20))
  pty.resize(97, 31)
  await until(() => text().includes('97x31'))
  pty.write('q')
  expect(await exited).toBe(0)
  expect(bytes().equals(readFileSync(`${record}.out`))).toBe(true)
  expect(readFileSync(`${record}.in`, 'latin1')).toBe(`${answers.join('')}q`)
})

test('keys reach the program byte for byte: control characters, a mouse report, a paste, half a character', async () => {
  const log = join(folder, 'keys')
  const script = `import sys,tty,os\ntty.setraw(0)\nprint('READY',flush=True)\nd=b''\nwhile not d.endswith(b'END'): d+=os.read(0,4096)\nopen(${JSON.stringify(log)},'wb').write(d)`
  const { pty, text, exited } = wrapped(newHome(), 'python3', '-c', script)
  await until(() => text().includes('READY'))
  const keys = Buffer.concat([
    Buffer.from(
      '\u0003\u001a\u0004\u0011\u0013\r\n\t\u007f\u001b[<0;44;22M\u001b[200~pasted\rtext\u001b[201~é漢',
    ),
    Buffer.from([0xf0, 0x9f]),
    Buffer.from([0x8e, 0x89]),
    Buffer.from('END'),
  ])
  pty.write(keys as unknown as string)
  expect(await exited).toBe(0)
  expect(readFileSync(log).toString('hex')).toBe(keys.toString('hex'))
})

test.each([
  ['its code', 'exit 7', 7],
  ['128 and the signal that ended it', 'kill -TERM $$', 143],
  ['the same for a signal that cannot be caught', 'kill -KILL $$', 137],
])('it exits with %s', async (_what, script, code) => {
  expect(await wrapped(newHome(), 'sh', '-c', script).exited).toBe(code)
})

test('a command that is not there is 127, however soon that is known', async () => {
  // Many at once: each of them has to share the processors with the others while it starts.
  const tries = Array.from({ length: 16 }, async () => wrapped(newHome(), 'no-such-command-here').exited)
  expect(new Set(await Promise.all(tries))).toEqual(new Set([127]))
})

test('the program sees the size of the person’s terminal and its changes, its modes and its variables', async () => {
  const script =
    'stty size; tty -s && echo A-TTY; echo "name $WAGGLE_AGENT $TERM"; trap "stty size; exit 0" WINCH; echo READY; while :; do sleep 0.05; done'
  const { pty, text, exited } = wrapped(newHome(), 'sh', '-c', script)
  await until(() => text().includes('READY'))
  expect(text()).toMatch(/^30 100\r\nA-TTY\r\nname Agent-1 xterm/)
  pty.resize(61, 17)
  expect(await exited).toBe(0)
  expect(text()).toContain('17 61')
})

test('Ctrl+C ends the program as in any terminal', async () => {
  const { pty, text, exited } = wrapped(
    newHome(),
    'sh',
    '-c',
    'trap "echo caught; exit 5" INT; echo READY; while :; do sleep 0.05; done',
  )
  await until(() => text().includes('READY'))
  pty.write('\u0003')
  expect(await exited).toBe(5)
  expect(text()).toContain('caught')
})

test('Ctrl+Z gives the terminal back to the person’s shell, and fg lets the program go on', async () => {
  const shell = open(['bash', '--norc', '--noprofile', '-i'], { WAGGLE_HOME: newHome(), PS1: 'SHELL> ' })
  await until(() => shell.text().includes('SHELL> '))
  const program = join(folder, 'goes-on.py')
  const resumed = 'signal.signal(signal.SIGCONT, lambda *_: print("RESUMED", flush=True))'
  writeFileSync(
    program,
    `import signal\n${resumed}\nprint("READY", flush=True)\nprint("got", input(), flush=True)\n`,
  )
  shell.pty.write(`'${process.execPath}' '${cli}' wrap Agent-1 -- python3 '${program}'\r`)
  await until(() => shell.text().includes('READY\r\n'))
  shell.pty.write('\u001a')
  await until(() => shell.text().includes('Stopped'))
  shell.pty.write('echo here; jobs\r')
  await until(() => shell.text().includes('here\r\n'))
  shell.pty.write('fg\r')
  await until(() => shell.text().includes('RESUMED'))
  shell.pty.write('a line\r')
  await until(() => /got a line\r\n[^]*SHELL> /.test(shell.text()))
  shell.pty.write('exit\r')
  expect(await shell.exited).toBe(0)
})

test('stopped when its terminal goes, nothing of it stays behind', async () => {
  const shell = open(['bash', '--norc', '--noprofile', '-i'], { WAGGLE_HOME: newHome(), PS1: 'SHELL> ' })
  await until(() => shell.text().includes('SHELL> '))
  shell.pty.write(`'${process.execPath}' '${cli}' wrap Agent-1 -- sh -c 'echo "PID $$"; sleep 1000'\r`)
  const [, pid] = await until(() => /PID (\d+)\r\n/.exec(shell.text()) ?? undefined)
  shell.pty.write('\u001a')
  await until(() => shell.text().includes('Stopped'))
  shell.pty.kill('SIGKILL')
  await shell.exited
  await until(() => !isRunning(pid ?? ''))
})

test('told to end, it hands that on and ends as the program does', async () => {
  const { pty, text, exited } = wrapped(
    newHome(),
    'sh',
    '-c',
    'trap "echo told; exit 6" TERM; echo READY; while :; do sleep 0.05; done',
  )
  await until(() => text().includes('READY'))
  pty.kill('SIGTERM')
  expect(await exited).toBe(6)
  expect(text()).toContain('told')
})

test('while no Waggle runs it is the plain program; it joins once one does, and again after a restart', async () => {
  const home = newHome()
  const log = new AgentLog()
  wrapped(home, ...agentCommand(log, 'claude'))
  await log.started()
  const first = await startWays(home)
  expect(await ended(first, await send(first, 'Agent-1', 'one'))).toMatchObject({
    state: 'delivered',
    proof: 'prompt',
  })
  await first.kill()
  const second = await startWays(home)
  expect(await ended(second, await send(second, 'Agent-1', 'two'))).toMatchObject({ state: 'delivered' })
  expect(log.prompts()).toEqual(['one', 'two'])
  await second.kill()
})

test('within tmux it is the same: its size, its messages, and its exit code', async () => {
  const server = await startWays()
  const log = new AgentLog()
  const inner = agentCommand(log, 'claude').map((word) => `'${word}'`)
  const command = `${wrapCommand('sh', '-c', `stty size > '${log.path}.size'; exec "$@"`, 'sh')
    .map((word) => `'${word}'`)
    .join(' ')} ${inner.join(' ')}; echo $? > '${log.path}.code'`
  const pane = await tmux(
    'new-session',
    '-d',
    '-x',
    '90',
    '-y',
    '28',
    '-P',
    '-F',
    '#{pane_id}',
    '-e',
    `WAGGLE_HOME=${server.home}`,
    command,
  )
  await log.started()
  expect(await ended(server, await send(server, 'Agent-1', 'one\ntwo'))).toMatchObject({ state: 'delivered' })
  expect(log.prompts()).toEqual(['one\ntwo'])
  expect(readFileSync(`${log.path}.size`, 'utf8').trim()).toBe('28 90')
  await tmux('send-keys', '-t', pane, 'C-c')
  await until(() => statSync(`${log.path}.code`, { throwIfNoEntry: false }) !== undefined)
  expect(readFileSync(`${log.path}.code`, 'utf8').trim()).toBe('0')
  await server.kill()
})

test('a name that another terminal has is refused before anything runs', async () => {
  const server = await startWays()
  const log = new AgentLog()
  wrapped(server.home, ...agentCommand(log, 'claude'))
  await log.started()
  const touched = join(folder, 'touched')
  const refused = wrapped(server.home, 'touch', touched)
  expect(await refused.exited).toBe(2)
  expect(refused.text()).toContain('another terminal')
  expect(statSync(touched, { throwIfNoEntry: false })).toBeUndefined()
  await server.kill()
})

test('its agent is listed with its way and its program, and gone it is waited for', async () => {
  const server = await startWays()
  const log = new AgentLog()
  const { pty, exited } = wrapped(server.home, ...agentCommand(log, 'claude'))
  await log.started()
  const { out } = await waggle(server.home, ['--json', 'agents'])
  expect(JSON.parse(out)).toMatchObject({ agents: [{ name: 'Agent-1', way: 'terminal', program: 'node' }] })
  pty.kill('SIGTERM')
  expect(await exited).toBe(143)
  const id = await send(server, 'Agent-1', 'are you there?')
  // Handed over before its end is known, it says that first.
  await until(async () =>
    (await waitsFor(server, id, 'agent-ended')).failure?.message.includes('waggle wrap Agent-1'),
  )
  await server.kill()
})
