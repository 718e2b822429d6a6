import { OperationError } from '../../contract/failure'
import type { Desktop, Picture, Rect } from './desktop'
import { encodePng, shrink } from './picture'
import { around, overlap } from '../../contract/rects'

export interface ScreenPicture {
  /** A data URL. */
  readonly png: string
  /** What it shows, in physical pixels. */
  readonly rect: Rect
}

/** What a line of the pipe takes, its data as base64, with room for the rest of the answer. */
const MAX_PNG_BYTES = 750_000
const SMALLER = 0.7

/**
 * A picture of the part of the screens that lies in `rect` (without it: of all), at most `maxWidth` pixels wide and
 * small enough for one line of the pipe. Throws `OperationError` desktopUnavailable when nothing of it is on a screen.
 */
export async function takePicture(
  desktop: Pick<Desktop, 'screens' | 'picture'>,
  rect: Rect | undefined,
  maxWidth: number,
): Promise<ScreenPicture> {
  const all = around(await desktop.screens())
  const shown = all && overlap(rect ?? all, all)
  if (!shown) {
    throw new OperationError(
      'desktopUnavailable',
      'No picture was taken: nothing of that rectangle is on a screen. desktop.look tells where the screens are.',
    )
  }
  const whole = await desktop.picture(shown)
  let width = maxWidth
  let png = await encodePng(shrink(whole, width))
  while (png.length > MAX_PNG_BYTES) {
    width = Math.floor(Math.min(width, whole.width) * SMALLER)
    png = await encodePng(shrink(whole, width))
  }
  return { png: asUrl(png), rect: shown }
}

/** The picture as a data URL. */
export async function pngUrl(picture: Picture): Promise<string> {
  return asUrl(await encodePng(picture))
}

function asUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`
}
