import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { startAgents, type Agents } from '../harness/agents'

// The real X server: its monitors, and what is seen on them.

let desktop: Desktop
let agents: Agents | undefined

const xrandr = (...args: string[]) => execFileSync('xrandr', args)
const made: string[] = []
function monitor(name: string, place: string, output = 'none'): void {
  xrandr('--setmonitor', name, place, output)
  made.push(name)
}

beforeEach(async () => {
  desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
})
afterEach(async () => {
  for (const name of made.splice(0)) xrandr('--delmonitor', name)
  desktop.close()
  await agents?.stop()
  agents = undefined
})

test('the screens are the monitors, as they are at that moment', async () => {
  expect(await desktop.screens()).toEqual([{ x: 0, y: 0, width: 1280, height: 800 }])
  monitor('Left', '700/185x800/212+0+0', 'screen')
  monitor('Right', '480/127x600/159+800+100')
  expect(await desktop.screens()).toEqual([
    { x: 0, y: 0, width: 700, height: 800 },
    { x: 800, y: 100, width: 480, height: 600 },
  ])
})

test('mirrored monitors are one screen', async () => {
  monitor('One', '1280/339x800/212+0+0', 'screen')
  monitor('Two', '1280/339x800/212+0+0')
  expect(await desktop.screens()).toEqual([{ x: 0, y: 0, width: 1280, height: 800 }])
})

test('a picture shows the window that stands there, in its colours', async () => {
  agents = await startAgents({ agents: [{ name: 'Left' }] })
  const { rect } = await agents.window('Left')
  const { width, height, rgba } = await desktop.picture(rect)
  expect({ width, height }).toEqual({ width: rect.width, height: rect.height })
  const colours = new Set<string>()
  for (let at = 0; at < rgba.length; at += 4) colours.add(rgba.subarray(at, at + 3).join())
  expect(colours.size).toBeGreaterThan(3)
  expect(rgba[3]).toBe(255)
})
