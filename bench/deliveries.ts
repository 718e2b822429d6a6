import { join } from 'node:path'
import { projectRoot } from '../scripts/lib/paths.mjs'
import { say, Stop } from '../scripts/lib/progress.mjs'
import { setup } from '../scripts/setup.mjs'
import { isAllRight } from '../demo/judge'
import { percentile } from '../demo/percentile'
import { play, type Act, type Played } from '../demo/play'
import { withStage, type Stage } from '../demo/stage'
import { duration, table } from '../demo/table'
import { deliverySteps, type Message } from '../src/contract/message'

const scenario = { senders: 8, each: 10, seed: 2 }
/** Played before each way, so that it is measured as it goes all day, not as programs run that have only just started. */
const warmUp = { senders: 8, each: 5, seed: 1 }

/**
 * Prints how long a message takes from submit to submit, as eight windows see it, by Waggle and by scripts, then
 * Waggle's own steps. Uses a virtual desktop of its own. Rejects when something by Waggle did not arrive right.
 */
export async function benchDeliveries(): Promise<void> {
  await setup({ desktop: true })
  const end = new AbortController()
  process.once('SIGINT', () => end.abort(new Error('stopped')))
  await withStage({ here: false, inTray: true, say, signal: end.signal }, async (stage) => {
    const once = async (act: Act): Promise<Played> =>
      play(stage, { act, root: projectRoot, signal: end.signal, progress: () => undefined })
    const played: Played[] = []
    for (const act of acts(join(stage.folder, 'script-lock'))) {
      say(`  ${act.title} …`)
      await once({ ...act, scenario: warmUp })
      played.push(await once(act))
    }
    console.log(
      `\nDeliveries, ${scenario.senders} senders x ${scenario.each}, ms from submit to submit, each way after ${warmUp.senders} x ${warmUp.each} to warm up\n`,
    )
    console.log(ways(played))
    const texts = new Set(played.flatMap(({ planned }) => planned.map(({ text }) => text)))
    console.log(`\nWaggle, step by step\n\n${await steps(stage, texts)}`)
    const own = played[0]
    if (own && !isAllRight(own.verdict))
      throw new Stop(`Not all by Waggle went right: ${JSON.stringify(own.verdict)}`)
  })
}

function acts(lock: string): Act[] {
  const script = (title: string, pauseMs: number, path?: string): Act => ({
    title,
    way: { by: 'script', pauseMs, ...(path ? { lock: path } : {}) },
    scenario,
  })
  return [
    { title: 'Waggle, read back', way: { by: 'waggle' }, scenario },
    script('scripts, pauses of 100 ms', 100),
    script('scripts with a file lock, pauses of 100 ms', 100, lock),
    script('scripts with a file lock, pauses of 5 ms', 5, lock),
    {
      title: 'shell scripts with flock and xdotool, pauses of 5 ms',
      way: { by: 'shell', pauseMs: 5, lock: `${lock}.flock` },
      scenario,
    },
  ]
}

function ways(played: readonly Played[]): string {
  const own = played[0]?.verdict.perMessageMs.mean ?? Number.NaN
  const rows = played.map(({ act, verdict: { perMessageMs, longestWaitMs, right, messages } }) => [
    act.title,
    `${right} of ${messages}`,
    duration(perMessageMs.mean),
    duration(perMessageMs.p50),
    duration(perMessageMs.p95),
    // A way that brings next to nothing to its window has no speed to compare.
    right > messages / 2 ? `${(perMessageMs.mean / own).toFixed(1)} x` : '–',
    duration(longestWaitMs),
  ])
  return table(['', 'right', 'mean', 'p50', 'p95', 'mean against Waggle', 'longest wait'], rows)
}

/** The steps of the last attempt of every delivered message with such a text; `turn` is what the lock costs. */
async function steps({ client }: Stage, texts: ReadonlySet<string>): Promise<string> {
  const delivered = await client.call('message.list', { states: ['delivered'], limit: 1000 })
  const messages = delivered.messages.filter(({ text }) => texts.has(text))
  const rows = deliverySteps.flatMap((step) => {
    const times = messages.flatMap((message) => timesOf(message, step))
    return times.length > 0 ? [row(step === 'turn' ? 'turn (lock)' : step, times)] : []
  })
  const whole = messages.flatMap(({ timings }) => (timings ? [timings.deliveryMs] : []))
  return table(['step', 'times', 'p50', 'p95', 'max'], [...rows, row('whole delivery', whole)])
}

function timesOf({ timings }: Message, step: string): number[] {
  return timings?.steps.filter((one) => one.step === step).map(({ ms }) => ms) ?? []
}

function row(name: string, times: readonly number[]): string[] {
  const spread = [percentile(times, 50), percentile(times, 95), Math.max(...times)]
  return [name, String(times.length), ...spread.map((ms) => `${ms.toFixed(1)} ms`)]
}
