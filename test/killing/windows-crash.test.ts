import { expect, test } from 'vitest'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { startApp } from '../harness/app'
import { forThisTest, homeForThisTest } from '../harness/desk'
import { pause } from '../harness/hostile'
import { openPipeClient } from '../harness/pipe-client'
import { xdotool } from '../harness/xdotool'
import { windowPlaces } from '../soak/places'
import { clientPid } from '../soak/soak'
import { Windows } from '../soak/windows'

// The agents' own program ends right behind the submit key, before it has read it, and its person starts it again: a new
// window, empty, where the old one was, with the old one's number.

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 3)

const numberOf = (name: string) => Number(xdotool('search', '--name', `^${name}: chat`).split('\n')[0])

test('a message that a window has not taken when its program ends is never said delivered', async () => {
  const x = await forThisTest(connectX11(process.env['DISPLAY'] ?? ''), (one) => one.close())
  const windows = await forThisTest(Windows.open(), async (one) => one.stop())
  const home = homeForThisTest()
  const app = await forThisTest(startApp({ home, args: ['--hidden'] }), async (one) => one.kill())
  const pipe = await openPipeClient(app.endpoint)
  await pipe.call('settings.set', { changes: { presence: { idleMs: 200, urgentIdleMs: 200 } } })
  const places = windowPlaces(windows)
  for (const place of places) await place.introduce(pipe)
  let onSubmit: (() => void) | undefined
  pipe.onEvent((event) => {
    if (event.type === 'queue' && /submit|seen-empty/.test(event.status.delivering?.step ?? '')) onSubmit?.()
  })
  await pipe.call('events.subscribe', {})
  const ends: string[] = []
  for (let round = 0; round < rounds; round += 1)
    for (const { name, arrived } of places) {
      // Learnt how it looks, it is looked at as it usually is.
      const warm = await pipe.call('message.send', { to: name, text: `warm ${round}` })
      await pipe.call('message.wait', { id: warm.messages[0]?.id ?? '', timeoutMs: 60_000 })
      const before = numberOf(name)
      const pid = (await clientPid(x, before)) ?? 0
      const stopped = new Promise<void>((resolve) => {
        onSubmit = () => {
          process.kill(pid, 'SIGSTOP')
          onSubmit = undefined
          resolve()
        }
      })
      const text = `crash ${round} of ${name}`
      const { messages } = await pipe.call('message.send', { to: name, text })
      await stopped
      await pause(100)
      process.kill(pid, 'SIGKILL')
      await windows.renew()
      const id = messages[0]?.id ?? ''
      const state = async () => (await pipe.call('message.get', { id })).state
      await expect.poll(state, { timeout: 60_000 }).toMatch(/delivered|failed|in-doubt/)
      const copies = arrived().filter((one) => one === text).length
      ends.push(`${name}: ${await state()}, arrived ${copies}, window ${before} then ${numberOf(name)}`)
      if ((await state()) === 'in-doubt')
        await pipe.call('message.resolve', { id, as: copies > 0 ? 'delivered' : 'failed' })
    }
  process.stdout.write(`${ends.join('\n')}\n`)
  expect(ends.filter((end) => /delivered, arrived [^1]|failed, arrived [^0]/.test(end))).toEqual([])
}, 900_000)
