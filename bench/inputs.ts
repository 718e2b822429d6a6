import { loadavg } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../scripts/lib/paths.mjs'
import { say, Stop } from '../scripts/lib/progress.mjs'
import { setup } from '../scripts/setup.mjs'
import { percentile } from '../demo/percentile'
import { play, type Act, type Played, type Playground } from '../demo/play'
import { withStage } from '../demo/stage'
import { duration, table } from '../demo/table'
import type { Client } from '../src/client/pipe-client'
import { deliverySteps, type Message } from '../src/contract/message'
import type { WidgetKind } from '../test/harness/inputs'
import { widgetKinds } from '../test/harness/inputs/widget-kinds'
import { withInputStage } from './input-stage'

/** The editors of Cursor and Windsurf, of Claude and ChatGPT, and of VS Code's chat, among others. */
const usual: readonly WidgetKind[] = ['lexical', 'prosemirror', 'tiptap', 'slate', 'monaco']
const scenario = { senders: 8, each: 10, seed: 2 }
const warmUp = { senders: 8, each: 3, seed: 1 }
/** Messages that wait for longer wait for somebody to do something: the way is stuck. */
const STUCK_MS = 200_000

const head = ['', 'right', 'said falsely', 'mean', 'p50', 'p95', 'longest wait', 'load']

type Theatre = Playground & { readonly client: Client; readonly folder: string }

interface Row {
  readonly title: string
  readonly played: Played
  readonly load: number
}

/**
 * Prints how long a message takes from submit to submit in the inputs that agents really have, by each way to look and by
 * scripts, then where Waggle's time goes in each of them. `asked`: only these editors, by commas. Uses virtual desktops of
 * its own. Rejects when Waggle said anything false, or got stuck.
 */
export async function benchInputs(asked?: string): Promise<void> {
  await setup({ desktop: true, inputs: true })
  const end = new AbortController()
  process.once('SIGINT', () => end.abort(new Error('stopped')))
  const widgets = asked === undefined ? usual : widgetKinds.filter((kind) => asked.split(',').includes(kind))
  const stage = { say, signal: end.signal }
  const real = { ...stage, widgets }
  const plain = { ...stage, here: false, inTray: true }
  const results: Results = { rows: [], tables: [], stuck: [] }
  await withInputStage({ ...real, tree: true }, async (theatre) =>
    byWaggle(results, theatre, 'real inputs, Waggle by the tree', stage),
  )
  await withInputStage({ ...real, tree: false }, async (theatre) => {
    await byWaggle(results, theatre, 'real inputs, Waggle by the copy look', stage)
    await byScripts(results, theatre, 'real inputs', stage)
  })
  await withStage({ ...plain, tree: true }, async (theatre) =>
    byWaggle(results, theatre, 'plain inputs, Waggle by the tree', stage),
  )
  await withStage(plain, async (theatre) => {
    await byWaggle(results, theatre, 'plain inputs, Waggle by the copy look', stage)
    await byScripts(results, theatre, 'plain inputs', stage)
  })
  print(widgets, results)
}

interface Results {
  readonly rows: Row[]
  readonly tables: string[]
  /** Ways that did not come to an end, and why. */
  readonly stuck: string[]
}
type Told = { readonly signal: AbortSignal }

/** As it is set, and once more after a test of each input. */
async function byWaggle({ rows, tables, stuck }: Results, theatre: Theatre, title: string, { signal }: Told) {
  const way = { by: 'waggle' } as const
  try {
    rows.push(await playedRow(theatre, { title, way, scenario }, signal))
    const where = await whereTimeGoes(theatre)
    tables.push(`${title}\n\n${where}`)
    say(`\n${where}\n`)
    await tested(theatre)
    rows.push(await playedRow(theatre, { title: `${title}, tested`, way, scenario }, signal))
  } catch (error) {
    signal.throwIfAborted()
    const { perAgent } = await theatre.client.call('queue.status', {})
    stuck.push(`${title}: ${String(error)} ${JSON.stringify(perAgent)}`)
  }
}

async function byScripts({ rows }: Results, theatre: Theatre, where: string, { signal }: Told) {
  for (const [title, way] of scripts(theatre))
    rows.push(await playedRow(theatre, { title: `${where}, ${title}`, way, scenario }, signal))
}

