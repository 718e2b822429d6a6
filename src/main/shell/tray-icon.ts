import { nativeImage, type NativeImage } from 'electron'
import { join } from 'node:path'
import type { TrayMood } from './tray-state'

/** Sizes in DIP that the platforms' panels ask for; each file has a neighbour of twice the size. */
const sizes: Readonly<Record<string, number>> = { win32: 16, darwin: 16, linux: 22 }

/**
 * The icon for this mood. macOS colours a template image itself. Elsewhere nothing tells reliably whether the panel is
 * dark or light (GNOME's is dark in its light theme, too), so one mid tone is used that stands out on both.
 */
export function trayIcon(assets: string, mood: TrayMood, platform: NodeJS.Platform): NativeImage {
  const image = nativeImage.createFromPath(join(assets, 'tray', trayIconFile(mood, platform)))
  if (platform === 'darwin') image.setTemplateImage(true)
  return image
}

export function trayIconFile(mood: TrayMood, platform: NodeJS.Platform): string {
  const size = sizes[platform] ?? 22
  return platform === 'darwin' ? `${mood}-${size}-Template.png` : `${mood}-${size}.png`
}
