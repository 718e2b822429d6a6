import { spawn, type IPty } from '@lydell/node-pty'
import { afterEach, expect, test } from 'vitest'
import { readerOf, terminalBelow } from '../../../src/main/ways/terminal/reader'

// Who reads a terminal, by /proc.

const open: IPty[] = []
afterEach(async () => {
  // Until they are gone, the next test would find them below this process, too.
  await Promise.all(
    open.splice(0).map(async (pty) => {
      const gone = new Promise((resolve) => pty.onExit(resolve))
      pty.kill('SIGKILL')
      await gone
    }),
  )
})

/** Starts a program in a pseudo-terminal and waits until it has said something. */
async function start(command: string, ...args: readonly string[]): Promise<IPty> {
  const pty = spawn(command, [...args], {})
  open.push(pty)
  await new Promise<void>((resolve) => pty.onData(() => resolve()))
  return pty
}

test('the one terminal below a process is found, and two are not told apart', async () => {
  expect(terminalBelow(process.pid)).toBe('none')
  const one = await start('sh', '-c', 'tty; cat')
  const below = terminalBelow(process.pid)
  expect(below).toEqual({ member: one.pid, device: expect.stringMatching(/^\/dev\/pts\/\d+$/) as string })
  await start('sh', '-c', 'tty; cat')
  expect(terminalBelow(process.pid)).toBe('several')
})

test('a terminal within the terminal is none of the window’s', async () => {
  const script =
    "const { spawn } = require('@lydell/node-pty'); spawn('sh', ['-c', 'tty; cat'], {}).onData(() => console.log('up'))"
  const outer = await start(process.execPath, '-e', script)
  expect(terminalBelow(process.pid)).toMatchObject({ member: outer.pid })
})

test.each([
  [['-e', 'setInterval(() => undefined, 1000); console.log("up")'], { kind: 'program', name: 'node script' }],
  [['test/terminals/agent.mjs', '/dev/null'], { kind: 'program', name: 'agent.mjs' }],
  [['-i'], { kind: 'other', name: 'node' }],
])(
  'node %j is known by what it runs, and reads commands itself where that is nothing',
  async (args, reader) => {
    const { pid } = await start(process.execPath, ...args)
    expect(readerOf(pid)).toMatchObject(reader)
  },
)
