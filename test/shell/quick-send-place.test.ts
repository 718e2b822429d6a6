import { expect, test } from 'vitest'
import { besideWork, forWriting } from '../../src/main/shell/quick-send-place'

const screens = [
  { x: 0, y: 28, width: 1280, height: 772 },
  { x: -1920, y: -300, width: 1920, height: 1040 },
]

test.each(screens)('both places lie wholly within the work area %o', (area) => {
  for (const place of [forWriting(area), besideWork(area)]) {
    expect(place.x).toBeGreaterThanOrEqual(area.x)
    expect(place.y).toBeGreaterThanOrEqual(area.y)
    expect(place.x + place.width).toBeLessThanOrEqual(area.x + area.width)
    expect(place.y + place.height).toBeLessThanOrEqual(area.y + area.height)
  }
})

test('while it tells how a message goes it keeps out of the lower half, where chat inputs are', () => {
  for (const area of screens) {
    const { y, height } = besideWork(area)
    expect(y + height).toBeLessThan(area.y + area.height / 2)
  }
})
