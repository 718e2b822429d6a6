import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trayIconFile } from '../../src/main/shell/tray-icon-file'
import { trayMoods } from '../../scripts/draw/shapes.mjs'
import { projectRoot } from '../../scripts/lib/paths.mjs'

const assets = join(projectRoot, 'assets')

function widthOf(path: string): number {
  return readFileSync(path).readUInt32BE(16)
}

test.each(['linux', 'win32', 'darwin'] as const)(
  'every mood has its drawing for %s, plain and doubled',
  (platform) => {
    for (const mood of trayMoods) {
      const path = join(assets, 'tray', trayIconFile(mood, platform))
      const doubled = path.replace(/\.png$/, '@2x.png')
      expect(existsSync(path) && existsSync(doubled)).toBe(true)
      expect(widthOf(doubled)).toBe(2 * widthOf(path))
    }
  },
)

test('no two moods look alike in any size', () => {
  for (const size of [16, 22, 32]) {
    const drawings = trayMoods.map((mood) =>
      readFileSync(join(assets, 'tray', `${mood}-${size}.png`), 'base64'),
    )
    expect(new Set(drawings).size).toBe(trayMoods.length)
  }
})

test('macOS gets template images, which it colours itself', () => {
  expect(trayIconFile('paused', 'darwin')).toMatch(/Template\.png$/)
})

test('the app’s icon is large enough for every installer', () => {
  expect(widthOf(join(assets, 'icon.png'))).toBeGreaterThanOrEqual(512)
})
