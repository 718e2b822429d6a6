import { execFileSync } from 'node:child_process'
import { expect } from 'vitest'
import type { Desktop, Miss } from '../../src/main/desktop/desktop'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { startAgents, type Agents } from './agents'
import { realKeyboard, type RealKeyboard } from './real-keyboard'

const CORE = 0x100
const away = { x: 7, y: 9 }

/** An input on the present display, the desktop that types into it, and a person's hand on keyboards as people have them. */
export interface TypingStage {
  readonly desktop: Desktop
  readonly other: X11Connection
  readonly hand: RealKeyboard
  readonly windowId: string
  lock(mask: number): void
  latch(mask: number): void
  lockGroup(group: number): void
  /** Resolves once the server has done what was asked of it. */
  settled(): Promise<void>
  /** Gives the input the focus, empty. */
  begin(): Promise<void>
  /** Lets go of every modifier, on a keyboard of the United States. */
  tidy(): Promise<void>
  /** Pastes a text over what stands there and reads it back; answers with what stood in the way. */
  deliver(): Promise<Miss | undefined>
  /** How many keys have come to the input's page. */
  keysSeen(): Promise<number>
  /** Fails unless whatever is tried is refused for that reason, and the input stays empty. */
  nothingArrives(reason: string): Promise<void>
  close(): Promise<void>
}

export async function openTypingStage(): Promise<TypingStage> {
  const display = process.env['DISPLAY'] ?? ''
  const [desktop, other, agents] = await Promise.all([
    openX11Desktop(display),
    connectX11(display),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
  const { xkb } = other.extensions
  const lock = (mask: number) => xkb.LatchLockState(CORE, 0xff, mask, false, 0, 0, 0, false, 0)
  const latch = (mask: number) => xkb.LatchLockState(CORE, 0, 0, false, 0, 0xff, mask, false, 0)
  const lockGroup = (group: number) => xkb.LatchLockState(CORE, 0, 0, true, group, 0, 0, false, 0)
  const settled = async () => void (await other.property(other.root, '_NET_WM_NAME'))
  const [x, y] = (await agents.window('Left')).input
  const windowId = (await desktop.windows()).find(({ title }) => title === 'Left: chat')?.id ?? ''
  const aim = { windowId, point: { x, y } }
  const deliver = async () => delivered(desktop, agents, windowId)
  const keysSeen = async () => (await agents.seen('Left')).keys
  return {
    desktop,
    other,
    hand: await realKeyboard(other),
    windowId,
    lock,
    latch,
    lockGroup,
    settled,
    async begin() {
      expect(await desktop.click(aim)).toBeUndefined()
      await agents.setDraft('Left', '')
    },
    async tidy() {
      lock(0)
      latch(0)
      lockGroup(0)
      await settled()
      execFileSync('setxkbmap', ['us'])
    },
    deliver,
    keysSeen,
    async nothingArrives(reason) {
      const keys = await keysSeen()
      await desktop.movePointer(away)
      expect(await desktop.unsafeKeys()).toBe(reason)
      expect(await desktop.click(aim)).toBe(reason)
      expect(await desktop.pointer()).toEqual(away)
      expect(await deliver()).toBe(reason)
      expect(await agents.readInput('Left')).toBe('')
      expect(await keysSeen()).toBe(keys)
    },
    async close() {
      desktop.close()
      other.close()
      await agents.stop()
    },
  }
}

let count = 0

async function delivered(desktop: Desktop, agents: Agents, windowId: string): Promise<Miss | undefined> {
  const text = `text ${++count}`
  const offer = await desktop.offerText(text, windowId)
  const keys = [
    ['LeftControl', 'A'],
    ['LeftControl', 'V'],
    ['LeftControl', 'A'],
    ['LeftControl', 'C'],
    ['LeftControl', 'End'],
    ['Add'],
  ] as const
  const miss = await desktop.press({ windowId }, ...keys)
  if (miss) return miss
  await expect.poll(() => offer.copied).toBe(text)
  await expect.poll(() => agents.readInput('Left')).toBe(`${text}+`)
  return undefined
}