/** As the older swarm's: fixed pauses, with a file lock. */
function scripts({ folder }: Theatre): [string, Act['way']][] {
  const lock = join(folder, 'script-lock')
  return [
    ['scripts with a file lock, pauses of 100 ms', { by: 'script', pauseMs: 100, lock }],
    ['scripts with a file lock, pauses of 5 ms', { by: 'script', pauseMs: 5, lock }],
    ['shell scripts with flock, pauses of 5 ms', { by: 'shell', pauseMs: 5, lock: `${lock}.flock` }],
  ]
}

async function playedRow(theatre: Theatre, act: Act, signal: AbortSignal): Promise<Row> {
  say(`  ${act.title} …`)
  const limited = AbortSignal.any([signal, AbortSignal.timeout(STUCK_MS)])
  const once = async (one: Act): Promise<Played> =>
    play(theatre, { act: one, root: projectRoot, signal: limited, progress: () => undefined })
  await once({ ...act, scenario: warmUp })
  const played = await once(act)
  const row = { title: act.title, played, load: loadavg()[0] ?? Number.NaN }
  // All of it takes a quarter of an hour: who ends it sooner has what was measured by then.
  say(
    `    ${head
      .slice(1)
      .map((name, index) => `${name} ${cells(row)[index + 1]}`)
      .join(', ')}`,
  )
  return row
}

/** Lets Waggle learn each input, as `waggle agents test` does. */
async function tested({ windows, client }: Theatre): Promise<void> {
  for (const { name } of windows) {
    const { ok, failure } = await client.call('agent.test', { name })
    if (!ok) throw new Stop(`The test of ${name} went wrong: ${JSON.stringify(failure)}`)
  }
}

function print(widgets: readonly WidgetKind[], { rows, tables, stuck }: Results): void {
  const { senders, each } = scenario
  console.log(
    `\nReal inputs (${widgets.join(', ')}) and plain ones, ${senders} senders x ${each}, ms from submit to submit, each way after ${warmUp.senders} x ${warmUp.each} to warm up\n`,
  )
  console.log(table(head, rows.map(cells)))
  for (const one of tables) console.log(`\n${one}`)
  const wrong = rows.filter((row) => row.played.act.way.by === 'waggle' && falsely(row.played) > 0)
  if (stuck.length > 0) throw new Stop(`Not all came to an end:\n${stuck.join('\n')}`)
  if (wrong.length > 0)
    throw new Stop(`Said delivered falsely: ${wrong.map(({ title }) => title).join(', ')}`)
}

function cells({ title, played, load }: Row): string[] {
  const { right, messages, perMessageMs, longestWaitMs } = played.verdict
  const times = [perMessageMs.mean, perMessageMs.p50, perMessageMs.p95, longestWaitMs].map(duration)
  return [title, `${right} of ${messages}`, String(falsely(played)), ...times, load.toFixed(1)]
}

/** How many senders believe that a message was delivered which their agent did not get whole and once. */
function falsely({ planned, sent, arrived }: Played): number {
  const believed = new Set(sent.filter(({ said }) => said === 'delivered').map(({ mark }) => mark))
  const isRight = ({ to, text }: (typeof planned)[number]): boolean =>
    arrived.filter((one) => one.text === text).length === 1 &&
    arrived.some((one) => one.text === text && one.agent === to)
  return planned.filter((message) => believed.has(message.mark) && !isRight(message)).length
}

/** The median of each step of what was delivered so far, agent by agent; `turn` is what the lock costs. */
async function whereTimeGoes({ client, windows }: Theatre): Promise<string> {
  const { messages } = await client.call('message.list', { states: ['delivered'], limit: 1000 })
  const rows = windows.map(({ name }) => {
    const own = messages.filter(({ to }) => to === name)
    const steps = deliverySteps.map((step) => p50(own.flatMap((message) => timesOf(message, step))))
    const whole = own.flatMap(({ timings }) => (timings ? [timings.deliveryMs] : []))
    return [name, String(own.length), ...steps, p50(whole), duration(percentile(whole, 95))]
  })
  return table(['p50', 'messages', ...deliverySteps, 'whole', 'whole p95'], rows)
}

function p50(times: readonly number[]): string {
  return times.length > 0 ? `${percentile(times, 50).toFixed(0)} ms` : '–'
}

function timesOf({ timings }: Message, step: string): number[] {
  return timings?.steps.filter((one) => one.step === step).map(({ ms }) => ms) ?? []
}
