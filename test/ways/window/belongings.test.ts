import { beforeEach, expect, test } from 'vitest'
import { createBelongings, type Belongings } from '../../../src/main/ways/window/belongings'
import { TurnLost } from '../../../src/main/desktop/lock/turn-errors'
import { FakeDesktop, type FakeWindow } from '../../fakes/fake-desktop'
import { HastyClock } from '../../fakes/hasty-clock'
import { silentLog } from '../../fakes/silent-log'
import { held } from './delivery-desk'

const person = { x: 900, y: 700 }
const point = { x: 150, y: 380 }

let desktop: FakeDesktop
let belongings: Belongings
let agent: FakeWindow
let editor: FakeWindow

beforeEach(() => {
  const clock = new HastyClock()
  desktop = new FakeDesktop(clock)
  belongings = createBelongings(desktop, clock, silentLog)
  agent = desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
  editor = desktop.openWindow('a person’s editor', { x: 300, y: 0, width: 800, height: 800 })
  desktop.place = person
  desktop.copyElsewhere('a person’s text')
})

/** What a delivery does to the desktop. */
async function deliver(): Promise<void> {
  await belongings.keep()
  belongings.used(agent.id, point)
  await desktop.movePointer(point)
  await desktop.click({ windowId: agent.id, point })
  await desktop.offerText('a message', agent.id)
  await desktop.press({ windowId: agent.id }, ['LeftControl', 'V'], ['Enter'])
}

test('clipboard, pointer and focus are as they were before the first of several deliveries', async () => {
  await deliver()
  await deliver()
  expect(desktop.focused).toBe(agent)
  await belongings.giveBack(held)
  expect(desktop.focused).toBe(editor)
  expect(desktop.place).toEqual(person)
  expect(desktop.clipboard.text).toBe('a person’s text')
})

test('a workspace, an agent’s minimized window and a window that filled the screen are as before', async () => {
  agent.workspace = 1
  agent.minimized = true
  desktop.fullscreen = editor.id
  await belongings.keep()
  await desktop.raise(agent.id)
  desktop.fullscreen = undefined
  await deliver()
  await belongings.giveBack(held)
  expect([desktop.workspace, agent.minimized, desktop.fullscreen]).toEqual([0, true, editor.id])
  expect(desktop.focused).toBe(editor)
})

test('where nothing had the focus and the workspace was empty, that one is shown again', async () => {
  desktop.closeWindow(editor)
  desktop.focused = undefined
  desktop.workspace = 1
  await belongings.keep()
  await desktop.raise(agent.id)
  await deliver()
  await belongings.giveBack(held)
  expect(desktop.workspace).toBe(1)
})

test('where the focus follows the mouse it is the person’s window’s, whatever the pointer comes back to', async () => {
  const other = desktop.openWindow('another', { x: 880, y: 680, width: 100, height: 100 })
  desktop.isMouseFocus = true
  desktop.focused = editor
  await deliver()
  await belongings.giveBack(held)
  expect(desktop.focused).toBe(editor)
  expect(desktop.place).toEqual(person)
  expect(other).not.toBe(desktop.focused)
})

test('a person who takes the focus while it is given back has it', async () => {
  const other = desktop.openWindow('another', { x: 880, y: 680, width: 100, height: 100 })
  desktop.focused = editor
  await deliver()
  const raise = desktop.raise.bind(desktop)
  let raised = 0
  desktop.raise = async (id) => {
    raised += 1
    await raise(id)
    const look = desktop.activeWindow.bind(desktop)
    desktop.activeWindow = async () => {
      desktop.activeWindow = look
      const now = await look()
      desktop.person()
      desktop.focused = other
      return now
    }
  }
  await belongings.giveBack(held)
  expect([raised, desktop.focused]).toEqual([1, other])
})

test('what the person changed meanwhile stays as they left it', async () => {
  await deliver()
  desktop.place = { x: 10, y: 10 }
  desktop.copyElsewhere('a new copy')
  await belongings.giveBack(held)
  expect(desktop.place).toEqual({ x: 10, y: 10 })
  expect(desktop.focused).toBe(agent)
  expect(desktop.clipboard.text).toBe('a new copy')
})

test('a focus that somebody else has taken is left where it is', async () => {
  await deliver()
  const other = desktop.openWindow('a call', { x: 700, y: 0, width: 100, height: 100 })
  await belongings.giveBack(held)
  expect(desktop.focused).toBe(other)
})

test('without a delivery nothing is touched, and giving back twice changes nothing', async () => {
  await belongings.keep()
  await belongings.giveBack(held)
  expect(desktop.acts).toEqual([])
  await deliver()
  await belongings.giveBack(held)
  const acts = desktop.acts.length
  await belongings.giveBack(held)
  expect(desktop.acts.length).toBe(acts)
})

test('a window that has closed meanwhile holds nothing up', async () => {
  await deliver()
  desktop.closeWindow(editor)
  await belongings.giveBack(held)
  expect(desktop.place).toEqual(person)
  expect(desktop.clipboard.text).toBe('a person’s text')
})

test('what was given back is remembered anew: the next time it is as the person has left it then', async () => {
  await deliver()
  await belongings.giveBack(held)
  desktop.place = { x: 20, y: 700 }
  desktop.copyElsewhere('a later text')
  await deliver()
  await belongings.giveBack(held)
  expect([desktop.place, desktop.clipboard.text]).toEqual([{ x: 20, y: 700 }, 'a later text'])
})

test('it is given back once the window has the focus again, and what cannot be is no error', async () => {
  await deliver()
  let looks = 0
  desktop.raise = async () => undefined
  desktop.activeWindow = async () => (++looks > 4 ? editor.id : agent.id)
  await belongings.giveBack(held)
  expect(looks).toBeGreaterThanOrEqual(5)
  expect(desktop.place).toEqual(person)
  await deliver()
  desktop.pointer = async () => Promise.reject(new Error('X server gone'))
  await belongings.giveBack(held)
})

function lost(): never {
  throw new TurnLost('another process took the desktop over')
}

test('where the turn was lost nothing is touched, and they go back at the end of the next one', async () => {
  await deliver()
  const acts = [...desktop.acts]
  await belongings.giveBack({ check: lost })
  expect([desktop.acts, desktop.clipboard.text, desktop.place]).toEqual([acts, 'a message', point])
  await belongings.giveBack(held)
  expect([desktop.clipboard.text, desktop.place, desktop.focused]).toEqual([
    'a person’s text',
    person,
    editor,
  ])
})
