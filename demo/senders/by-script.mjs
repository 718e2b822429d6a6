// A sender as the older swarm had them: mouse, clipboard and keys with fixed pauses, and "delivered" when nothing threw.
// With a lock path it waits for that file lock around each message, backing off as the older swarm did.
import { Button, clipboard, Key, keyboard, mouse, Point } from '@nut-tree-fork/nut-js'
import { lock } from 'proper-lockfile'
import { converse } from './conversation.mjs'

const BACKOFF = { firstMs: 100, factor: 1.5, maxMs: 2000, timeoutMs: 30_000 }

mouse.config.autoDelayMs = 0
keyboard.config.autoDelayMs = 0

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** @param {string} path */
async function locked(path) {
  const start = performance.now()
  for (let waitMs = BACKOFF.firstMs; ; waitMs = Math.min(waitMs * BACKOFF.factor, BACKOFF.maxMs)) {
    try {
      return await lock(path, { realpath: false, retries: 0 })
    } catch (error) {
      if (performance.now() - start > BACKOFF.timeoutMs) throw error
      await pause(waitMs)
    }
  }
}

await converse(async ({ pauseMs, lock: path }) => {
  /** @param {import('./conversation.mjs').Errand} errand */
  const typeIn = async ({ at, text }) => {
    await mouse.setPosition(new Point(...at))
    await pause(pauseMs)
    await mouse.click(Button.LEFT)
    await pause(pauseMs)
    await clipboard.setContent(text)
    await pause(pauseMs)
    await keyboard.pressKey(Key.LeftControl, Key.V)
    await keyboard.releaseKey(Key.LeftControl, Key.V)
    await pause(pauseMs)
    await keyboard.pressKey(Key.Return)
    await keyboard.releaseKey(Key.Return)
    await pause(pauseMs)
    return 'delivered'
  }
  return async (errand) => {
    const release = path ? await locked(path) : undefined
    try {
      return await typeIn(errand)
    } finally {
      await release?.()
    }
  }
})
