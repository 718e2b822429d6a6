import { expect } from 'vitest'
import type { ClipboardStage } from '../contract/clipboard-contract'
import type { Stage } from '../contract/desktop-contract'
import type { OverTextStage } from '../contract/over-text-contract'
import type { Holdable, PersonStage } from '../contract/person-contract'
import type { Meddler, PressingStage } from '../contract/pressing-contract'
import { xdotool } from '../harness/xdotool'
import { clickInto, inputOf, openInput, openStage, person, personMoves, type WineStage } from './stage'

// What the contracts of a desktop are shown on, under Wine.

const right = { at: [460, 40, 400, 300] } as const

export async function openWineStage(): Promise<Stage> {
  const opened = await openStage()
  const { desktop, stage, other, end } = opened
  await openInput(opened, 'Left')
  await openInput(opened, 'Right', right)
  const all = async () => stage.ask<{ agent: string; text: string }[]>('submitted')
  return {
    desktop,
    inputOf: async (name) => inputOf(stage, name),
    setText: async (name, text) => stage.ask('setText', name, text),
    textOf: async (name) => stage.ask('textOf', name),
    async submitted(name, count) {
      await expect.poll(async () => (await all()).length).toBeGreaterThanOrEqual(count)
      return (await all()).filter(({ agent }) => agent === name).map(({ text }) => text)
    },
    move: async (name, x, y) => stage.ask('move', name, x, y),
    closeWindow: async (name) => stage.ask('closeOf', name),
    copyElsewhere: async (text) => other.ask('copy', text),
    personTypes: async () => person(opened, 'key', 'Shift'),
    personMoves: async () => void (await personMoves(opened)),
    unmarked: undefined,
    passTime: () => undefined,
    end,
  }
}

/** A window, Left, whose input has just been clicked into. */
async function clickedInto(opened: WineStage) {
  const { windowId, point } = await openInput(opened, 'Left')
  await clickInto(opened.desktop, { windowId, point })
  const textOf = async () => opened.stage.ask<string>('textOf', 'Left')
  return { desktop: opened.desktop, windowId, point, textOf, end: opened.end }
}

export async function openClipboardStage(): Promise<ClipboardStage> {
  const opened = await openStage()
  const { stage, other } = opened
  return {
    ...(await clickedInto(opened)),
    copy: async (text) => other.ask('copy', text),
    copyForms: async (forms) => other.ask('copyForms', [...forms]),
    read: async () => other.ask('read'),
    readForms: async (names) => stage.ask('forms', names),
    forms: { text: 'text', html: 'HTML Format', picture: 'PNG' },
    onceTaken: 'the message',
  }
}

/** In the process that looks at it: in Wine each has handles of its own for the system's pointers (`wine.ts`). */
export async function openOverTextStage(): Promise<OverTextStage> {
  const { desktop, host } = await openStage()
  await host.ask('serveWindows')
  const { windowId, point } = await openInput({ stage: host }, 'Left')
  const place = { x: point.x - 8, y: point.y - 8, width: 16, height: 16 }
  const shown = async () => (await desktop.picture(place)).rgba
  return {
    desktop,
    windowId,
    input: point,
    async cover(isCovered) {
      const before = await shown()
      await host.ask('showButton', 'Left', isCovered)
      await expect.poll(shown).not.toEqual(before)
    },
    answers: async () => host.ask('answers'),
    end: async () => host.ask('reset'),
  }
}

export async function openPersonStage(): Promise<PersonStage> {
  const opened = await openStage()
  const clicked = await clickedInto(opened)
  const { x, y } = clicked.point
  const { hold, letGo } = hand(opened, { x, y })
  return {
    ...clicked,
    hand: {
      async tap(key) {
        await person(opened, 'key', key)
        await expect.poll(async () => opened.desktop.unsafeKeys()).toBeUndefined()
      },
      move: async () => personMoves(opened),
      hold,
      letGo,
    },
    copyElsewhere: async (text) => opened.other.ask('copy', text),
  }
}

/** Wine hears of a person's keys from the X server a moment later. */
function hand({ desktop }: WineStage, { x, y }: { readonly x: number; readonly y: number }) {
  const held = new Set<string>()
  return {
    async hold(what: Holdable) {
      held.add(what)
      if (what === 'button') xdotool('mousemove', x, y, 'mousedown', 1)
      else xdotool('keydown', what)
      await expect.poll(async () => desktop.unsafeKeys()).toBe('key-held')
    },
    async letGo(what: Holdable) {
      if (!held.delete(what)) return
      if (what === 'button') xdotool('mouseup', 1)
      else xdotool('keyup', what)
      await expect.poll(async () => desktop.unsafeKeys()).toBeUndefined()
    },
  }
}

export async function openPressingStage(): Promise<PressingStage> {
  const opened = await openStage()
  const { desktop, stage, other, end } = opened
  const programs = { left: stage, right: other } as const
  // It ends with the program, which would end the test.
  const meddler: Meddler = { isThere: () => true, stop: async () => other.ask('rest') }
  return {
    desktop,
    async open(name) {
      const options = name === 'right' ? right : {}
      const { windowId } = await openInput({ stage: programs[name] }, name, options)
      await desktop.raise(windowId)
      await expect.poll(async () => desktop.activeWindow()).toBe(windowId)
      return windowId
    },
    async typedInto(name) {
      const keys = await programs[name].ask<string[]>('keysOf', name)
      return keys.map(asTyped).join('')
    },
    async moveFocus(ids) {
      await other.ask('moveFocus', ids)
      return meddler
    },
    async letGoOfModifiers() {
      await other.ask('letGoOfModifiers')
      return meddler
    },
    ...hand(opened, { x: 0, y: 0 }),
    isAtOnce: false,
    presses: 60,
    end: async () => end(),
  }
}

const [CONTROL, PLUS] = ['11+', '6b'] as const
const modifiers = /^(10|11|12|5b)$/

/** What a terminal would be given for a key, by its virtual code behind those of the modifiers held. */
function asTyped(key: string): string {
  if (key === PLUS) return '+'
  const code = Number.parseInt(key.split('+').at(-1) ?? '', 16)
  if (modifiers.test(code.toString(16))) return ''
  return key.startsWith(CONTROL) ? String.fromCharCode(code & 0x1f) : String.fromCharCode(code).toLowerCase()
}
