import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { openDesktopInWorker } from '../../src/main/desktop/desktop-in-worker'
import { DesktopUnavailable } from '../../src/main/desktop/desktop-unavailable'
import type { Call, End } from '../../src/main/desktop/worker-talk'
import { FakeClock, settle } from '../fakes/fake-clock'

// The thread that has the desktop ends, whatever by: another one is begun, and nobody waits for an answer of the first.

/** A thread that answers only what a test has it say. */
class FakeThread extends EventEmitter {
  readonly asked: Call['method'][] = []
  readonly left: End['left']
  isEnded = false

  constructor(left: End['left']) {
    super()
    this.left = left
  }

  postMessage({ method }: Call): void {
    this.asked.push(method)
  }

  terminate(): void {
    this.isEnded = true
  }
}

let clock: FakeClock
let threads: FakeThread[]
let desktop: Desktop

beforeEach(async () => {
  clock = new FakeClock()
  threads = []
  const open = (left: End['left']) => {
    const thread = new FakeThread(left)
    threads.push(thread)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a thread is used for, and no more
    return thread as unknown as Worker
  }
  const opening = openDesktopInWorker({ open, clock })
  threads[0]?.emit('message', { ready: true })
  desktop = await opening
})

test.each([
  ['fails', 'error', [new Error('out of memory')]],
  ['ends without a word', 'exit', [1]],
  ['has lost its connection', 'message', [{ lost: 'The X server has gone.', left: [] }]],
] as const)(
  'where it %s, who waits is told, another one is begun within half a second, and calls go there',
  async (_how, event, said) => {
    const asked = desktop.screens()
    threads[0]?.emit(event, ...said)
    await expect(asked).rejects.toThrow(DesktopUnavailable)
    await settle()
    await expect(desktop.press({ windowId: '1' }, ['A'])).rejects.toThrow(DesktopUnavailable)
    expect(await desktop.trouble()).toEqual({
      code: 'desktop-unavailable',
      message: expect.stringContaining('connects again') as unknown,
    })
    expect(threads).toHaveLength(1)
    await clock.advance(500)
    threads[1]?.emit('message', { ready: true })
    await settle()
    const again = desktop.trouble()
    threads[1]?.emit('message', { id: 1, result: undefined })
    expect(await again).toBeUndefined()
    expect([threads[0]?.asked, threads[1]?.asked]).toEqual([['screens'], ['trouble']])
  },
)

test('what a person had copied goes over to the next one, and one that does not come up is tried again for ever', async () => {
  threads[0]?.emit('message', { lost: 'The X server has gone.', left: ['a person’s copy'] })
  for (let tries = 1; tries <= 100; tries += 1) {
    await clock.advance(500)
    expect(threads).toHaveLength(tries + 1)
    threads[tries]?.emit('message', { failed: 'There is no X server.' })
    await settle()
  }
  await clock.advance(500)
  expect(threads.slice(1).map(({ left }) => left)).toEqual(threads.slice(1).map(() => ['a person’s copy']))
})

test('after it was closed none is begun any more', async () => {
  desktop.close()
  threads[0]?.emit('exit', 1)
  await clock.advance(10_000)
  expect([threads.length, threads[0]?.isEnded, clock.pending]).toEqual([1, true, 0])
})
