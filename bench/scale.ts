import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { percentile } from '../demo/percentile'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { Stop } from '../scripts/lib/progress.mjs'
import { setup } from '../scripts/setup.mjs'
import { startApp, type RunningApp } from '../test/harness/app'
import { openPipeClient, type PipeClient } from '../test/harness/pipe-client'
import { writeMillion } from './million'
import { loadPipe } from './pipe-load'
import { sampleMessage } from './sample'
import { printTable } from './table'

const CLIENTS = 16
/** Clients that wait for each acknowledgement before they send the next message, and clients that do not. */
const AHEAD = [1, 32] as const
const ROUND_MS = 2000
const ROUNDS = 3
const SENDS = 200
const CHURN = 20_000
const DELIVERED = 5000
/** What an engine keeps for itself comes and goes. */
const MOST_GROWTH = 1.15
/** What was done before goes on for a while: words are indexed, engines tidy up. */
const SETTLED_MS = 90_000
const IDLE_MS = 20_000

interface Acks {
  readonly perSecond: number
  /** The main process's time of one core for each, in ms, and that of the clients. */
  readonly cost: number
  readonly clientMs: number
}

/** One app under test, by turns with the other. */
interface Side {
  readonly app: RunningApp
  readonly pipe: PipeClient
  readonly startMs: number
  /** By how many of a client's messages are on their way at once. */
  readonly acks: Readonly<Record<(typeof AHEAD)[number], Acks[]>>
  readonly sends: number[]
}

/**
 * Prints what a million of history and 10,000 waiting cost the real app beside an empty one, by turns on the same machine: its
 * start, a message sent, acknowledgements of many clients, memory; then 20,000 sent and cancelled, 5,000 delivered, and an idle
 * app's wake-ups.
 */
