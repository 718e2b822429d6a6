import { beforeEach, describe, expect, test } from 'vitest'
import { createPointing, hover, type Pointing, type Shot } from '../../../src/main/ways/window/pointing'
import type { Turns } from '../../../src/main/desktop/lock/turns'
import { FakeClock, settle } from '../../fakes/fake-clock'
import { FakeDesktop } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'

const rect = { x: 100, y: 100, width: 400, height: 300 }
const input: [number, number] = [300, 390]

let desktop: FakeDesktop
let clock: FakeClock
let pointing: Pointing
/** What was done, in order. */
let done: string[]
let shots: readonly Shot[]
let closeCover: () => void
let turn: { free(): void; wait: Promise<void> }

function heldTurn() {
  const waiting: (() => void)[] = []
  const wait = new Promise<void>((resolve) => waiting.push(resolve))
  return { free: () => waiting.forEach((resume) => resume()), wait }
}

const turns: Pick<Turns, 'withTurn'> = {
  async withTurn(reason, use, signal) {
    const aborted = new Promise<never>((_, reject) =>
      signal?.addEventListener('abort', () => reject(signal.reason)),
    )
    await Promise.race([turn.wait, aborted])
    done.push(`turn: ${reason}`)
    try {
      return await use({ waitedMs: 0, check: () => undefined })
    } finally {
      done.push('turn over')
    }
  },
}

beforeEach(() => {
  desktop = new FakeDesktop(new HastyClock())
  desktop.openWindow('Agent-1: chat', rect)
  clock = new FakeClock()
  done = []
  turn = heldTurn()
  turn.free()
  pointing = createPointing({
    desktop,
    turns,
    clock,
    agents: () => [],
    stage: {
      hideOwn: () => {
        done.push('hide')
        return undefined
      },
      show: async (given, onClosed) => {
        done.push('show')
        shots = given
        closeCover = onClosed
        return () => void done.push('uncover')
      },
    },
  })
})

const noSignal = () => new AbortController().signal
async function asked(signal = noSignal()) {
  const answer = pointing.ask('Agent-1', signal)
  await settle()
  return { answer }
}

test('the screens are covered within a turn of their own, and uncovered before it ends', async () => {
  const { answer } = await asked()
  expect(shots.map(({ rect }) => rect)).toEqual([{ x: 0, y: 0, width: 1280, height: 800 }])
  const { window } = pointing.choose(input)
  expect(window).toMatchObject({ title: 'Agent-1: chat', pattern: '^Agent-1: chat$', matches: 1 })
  expect(await answer).toMatchObject({ at: input, window: { title: 'Agent-1: chat' } })
  expect(done).toEqual(["turn: a person points at Agent-1's input", 'hide', 'show', 'uncover', 'turn over'])
  expect(desktop.acts).toEqual([])
})

test('what is chosen is what the picture showed, even when the window has gone since', async () => {
  const { answer } = await asked()
  const [window] = desktop.stack
  if (window) desktop.closeWindow(window)
  pointing.choose(input)
  expect(await answer).toMatchObject({ window: { id: '1', rect } })
})

test('a place without a window is refused and asked for again', async () => {
  const { answer } = await asked()
  expect(() => pointing.choose([900, 700])).toThrow(expect.objectContaining({ code: 1003 }))
  pointing.choose(input)
  expect(await answer).toBeDefined()
})

describe('given up', () => {
  test.each([
    ['by Esc', () => pointing.cancel()],
    ['by closing a covering window', () => closeCover()],
    ['by walking away', () => void clock.advance(180_000)],
  ])('%s, the screens are uncovered', async (_, giveUp) => {
    const { answer } = await asked()
    giveUp()
    expect(await answer).toBeUndefined()
    expect(done).toContain('uncover')
  })

  test('when the asking connection ends', async () => {
    const gone = new AbortController()
    const { answer } = await asked(gone.signal)
    gone.abort(new Error('gone'))
    expect(await answer).toBeUndefined()
    expect(done).toContain('uncover')
  })

  test('while it still waits for its turn, nothing was ever shown', async () => {
    turn = heldTurn()
    const { answer } = await asked()
    expect(() => pointing.scene()).toThrow('waits for its turn')
    pointing.cancel()
    expect(await answer).toBeUndefined()
    expect(done).toEqual([])
  })
})

test('only one agent is pointed at at a time', async () => {
  const { answer } = await asked()
  await expect(pointing.ask('Agent-2', noSignal())).rejects.toMatchObject({ code: 1004 })
  pointing.cancel()
  await answer
  const again = await asked()
  pointing.cancel()
  expect(await again.answer).toBeUndefined()
})

test('when nobody points, there is nothing to see, choose or cancel', () => {
  for (const act of [() => pointing.scene(), () => pointing.choose(input), () => pointing.cancel()])
    expect(act).toThrow(expect.objectContaining({ code: 1004 }))
})

test('hovering takes the window that a click would reach, and refuses a place without one', async () => {
  desktop.place = { x: 300, y: 390 }
  expect(await hover(desktop, [])).toMatchObject({ at: input, window: { title: 'Agent-1: chat' } })
  desktop.place = { x: 900, y: 700 }
  await expect(hover(desktop, [])).rejects.toMatchObject({ code: 1003 })
  expect(desktop.acts).toEqual([])
})
