import type { Place } from '../../../src/main/looking/look'
import type { Inputs } from '../inputs'
import { xdotool } from '../xdotool'

/** Where a window's input is looked for; the window must be on the screen. */
export async function placeOf(inputs: Inputs, name: string): Promise<Place> {
  const { title, rect, input } = await inputs.window(name)
  const pid = Number(xdotool('search', '--onlyvisible', '--name', `^${title}$`, 'getwindowpid'))
  return { pid, title, rect, point: { x: input[0], y: input[1] } }
}
