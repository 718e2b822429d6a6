import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { forThisTest, homeForThisTest } from '../harness/desk'
import { faultsIn, hostileMail, pause, pick, type Sent } from '../harness/hostile'
import { cleanUp } from '../process/programs'
import { buildWays, endAll } from '../process/terminals'
import { mischief } from './mischief'
import { otherPlaces, windowPlaces } from './places'
import { Soak } from './soak'
import { haveEnded, Windows } from './windows'

// By `npm run soak`: the hostile desk over the inputs that agents really have, in windows, terminals and by a command, with
// an app that is killed at any moment, loses its connection to the X server, and finds the desktop taken by others. What
// each agent's own program has taken is the truth.

const number = (name: string, otherwise: number) => Number(process.env[`SOAK_${name}`] ?? otherwise)
const [count, senders, kills] = [number('MESSAGES', 1000), number('SENDERS', 16), number('KILLS', 20)]
const seed = number('SEED', 20_261_128)

/** A regular expression: the agents that get something. */
const only = new RegExp(process.env['SOAK_ONLY'] ?? '')
/** At least so many wait as long as there are more to come. */
const LOAD = 40
const REPORT_MS = 30_000
/** Whoever has got nothing to its end for so long never will. */
const STUCK_MS = 300_000

beforeAll(buildWays)
afterEach(endAll)
afterAll(cleanUp)

test(`${count} messages of ${senders} senders, ${kills} kills: nothing is lost, typed twice, mixed up or said falsely`, async () => {
  const [home, x] = [homeForThisTest(), await connectX11(process.env['DISPLAY'] ?? '')]
  await forThisTest(Promise.resolve(x), (one) => one.close())
  const windows = await forThisTest(Windows.open(), async (one) => one.stop())
  const places = [...windowPlaces(windows), ...(await otherPlaces(home))].filter(({ name }) =>
    only.test(name),
  )
  const soak = new Soak({ home, windows, places, x, seed })
  await soak.start()
  const to = places.map(({ name }) => name)
  const sent = hostileMail(count, { to, senders, random: soak.random })
  await serve(soak, sent)
  const messages = await soak.messages()
  const arrived = soak.arrived()
  const starts = soak.starts.map(Math.round).toSorted((a, b) => a - b)
  const [p50, most] = [starts[Math.floor(starts.length / 2)], starts.at(-1)]
  const told = {
    sent: sent.length,
    arrived: arrived.length,
    ...soak.tally,
    windowsEnded: windows.renewals,
    startMs: { p50, most },
  }
  process.stdout.write(`seed ${seed}: ${JSON.stringify(told)}\n${soak.doubts.join('\n')}\n`)
  const faults = faultsIn(sent, messages, arrived)
  for (const { to, text } of sent)
    if (faults.some((fault) => fault.endsWith(text.slice(0, 20))))
      process.stdout.write(`${text.slice(0, 20)} to ${to}:\n  ${await soak.explain(to, text)}\n`)
  expect(faults).toEqual([])
  expect(windows.answers).toBe(0)
  await soak.stop()
}, 14_400_000)

/** Sends, and makes mischief, until everything has ended. */
async function serve(soak: Soak, sent: readonly Sent[]): Promise<void> {
  let [isSent, told, moved, before] = [0, performance.now(), performance.now(), 0]
  for (;;) {
    await withWindows(soak, async () => soak.settle())
    const open = await soak.open()
    const now = performance.now()
    const ended = isSent - open.length
    if (ended === sent.length) return
    if (ended > before) [before, moved] = [ended, now]
    if (now - told > REPORT_MS) {
      told = now
      process.stdout.write(`${await soak.report(open)}\n`)
    }
    if (now - moved > STUCK_MS) throw new Error(`nothing has ended for minutes: ${await soak.report(open)}`)
    if (open.length <= LOAD && isSent < sent.length) {
      await soak.send(sent.slice(isSent, isSent + LOAD), isSent)
      isSent = Math.min(sent.length, isSent + LOAD)
    }
    // Spread over the whole, each at any moment of what is going on.
    if (soak.tally.kills < (kills * ended) / sent.length) {
      await pause(soak.random() * 1500)
      await soak.kill()
    } else await withWindows(soak, async () => doMischief(soak))
    await pause(300)
  }
}

async function doMischief(soak: Soak): Promise<void> {
  const [name, act] = pick(soak.random, Object.entries(mischief))
  await act(soak).catch((error: unknown) => {
    throw new Error(`a window that ${name}: ${String(error)}\n${soak.app?.output()}`, { cause: error })
  })
}

/** Does what needs the windows; opens new ones where theirs have ended. */
async function withWindows({ desk }: Soak, act: () => Promise<void>): Promise<void> {
  await act().catch(async (error: unknown) => {
    if (!haveEnded(error)) throw error
    await desk.windows.renew()
  })
}
