import { execFileSync } from 'node:child_process'
import { expect } from 'vitest'
import type { Inputs } from '../harness/inputs'
import type { OpenWindow } from '../harness/agents'
import { xdotool } from '../harness/xdotool'

/** A person's hand at one of the windows. */
export interface Person {
  /** Clicks at the input. */
  click(): Promise<void>
  /** Clicks, and waits until the input has the keyboard. */
  enter(): Promise<void>
  press(...keys: readonly string[]): void
  type(text: string): void
}

let clicks = 0

export function personAt(inputs: Inputs, name: string): Person {
  const click = async (): Promise<void> => {
    const { input } = await stillWindow(inputs, name)
    // Chromium takes quick clicks at the same place of two windows of one program for a double click.
    clicks += 1
    const x = input[0] + ((clicks % 5) - 2) * 16
    xdotool('mousemove', x, input[1], 'click', 1)
  }
  return {
    click,
    enter: async () => {
      await click()
      await expect.poll(async () => (await inputs.peek(name)).focused).toBe(true)
    },
    press: (...keys) => void xdotool('key', '--delay', 20, ...keys),
    type: (text) => void xdotool('type', '--delay', 20, text),
  }
}

/** Puts a text on the clipboard. */
export function copyText(text: string): void {
  // xclip stays behind as the clipboard's owner and would keep our pipes open.
  execFileSync('xclip', ['-selection', 'clipboard'], { input: text, stdio: ['pipe', 'ignore', 'ignore'] })
}

/** The window once its input stands still: Monaco finds its height a little after it is there. */
async function stillWindow(inputs: Inputs, name: string): Promise<OpenWindow> {
  let last = await inputs.window(name)
  await expect
    .poll(async () => {
      const before = last.input
      last = await inputs.window(name)
      return before.join() === last.input.join()
    })
    .toBe(true)
  return last
}

/** What the window's input looks like now: equal pictures are equal strings. */
export async function pictureOf(inputs: Inputs, name: string): Promise<string> {
  const { input, rect } = await stillWindow(inputs, name)
  const crop = `${Math.round(rect.width / 2)}x56+${rect.x}+${input[1] - 28}`
  const args = ['-window', 'root', '-crop', crop, 'rgb:-']
  let last = ''
  await expect
    .poll(() => {
      const before = last
      last = execFileSync('import', args, { maxBuffer: 1 << 24 }).toString('base64')
      return last === before
    })
    .toBe(true)
  return last
}
