/** In DIP, as Electron places windows. */
interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const WRITING = { width: 520, height: 220 }
const FOLLOWING = { width: 380, height: 84 }
const MARGIN = 16

/** In the middle, a little above it, where the eyes are. */
export function forWriting(area: Area): Area {
  const { width, height } = WRITING
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) * 0.3),
    width,
    height,
  }
}

/** In the upper right corner: chat inputs lie at the bottom of their windows. */
export function besideWork(area: Area): Area {
  return { x: area.x + area.width - FOLLOWING.width - MARGIN, y: area.y + MARGIN, ...FOLLOWING }
}
