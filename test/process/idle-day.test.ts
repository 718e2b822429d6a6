import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { cleanUp, newHome } from './programs'

// A day of the whole Waggle in which nobody asks for anything, at speed.

/** A day takes so many seconds of this. */
const SPEED = 60_000

afterAll(cleanUp)

test('in a day in which nobody asks for anything it wakes once an hour, and its memory does not grow', async () => {
  const home = newHome()
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      resolve('test/process/fast-clock.mjs'),
      resolve('out/cli/waggle.js'),
      'start',
      '--headless',
    ],
    {
      env: { ...env, WAGGLE_HOME: home, WAGGLE_LOCK: join(home, 'desktop'), SPEED: String(SPEED) },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  const gone = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await gone
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('Waggle runs')) child.stdin.write('begin')
    if (!line.startsWith('{')) continue
    const { timers, grown } = JSON.parse(line) as { timers: number; grown: number }
    // The look for what is old in the history.
    expect(timers).toBeGreaterThan(0)
    expect(timers).toBeLessThanOrEqual(26)
    expect(grown).toBeLessThan(500_000)
    return
  }
  throw new Error(`Waggle ended: ${String(await gone)}`)
})