export async function benchScale(count = 1_000_000): Promise<void> {
  await setup({ desktop: true })
  const virtual = await startVirtualDesktop()
  Object.assign(process.env, virtual.env)
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const homes = ['empty', 'full'].map((name) => join(folder, name))
  const open: Side[] = []
  try {
    for (const home of homes) {
      mkdirSync(home)
      chmodSync(home, 0o700)
    }
    writeMillion(join(homes[1] ?? '', 'waggle.db'), { count, waiting: 10_000 })
    for (const home of homes) open.push(await start(home))
    const [empty, full] = open
    if (!empty || !full) return
    for (let round = 0; round < ROUNDS; round += 1) for (const side of open) await sendSome(side)
    printSides(empty, full)
    await printChurn(empty)
    await printDelivered(full)
    printTable('An idle app', [['wake-ups a second of its main process', await wakeUps(empty.app)]])
  } finally {
    for (const { app, pipe } of open) {
      pipe.close()
      await app.stop()
    }
    await virtual.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function start(home: string): Promise<Side> {
  // The first start reads the program into memory, and learns what is learnt once.
  await (await startApp({ home, args: ['--hidden'] })).stop()
  const from = performance.now()
  const app = await startApp({ home, args: ['--hidden'] })
  const startMs = performance.now() - from
  const pipe = await openPipeClient(app.endpoint)
  await pipe.call('queue.pause', {})
  for (let agent = 0; agent < 8; agent += 1)
    await pipe.call('agent.set', { name: `Agent-${agent}`, at: [9, 9] })
  await pipe.call('settings.set', { changes: { queue: { limit: 1_000_000 } } })
  return { app, pipe, startMs, acks: { 1: [], 32: [] }, sends: [] }
}

async function sendSome({ app, pipe, acks, sends }: Side): Promise<void> {
  for (let number = 0; number < SENDS; number += 1) {
    const from = performance.now()
    await pipe.call('message.send', sampleMessage(number))
    sends.push(performance.now() - from)
  }
  for (const ahead of AHEAD) {
    const busy = cpuMs(app)
    const { perSecond, count, clientMs } = await loadPipe(app.endpoint.path, {
      clients: CLIENTS,
      ms: ROUND_MS,
      ahead,
    })
    acks[ahead].push({ perSecond, cost: (cpuMs(app) - busy) / count, clientMs })
  }
}

function printSides(empty: Side, full: Side): void {
  const row = (name: string, value: (side: Side) => number, digits = 0): [string, string] => [
    name,
    `${value(empty).toFixed(digits)} ${value(full).toFixed(digits)} (${(value(full) / value(empty)).toFixed(2)}x)`,
  ]
  printTable('Empty, and with a million behind it and 10,000 waiting', [
    row('from the start of the process until it listens, ms', ({ startMs }) => startMs),
    row('message.send, p50, ms', ({ sends }) => percentile(sends, 50), 2),
    row('message.send, p95, ms', ({ sends }) => percentile(sends, 95), 2),
    ...AHEAD.flatMap((ahead) => {
      const of = (read: (one: Acks) => number) => (side: Side) => percentile(side.acks[ahead].map(read), 50)
      return [
        row(
          `acknowledgements a second, ${CLIENTS} clients, ${ahead} ahead`,
          of(({ perSecond }) => perSecond),
        ),
        row(
          'of one core for each of them, ms',
          of(({ cost }) => cost),
          3,
        ),
        row(
          'and of another by the clients, ms',
          of(({ clientMs }) => clientMs),
          3,
        ),
      ]
    }),
    row('memory of the main process, MB', ({ app }) => megabytes(app)),
  ])
}

/** Sent and cancelled again and again, the memory after each: what is kept shows as a slope. */
async function printChurn({ app, pipe }: Side): Promise<void> {
  const memory: number[] = []
  for (let round = 1; round <= 4; round += 1) {
    for (let sent = 0; sent < CHURN / 4; sent += 100) {
      const lot = Array.from({ length: 100 }, (_, number) =>
        pipe.call('message.send', sampleMessage(sent + number)),
      )
      const ids = (await Promise.all(lot)).map(({ messages }) => messages[0]?.id ?? '')
      await Promise.all(ids.map((id) => pipe.call('message.cancel', { id })))
    }
    memory.push(megabytes(app))
  }
  printMemory('Memory of the main process, MB', memory, { each: CHURN / 4, what: 'sent and cancelled' })
}

/** Throws where it has grown: what is kept of each would show as a slope. */
function printMemory(
  title: string,
  memory: readonly number[],
  { each, what }: { each: number; what: string },
): void {
  printTable(
    title,
    memory.map((one, index) => [`after ${each * (index + 1)} ${what}`, one.toFixed(0)]),
  )
  const [first = 0, last = 0] = [memory.at(0), memory.at(-1)]
  if (last > first * MOST_GROWTH) throw new Stop(`It grew from ${first.toFixed(0)} to ${last.toFixed(0)} MB.`)
}

/** By the system's clock of 100 ticks a second. */
function cpuMs({ process: { pid } }: RunningApp): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Delivered again and again, by a command that takes each at once, while the others are paused. */
async function printDelivered({ app, pipe }: Side): Promise<void> {
  const to = 'Commanded'
  await pipe.call('agent.set', { name: to, way: 'command', command: ['true'] })
  for (const { name } of (await pipe.call('agent.list', {})).agents)
    if (name !== to) await pipe.call('queue.pause', { agent: name })
  await pipe.call('queue.resume', {})
  const memory: number[] = []
  for (let round = 1; round <= 5; round += 1) {
    const lot = Array.from({ length: DELIVERED / 5 }, (_, n) =>
      pipe.call('message.send', { to, text: `number ${n}`, from: 'a script' }),
    )
    const ids = (await Promise.all(lot)).map(({ messages }) => messages[0]?.id ?? '')
    await pipe.call('message.wait', { id: ids.at(-1) ?? '', timeoutMs: 600_000 })
    memory.push(megabytes(app))
  }
  const title = 'Memory of the main process that has a million behind it, MB'
  printMemory(title, memory, { each: DELIVERED / 5, what: 'delivered' })
}

function megabytes({ process: { pid } }: RunningApp): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** How often any of its threads was woken, by Linux's count of voluntary switches. */
async function wakeUps(app: RunningApp): Promise<string> {
  await delay(SETTLED_MS)
  const before = switches(app)
  await delay(IDLE_MS)
  return ((switches(app) - before) / (IDLE_MS / 1000)).toFixed(1)
}

function switches({ process: { pid } }: RunningApp): number {
  const folder = `/proc/${pid}/task`
  const counts = readdirSync(folder).map((task) => {
    const status = readFileSync(join(folder, task, 'status'), 'utf8')
    return Number(/voluntary_ctxt_switches:\s+(\d+)/.exec(status)?.[1] ?? 0)
  })
  return counts.reduce((sum, count) => sum + count, 0)
}
