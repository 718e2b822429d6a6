import type { Point, Rect } from './desktop'

/**
 * A rectangle in device-independent pixels, as Electron counts: on a screen at 200 %, one of them is two physical ones.
 * Its fields have names of their own, so that the compiler keeps it apart from a {@link Rect}.
 */
export interface DipRect {
  readonly dipX: number
  readonly dipY: number
  readonly dipWidth: number
  readonly dipHeight: number
}

/** One display in both counts: `scale` physical pixels of the mouse's to each of Electron's. */
export interface Display {
  readonly dip: DipRect
  readonly physical: Rect
  readonly scale: number
}

/** What Electron's `screen` says of a display. */
export interface ElectronDisplay {
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly scaleFactor: number
  /** Where it begins in physical pixels, on systems that place displays by these (X11). */
  readonly nativeOrigin?: { readonly x: number; readonly y: number }
}

/**
 * Electron's displays in both counts. On macOS mouse and windows count in points, as Electron does, so nothing is
 * scaled there. Windows places displays by physical pixels and only it knows how (`toPhysical`: its own conversion).
 */
export function readDisplays(
  platform: string,
  displays: readonly ElectronDisplay[],
  toPhysical: (bounds: ElectronDisplay['bounds']) => Rect,
): Display[] {
  return displays.map((display) => {
    const { x, y, width, height } = display.bounds
    const dip: DipRect = { dipX: x, dipY: y, dipWidth: width, dipHeight: height }
    if (platform === 'darwin') return { dip, physical: { x, y, width, height }, scale: 1 }
    if (platform === 'win32') return { dip, physical: toPhysical(display.bounds), scale: display.scaleFactor }
    return { dip, physical: onX11(display), scale: display.scaleFactor }
  })
}

function onX11({ bounds, scaleFactor, nativeOrigin }: ElectronDisplay): Rect {
  return {
    x: nativeOrigin?.x ?? Math.round(bounds.x * scaleFactor),
    y: nativeOrigin?.y ?? Math.round(bounds.y * scaleFactor),
    width: Math.round(bounds.width * scaleFactor),
    height: Math.round(bounds.height * scaleFactor),
  }
}

/**
 * The rectangle in Electron's count, by the display that most of it lies on: what a window's bounds must be to cover it.
 * Where no display is known it is taken as it stands.
 */
export function toDip(rect: Rect, displays: readonly Display[]): DipRect {
  const [display] = displays.toSorted((a, b) => shared(b.physical, rect) - shared(a.physical, rect))
  const { dip, physical, scale } = display ?? atOnce
  return {
    dipX: Math.round(dip.dipX + (rect.x - physical.x) / scale),
    dipY: Math.round(dip.dipY + (rect.y - physical.y) / scale),
    dipWidth: Math.round(rect.width / scale),
    dipHeight: Math.round(rect.height / scale),
  }
}

/** A point of Electron's count in physical pixels, by the display that it lies on; undefined off every display. */
export function toPhysical(
  { dipX, dipY }: Pick<DipRect, 'dipX' | 'dipY'>,
  displays: readonly Display[],
): Point | undefined {
  const display = displays.find(
    ({ dip }) =>
      dipX >= dip.dipX &&
      dipX < dip.dipX + dip.dipWidth &&
      dipY >= dip.dipY &&
      dipY < dip.dipY + dip.dipHeight,
  )
  if (!display) return undefined
  const { dip, physical, scale } = display
  return {
    x: Math.floor(physical.x + (dipX - dip.dipX) * scale),
    y: Math.floor(physical.y + (dipY - dip.dipY) * scale),
  }
}

const atOnce: Display = {
  dip: { dipX: 0, dipY: 0, dipWidth: 0, dipHeight: 0 },
  physical: { x: 0, y: 0, width: 0, height: 0 },
  scale: 1,
}

/** How many pixels both cover. */
function shared(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
