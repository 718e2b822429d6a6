import { execFileSync } from 'node:child_process'
import type { Inputs } from '../harness/inputs'
import { xdotool } from '../harness/xdotool'

/** A person's hand at one of the windows. */
export interface Person {
  /** Clicks into the input. */
  click(): Promise<void>
  press(...keys: readonly string[]): void
  type(text: string): void
}

let clicks = 0

export function personAt(inputs: Inputs, name: string): Person {
  return {
    click: async () => {
      const { input } = await inputs.window(name)
      // Chromium takes quick clicks at the same place of two windows of one program for a double click.
      clicks += 1
      const x = input[0] + ((clicks % 5) - 2) * 16
      xdotool('mousemove', x, input[1], 'click', 1)
      // A window manager gives the focus after the click, and editors follow the caret a little later.
      xdotool('sleep', 0.15)
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
