import { spawn } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stopProcess } from '../../scripts/lib/services.mjs'
import { openManagedDesk, until, type ManagedDesk } from './desk'
import { clipboardManagers } from './clipboard-managers'
import { managers } from './managers'

// What was copied and marked is as before, with each program beside Waggle that takes over or copies it across.

let desk: ManagedDesk

beforeEach(async () => {
  const [openbox] = managers
  if (!openbox) throw new Error('no window manager')
  desk = await openManagedDesk(openbox)
  const { input } = await desk.agents.window('Agent-1')
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: input, window: '^Agent-1: chat$' })
})
afterEach(async () => desk.stop())

const read = async () =>
  Promise.all((['clipboard', 'primary'] as const).map(async (selection) => desk.clip.read(selection)))

describe.each(clipboardManagers)('$name', ({ commands }) => {
  test('keeps what was copied and marked, and knows of no message', async ({ task }) => {
    const running = commands.map(([program, ...args]) =>
      spawn(program, args, { env: desk.env, stdio: 'ignore' }),
    )
    try {
      for (const one of running) expect(one.exitCode).toBeNull()
      await desk.clip.write('clipboard', 'what a person copied')
      // What is copied across both ways has to be the same, or it goes round.
      const isOne = commands.length > 1
      await desk.clip.write('primary', isOne ? 'what a person copied' : 'what a person marked')
      const before = await desk.steady(read)
      expect(before.join()).toContain('what a person')
      for (const text of ['first', 'second', 'third']) {
        const id = await desk.send('Agent-1', `a message, the ${text}`)
        const state = async () => (await desk.message(id)).state
        await until(
          async () => (await state()) === 'delivered',
          () => 'not delivered',
        )
        await until(
          async () => JSON.stringify(await read()) === JSON.stringify(before),
          () => 'not as before',
        ).catch(() => undefined)
        expect(await desk.steady(read), text).toEqual(before)
      }
      expect(desk.agents.submissions().map(({ text }) => text)).toEqual(
        ['first', 'second', 'third'].map((text) => `a message, the ${text}`),
      )
      task.meta.cell = 'ok'
    } finally {
      for (const one of running) await stopProcess(one)
    }
  })
})
