import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { percentile } from '../demo/percentile'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { setup } from '../scripts/setup.mjs'
import { startApp } from '../test/harness/app'
import { openPipeClient, type PipeClient } from '../test/harness/pipe-client'
import { printTable } from './table'

/** An attack ends when all of it was answered, or after this. */
const LONGEST_MS = 5000
const EVERY_MS = 2
const AFTERWARDS_MS = 300

interface Attack {
  readonly name: string
  readonly lines: string
  /** How many lines of answer it gets. */
  readonly answers: number
  readonly isDeaf?: true
}

/**
 * Prints how long another client that asks `queue.status` every 2 ms waits at worst beside each kind of attacker, on the real
 * app with 300 long messages in its queue. Uses a virtual desktop of its own.
 */
export async function benchHostile(): Promise<void> {
  await setup({ desktop: true })
  const virtual = await startVirtualDesktop()
  Object.assign(process.env, virtual.env)
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const app = await startApp({ home: join(folder, 'home'), args: ['--hidden'] })
  const pipe = await openPipeClient(app.endpoint)
  try {
    await pipe.call('queue.pause', {})
    await pipe.call('agent.set', { name: 'Agent-1', at: [9, 9] })
    for (let number = 0; number < 300; number += 1)
      await pipe.call('message.send', { to: 'Agent-1', text: `${number} ${'x'.repeat(20_000)}` })
    // The first of each kind finds the engine cold, as on the first day.
    for (const title of ['cold', 'warm']) {
      const rows: [string, string][] = []
      for (const attack of attacks()) rows.push([attack.name, await beside(attack, app.endpoint.path, pipe)])
      printTable(`Another client's queue.status, ms: p50, p99, most (${title})`, rows)
    }
  } finally {
    pipe.close()
    await app.stop()
    await virtual.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const line = (method: string, params: unknown = {}, id: number | string = 1) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params })
const batch = (method: string, params: unknown) =>
  `[${Array.from({ length: 1000 }, (_, id) => line(method, params, id)).join()}]`
const times = (count: number, one: string) => Array.from({ length: count }, () => one).join('\n')

function attacks(): Attack[] {
  const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`f${n}`, n]))
  const sends = Array.from({ length: 5000 }, (_, n) =>
    line('message.send', { to: 'Agent-1', text: `n${n}` }, n),
  )
  const lists = times(10_000, line('message.list', { limit: 1000 }))
  return [
    { name: 'nobody', lines: '', answers: 1 },
    { name: 'a method of 1 MB', lines: line('x'.repeat(1_000_000)), answers: 1 },
    {
      name: 'a field of 1 MB',
      lines: line('queue.status', { ['y'.repeat(1_000_000)]: 1 }),
      answers: 1,
    },
    { name: '60,000 unknown fields', lines: line('queue.status', many), answers: 1 },
    { name: '5,000 sends', lines: sends.join('\n'), answers: sends.length },
    { name: '10,000 lists of long texts', lines: lists, answers: 10_000 },
    { name: 'the same, never read', lines: lists, answers: 10_000, isDeaf: true },
    { name: 'a batch of 1,000 such lists', lines: batch('message.list', { limit: 1000 }), answers: 1 },
    { name: 'a batch of 1,000 doctor.run', lines: batch('doctor.run', {}), answers: 1 },
    { name: '1,000 searches', lines: times(1000, line('message.list', { text: 'x' })), answers: 1000 },
  ]
}

/** Asks on as long as the attack lasts, and a moment longer. */
async function beside({ lines, answers, isDeaf }: Attack, path: string, pipe: PipeClient): Promise<string> {
  const attacker = connect(path)
  await once(attacker, 'connect')
  const until = isDeaf ? delay(LONGEST_MS / 2) : Promise.race([counted(attacker, answers), delay(LONGEST_MS)])
  if (isDeaf) attacker.pause()
  const end = new AbortController()
  const asking = ask(pipe, end.signal)
  if (lines === '') await delay(LONGEST_MS / 2)
  else {
    attacker.on('error', () => undefined).write(`${lines}\n`)
    await until
  }
  attacker.destroy()
  await delay(AFTERWARDS_MS)
  end.abort()
  const waits = await asking
  return [percentile(waits, 50), percentile(waits, 99), Math.max(...waits)]
    .map((ms) => ms.toFixed(1))
    .join('  ')
}

async function ask(pipe: PipeClient, signal: AbortSignal): Promise<number[]> {
  const waits: number[] = []
  while (!signal.aborted) {
    const from = performance.now()
    await pipe.call('queue.status', {})
    waits.push(performance.now() - from)
    await delay(EVERY_MS)
  }
  return waits
}

async function counted(socket: Socket, answers: number): Promise<void> {
  let lines = 0
  return new Promise((resolve) =>
    socket.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
      if (lines >= answers) resolve()
    }),
  )
}
